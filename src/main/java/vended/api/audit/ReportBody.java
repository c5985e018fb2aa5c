package vended.api.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.Fields;
import vended.api.RequestFields;
import vended.audit.AuditTime;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditKeys;
import vended.json.Json;
import vended.json.JsonObject;
import vended.report.make.ReportCursors;
import vended.report.make.ReportState;

/**
 * A valid body of {@code /audit/report}.
 *
 * @param state where to go on
 * @param isResumed whether that is from a cursor
 * @param selection what the report is of, as it was asked for
 * @param form the form of the report
 */
record ReportBody(ReportState state, boolean isResumed, String selection, Form form) {
  /** Lambda takes requests of 6 MB, and a cursor is most of the body. */
  static final int MAX_BYTES = ReportCursors.MAX_LENGTH + 4_096;

  /** The forms of reports. */
  enum Form {
    HTML,
    JSON,
    CSV
  }

  /** {@code {since?, until?, format?, cursor?}}. */
  static Body<ReportBody> read(JsonObject object, ReportCursors cursors, Instant now) {
    Fields fields = new Fields(object);
    Instant since = fields.optional("since", AuditBody::parsedTime, AuditBody.TIME_RULE);
    Instant until = fields.optional("until", AuditBody::parsedTime, AuditBody.TIME_RULE);
    String selection = selection(since, until);
    ReportState resumed =
        fields.optional(
            "cursor",
            text -> cursors.read(text, selection, now),
            "must be the cursor of the previous answer, with all else but format unchanged");
    checkPeriod(fields, since, until, now);
    Form form =
        fields.optional(
            "format", text -> RequestFields.word(Form.values(), text), "must be html, json or csv");
    return fields.body(
        () ->
            new ReportBody(
                resumed == null
                    ? new ReportState(
                        AuditKeys.period(new AuditKey.Hours(), since, until, now), now)
                    : resumed,
                resumed != null,
                selection,
                form == null ? Form.HTML : form));
  }

  private static String selection(@Nullable Instant since, @Nullable Instant until) {
    Map<String, String> selection = new LinkedHashMap<>();
    selection.put("since", Objects.toString(since, ""));
    selection.put("until", Objects.toString(until, ""));
    return Json.write(selection);
  }

  private static void checkPeriod(
      Fields fields, @Nullable Instant since, @Nullable Instant until, Instant now) {
    Instant end = until == null || until.isAfter(now) ? now : until;
    if (since != null && !since.isBefore(end)) {
      fields.error("since", until == null ? "must be in the past" : "must be before until and now");
    } else if (since != null && Duration.between(since, end).compareTo(ReportState.LONGEST) > 0) {
      fields.error("since", "must be at most 366 days before until");
    }
  }

  /** For the log. */
  Map<String, Object> asked() {
    return Map.of(
        "since", AuditTime.at(state.period().since()),
        "until", AuditTime.at(state.period().until()),
        "format", form.name(),
        "next", isResumed);
  }
}
