package vended.api.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.Fields;
import vended.audit.AuditTime;
import vended.audit.query.Period;
import vended.audit.reconcile.ReconcileAudit;
import vended.json.JsonObject;

/**
 * The body of {@code /audit/reconcile}.
 *
 * @param period the period to judge
 * @param events what CloudTrail has of it, and of what is around it; AWS's own documents, of which
 *     nothing is known here
 */
record ReconcileBody(Period period, List<?> events) {
  /**
   * Lambda takes 6 MB, in which API Gateway writes each quote of the body as two bytes: 3,000
   * events of 700 bytes, and three times as much room for escapes.
   */
  static final int MAX_BYTES = 2 * 1024 * 1024;

  ReconcileBody {
    events = Collections.unmodifiableList(events);
  }

  /** {@code {since, until, events}}. */
  static Body<ReconcileBody> read(JsonObject object, Instant now) {
    Fields fields = new Fields(object);
    Instant since = fields.required("since", AuditBody::parsedTime, AuditBody.TIME_RULE);
    Instant until = fields.required("until", AuditBody::parsedTime, AuditBody.TIME_RULE);
    List<?> events =
        fields.requiredList(
            "events",
            ReconcileAudit.MAX_EVENTS,
            "must be a list of at most %d CloudTrail events; send a shorter period"
                .formatted(ReconcileAudit.MAX_EVENTS));
    if (until != null && until.isAfter(now)) {
      fields.error("until", "must not be in the future");
    }
    if (since != null && until != null) {
      if (!since.isBefore(until)) {
        fields.error("since", "must be before until");
      } else if (until.isAfter(since.plus(ReconcileAudit.MAX_PERIOD))) {
        fields.error(
            "until",
            "must be at most %d hours after since".formatted(ReconcileAudit.MAX_PERIOD.toHours()));
      }
    }
    return fields.body(
        () ->
            new ReconcileBody(
                new Period(Objects.requireNonNull(since), Objects.requireNonNull(until)), events));
  }

  /** For the log, without the events. */
  Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("since", AuditTime.at(period.since()));
    members.put("until", AuditTime.at(period.until()));
    members.put("events", events.size());
    return members;
  }
}
