package vended.api.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import vended.api.Body;
import vended.api.Fields;
import vended.audit.AuditTime;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditKeys;
import vended.audit.query.Period;
import vended.json.JsonObject;

/**
 * A valid body of {@code /audit/report}.
 *
 * @param html whether the response is a document; else JSON
 */
record ReportBody(Period period, boolean html) {
  /** A leap year: one report would read only a small part of more. */
  private static final Duration LONGEST = Duration.ofDays(366);

  /** {@code {since?, until?, format?}}. */
  static Body<ReportBody> read(JsonObject object, Instant now) {
    Fields fields = new Fields(object);
    Instant since = fields.optional("since", AuditBody::parsedTime, AuditBody.TIME_RULE);
    Instant until = fields.optional("until", AuditBody::parsedTime, AuditBody.TIME_RULE);
    Instant end = until == null || until.isAfter(now) ? now : until;
    if (since != null && !since.isBefore(end)) {
      fields.error("since", until == null ? "must be in the past" : "must be before until and now");
    } else if (since != null && Duration.between(since, end).compareTo(LONGEST) > 0) {
      fields.error("since", "must be at most 366 days before until");
    }
    String format =
        fields.optionalText("format", Set.of("html", "json")::contains, "must be html or json");
    return fields.body(
        () ->
            new ReportBody(
                AuditKeys.period(new AuditKey.Hours(), since, until, now), !"json".equals(format)));
  }

  /** For the log. */
  Map<String, Object> asked() {
    return Map.of(
        "since", AuditTime.at(period.since()),
        "until", AuditTime.at(period.until()),
        "format", html ? "html" : "json");
  }
}
