package vended.api.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.Fields;
import vended.api.RequestFields;
import vended.audit.query.AuditCursors;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditKeys;
import vended.audit.query.AuditQuestion;
import vended.audit.query.AuditRows;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.json.JsonObject;

/**
 * A body of {@code /audit/query} that is valid as far as it can be judged alone: the clients that
 * it names are not looked up yet, and its cursor is not read, which depends on them.
 *
 * @param selection everything that selects rows
 * @param since null if it was not given
 * @param until null if it was not given
 * @param limit how many records at most, 1–1,000
 * @param form the form of the response
 * @param cursor as it was sent; null for the first page
 * @param now when it was asked
 */
record AuditBody(
    AuditSelection selection,
    @Nullable Instant since,
    @Nullable Instant until,
    int limit,
    Form form,
    @Nullable String cursor,
    Instant now) {
  private static final int DEFAULT_LIMIT = 100;
  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");
  static final String TIME_RULE = "must be a time in UTC, like 2026-01-31T00:00:00Z";
  private static final String CURSOR_RULE =
      "must be the cursor of the previous page, with all else but limit and format unchanged";

  /** The forms of responses. */
  enum Form {
    JSON,
    JSONL,
    CSV,
    TABLE
  }

  /**
   * A valid body.
   *
   * @param question what is asked
   * @param from where the previous page ended; null for the first page
   * @param limit how many records at most, 1–1,000
   * @param form the form of the response
   * @param selection everything that selects rows, as JSON
   * @param accounts the accounts of the clients that were named
   */
  record Query(
      AuditQuestion question,
      @Nullable Position from,
      int limit,
      Form form,
      String selection,
      List<String> accounts) {}

  /** {@code {caller?, roleArn?, …, since?, until?, limit?, cursor?, format?}}. */
  static Body<AuditBody> read(JsonObject object, Instant now) {
    Fields fields = new Fields(object);
    AuditSelection selection = AuditSelection.read(fields);
    AuditChecks.check(fields, selection);
    Instant since = time(fields, selection, "since");
    Instant until = time(fields, selection, "until");
    if (since != null && !since.isBefore(until == null ? now : until)) {
      fields.error("since", until == null ? "must be in the past" : "must be before until");
    }
    int limit = fields.number("limit", AuditRows.MAX_STEP, DEFAULT_LIMIT);
    Form form =
        fields.optional(
            "format",
            text -> RequestFields.word(Form.values(), text),
            "must be json, jsonl, csv or table");
    String cursor = fields.optional("cursor", Optional::of, CURSOR_RULE);
    return fields.body(
        () ->
            new AuditBody(
                selection, since, until, limit, form == null ? Form.JSON : form, cursor, now));
  }

  private static @Nullable Instant time(Fields fields, AuditSelection selection, String name) {
    Instant time = fields.optional(name, AuditBody::parsedTime, TIME_RULE);
    if (time != null) {
      selection.add(name, time.toString());
    }
    return time;
  }

  static Optional<Instant> parsedTime(String text) {
    try {
      return Optional.of(text)
          .filter(TIME.asMatchPredicate())
          .map(Instant::parse)
          .filter(time -> !time.isBefore(Period.FIRST) && !time.isAfter(Period.END));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The names of clients, which stand for their accounts. */
  List<String> clients() {
    return selection.of("client");
  }

  /**
   * The question, or an error if the cursor is not one of its pages.
   *
   * @param accounts the accounts of {@link #clients}: part of what the cursor is valid for, since a
   *     client can be renamed between two pages
   */
  Body<Query> query(List<String> accounts, AuditCursors cursors) {
    AuditSelection resolved = selection.withAccounts(accounts);
    String selected = resolved.json();
    Resumed resumed = cursor == null ? null : cursors.read(cursor, selected).orElse(null);
    if (cursor != null && resumed == null) {
      return Body.Invalid.of("cursor", CURSOR_RULE);
    }
    AuditKey key = AuditKeys.best(resolved.values());
    Period period = resumed == null ? AuditKeys.period(key, since, until, now) : resumed.period();
    return new Body.Valid<>(
        new Query(
            new AuditQuestion(key, period, resolved.filter(key)),
            resumed == null ? null : resumed.position(),
            limit,
            form,
            selected,
            accounts));
  }
}
