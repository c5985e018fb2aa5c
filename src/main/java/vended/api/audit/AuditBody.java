package vended.api.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.Fields;
import vended.api.RequestFields;
import vended.audit.VendId;
import vended.audit.query.AuditCursors;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.AuditFilter;
import vended.audit.query.AuditFilter.KindFilter;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditKeys;
import vended.audit.query.AuditQuestion;
import vended.audit.query.AuditRows;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.identity.AccountId;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.Json;
import vended.json.JsonObject;

/** Reads the body of {@code /audit/query}. */
final class AuditBody {
  private static final int DEFAULT_LIMIT = 100;
  private static final Pattern ACCESS_KEY = Pattern.compile("[A-Z0-9]{16,128}");
  private static final Pattern SESSION =
      Pattern.compile("arn:[a-z-]+:sts::" + AccountId.REGEX + ":assumed-role/.*");
  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");
  static final String TIME_RULE = "must be a time in UTC, like 2026-01-31T00:00:00Z";

  private final Fields fields;
  private final Instant now;

  /** Everything that selects rows, normalized: a cursor is valid for the same selection only. */
  private final Map<String, String> selection = new LinkedHashMap<>();

  private AuditBody(JsonObject object, Instant now) {
    this.fields = new Fields(object);
    this.now = now;
  }

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
   */
  record Query(
      AuditQuestion question, @Nullable Position from, int limit, Form form, String selection) {}

  /** {@code {caller?, roleArn?, …, since?, until?, limit?, cursor?, format?}}. */
  static Body<Query> read(JsonObject object, AuditCursors cursors, Instant now) {
    return new AuditBody(object, now).query(cursors);
  }

  private Body<Query> query(AuditCursors cursors) {
    selectRows();
    KindFilter kind = select("kind", AuditBody::kind, "must be vend, probe, admin, intent or all");
    String outcome =
        select(
            "outcome",
            form(text -> AuditReasons.outcomes(KindFilter.ALL).contains(text)),
            "must be granted, denied, failed, made (of changes) or open (not ended)");
    AuditChecks.check(fields, kind, outcome, selection);
    Instant since = time("since");
    Instant until = time("until");
    checkPeriod(since, until);
    Resumed resumed = resumed(cursors);
    int limit = fields.number("limit", AuditRows.MAX_STEP, DEFAULT_LIMIT);
    Form form = form();
    if (!fields.errors().isEmpty()) {
      return Body.Invalid.of(fields.errors());
    }
    AuditKey key = AuditKeys.best(selection);
    Position from = resumed == null ? null : resumed.position();
    Period period = resumed == null ? AuditKeys.period(key, since, until, now) : resumed.period();
    AuditQuestion question = new AuditQuestion(key, period, filter(key, kind, outcome));
    return new Body.Valid<>(new Query(question, from, limit, form, Json.write(selection)));
  }

  private AuditFilter filter(AuditKey key, @Nullable KindFilter kind, @Nullable String outcome) {
    return new AuditFilter(
        AuditKeys.others(key, selection),
        kind == null ? kind(key, outcome, selection.get("reason")) : kind,
        outcome);
  }

  private void checkPeriod(@Nullable Instant since, @Nullable Instant until) {
    if (since != null && !since.isBefore(until == null ? now : until)) {
      fields.error("since", until == null ? "must be in the past" : "must be before until");
    }
  }

  /** Read last: it depends on everything that selects rows. */
  private @Nullable Resumed resumed(AuditCursors cursors) {
    String selected = Json.write(selection);
    return fields.optional(
        "cursor",
        text -> cursors.read(text, selected),
        "must be the cursor of the previous page, with all else but limit and format unchanged");
  }

  private void selectRows() {
    select("vendId", VendId::parse, "must be a vend's ID, 26 characters");
    select(
        "accessKeyId",
        form(ACCESS_KEY.asMatchPredicate()),
        "must be the ID of an access key that was issued, ASIA…");
    select("roleArn", RoleArn::parse, RequestFields.ROLE_RULE);
    select(
        "caller",
        AuditBody::caller,
        "must be an ARN as in records: of an IAM role or user, not of a session");
    select(
        "account", form(AccountId::matches), "must be the AWS account ID of a client, 12 digits");
    select("reason", form(AuditReasons::isReason), AuditReasons.rule());
  }

  private <T> @Nullable T select(String name, Function<String, Optional<T>> parse, String rule) {
    T value = fields.optional(name, parse, rule);
    if (value != null) {
      selection.put(name, value instanceof KindFilter kind ? kind.code() : value.toString());
    }
    return value;
  }

  /** Records of refused identities have ARNs of root users and federated users, too. */
  private static Optional<String> caller(String text) {
    return CallerArn.parse(text)
        .map(CallerArn::value)
        .or(
            () ->
                Optional.of(text)
                    .filter(arn -> arn.startsWith("arn:") && !SESSION.matcher(arn).matches())
                    .filter(arn -> RequestFields.isPlain(arn, 256)));
  }

  private static Function<String, Optional<String>> form(Predicate<String> form) {
    return text -> Optional.of(text).filter(form);
  }

  private static Optional<KindFilter> kind(String text) {
    return Arrays.stream(KindFilter.values()).filter(kind -> kind.code().equals(text)).findFirst();
  }

  /** The kind that is most likely meant if none is given. */
  private static KindFilter kind(AuditKey key, @Nullable String outcome, @Nullable String reason) {
    if (key instanceof AuditKey.OfVend || AuditFilter.OPEN.equals(outcome)) {
      return KindFilter.ALL;
    }
    boolean ofChanges = reason != null && AuditReasons.isOfChangesOnly(reason);
    return ofChanges || AuditReasons.MADE.equals(outcome) ? KindFilter.ADMIN : KindFilter.VEND;
  }

  private @Nullable Instant time(String name) {
    return select(name, AuditBody::parsedTime, TIME_RULE);
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

  private Form form() {
    Form form =
        fields.optional(
            "format",
            text -> RequestFields.word(Form.values(), text),
            "must be json, jsonl, csv or table");
    return form == null ? Form.JSON : form;
  }
}
