package vended.api.mine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.api.Body;
import vended.api.Cursors;
import vended.api.RequestFields;
import vended.audit.AuditIndex;
import vended.audit.query.AuditCursors;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditKeys;
import vended.audit.query.AuditRows;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.Json;
import vended.json.JsonObject;
import vended.mine.ListOwnGrants;

/** Reads the bodies of {@code /mine/…}. None names an account: it is always the caller's. */
final class MineBodies {
  private static final int USUAL_PAGE = 100;
  private static final String CURSOR_RULE =
      "must be the cursor of the previous page, with all else but limit and format unchanged";

  private MineBodies() {}

  /** The forms of lists. */
  enum Form {
    JSON,
    JSONL,
    TABLE
  }

  /**
   * A valid body of {@code /mine/audit}.
   *
   * @param from where the previous page ended; null for the first page
   * @param limit how many records at most
   * @param selection what the cursor is valid for
   */
  record Records(Period period, @Nullable Position from, int limit, Form form, String selection) {}

  /**
   * A valid body of {@code /mine/grants}.
   *
   * @param after what the previous page ended with, a grant of one of the client's roles; null for
   *     the first page
   */
  record Grants(@Nullable GrantKey after, int limit, Form form) {}

  /**
   * A valid body of {@code /mine/suspend}.
   *
   * @param version the version to change; null for any
   */
  record Suspension(boolean suspended, @Nullable Long version) {}

  /** {@code {since?, until?, limit?, cursor?, format?}}. */
  static Body<Records> records(
      JsonObject object, Client client, AuditCursors cursors, Instant now) {
    RequestFields fields = new RequestFields(object, List.of());
    Instant since = time(fields, "since");
    Instant until = time(fields, "until");
    if (since != null && !since.isBefore(until == null ? now : until)) {
      fields.error("since", until == null ? "must be in the past" : "must be before until");
    }
    int limit = fields.number("limit", AuditRows.MAX_STEP, USUAL_PAGE);
    Form form = form(fields);
    String selection = selection(client, since, until);
    Resumed resumed = fields.optional("cursor", text -> cursors.read(text, selection), CURSOR_RULE);
    return fields.body(
        () ->
            resumed == null
                ? new Records(period(client, since, until, now), null, limit, form, selection)
                : new Records(resumed.period(), resumed.position(), limit, form, selection));
  }

  private static Period period(
      Client client, @Nullable Instant since, @Nullable Instant until, Instant now) {
    AuditKey key = new AuditKey.Indexed(AuditIndex.BY_ACCOUNT, client.account());
    return AuditKeys.period(key, since, until, now);
  }

  /** Includes the account, so that another client can't use the cursor. */
  private static String selection(Client client, @Nullable Instant since, @Nullable Instant until) {
    Map<String, @Nullable Object> selection = new LinkedHashMap<>();
    selection.put("route", "/mine/audit");
    selection.put("account", client.account());
    selection.put("since", since == null ? null : since.toString());
    selection.put("until", until == null ? null : until.toString());
    return Json.write(selection);
  }

  private static @Nullable Instant time(RequestFields fields, String name) {
    return fields.optional(
        name, MineBodies::parsed, "must be a time in UTC, like 2026-01-31T00:00:00Z");
  }

  private static Optional<Instant> parsed(String text) {
    try {
      return Optional.of(text)
          .filter(one -> one.endsWith("Z") && one.length() <= 30)
          .map(Instant::parse)
          .filter(time -> !time.isBefore(Period.FIRST) && !time.isAfter(Period.END));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code {limit?, cursor?, format?}}. */
  static Body<Grants> grants(JsonObject object, Client client) {
    RequestFields fields = new RequestFields(object, List.of());
    GrantKey after =
        fields.optional(
            "cursor",
            text ->
                Cursors.decode(text)
                    .flatMap(MineBodies::key)
                    .filter(key -> client.roles().containsKey(key.role())),
            CURSOR_RULE);
    int limit = fields.number("limit", ListOwnGrants.MAX_GRANTS, USUAL_PAGE);
    Form form = form(fields);
    return fields.body(() -> new Grants(after, limit, form));
  }

  private static Form form(RequestFields fields) {
    Form form =
        fields.optional(
            "format",
            text -> RequestFields.word(Form.values(), text),
            "must be json, jsonl or table");
    return form == null ? Form.JSON : form;
  }

  /** The cursor of the page after a grant. */
  static String cursor(GrantKey key) {
    // No ARN has a space.
    return Cursors.encode(key.role() + " " + key.caller());
  }

  private static Optional<GrantKey> key(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    Optional<RoleArn> role = RoleArn.parse(text.substring(0, space));
    return CallerArn.canonical(text.substring(space + 1))
        .flatMap(caller -> role.map(which -> new GrantKey(caller, which)));
  }

  /** {@code {suspended, version?}}. */
  static Body<Suspension> suspension(JsonObject object) {
    RequestFields fields = new RequestFields(object, List.of());
    boolean suspended = fields.requiredFlag("suspended");
    Long version = fields.version();
    return fields.body(() -> new Suspension(suspended, version));
  }
}
