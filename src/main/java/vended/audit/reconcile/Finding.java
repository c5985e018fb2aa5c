package vended.audit.reconcile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.text.Coded;

/**
 * A difference between CloudTrail and the audit.
 *
 * @param detail what it means and what to do, in sentences
 * @param vendId the vend, if it is about one
 * @param eventId the event, if it is about one
 * @param eventTime the event's time
 * @param roleArn the client role
 * @param sessionName the session's name
 * @param accessKeyId the access key that STS issued
 */
public record Finding(
    FindingKind kind,
    String detail,
    @Nullable String vendId,
    @Nullable String eventId,
    @Nullable Instant eventTime,
    @Nullable String roleArn,
    @Nullable String sessionName,
    @Nullable String accessKeyId) {
  /** Longer texts are cut; whatever AWS accepts is shorter. */
  private static final int MAX_TEXT = 700;

  /** The kinds of findings, worst first; docs/operations.md says what to do about each. */
  public enum FindingKind implements Coded {
    /** A call of AssumeRole by the vendor role that no record explains. */
    EVENT_WITHOUT_RECORD("Treat it as a use of the vendor role past the service."),
    /** A call under a vend's ID with another session name, or for another role. */
    SESSION_NAME_CHANGED(
        "The service calls exactly as its record says: treat it as a use of the vendor role past"
            + " the service."),
    /** STS issued another access key than the record has. */
    ACCESS_KEY_CHANGED(
        "If no answer of STS was lost at that time, treat it as a use of the vendor role past the"
            + " service."),
    /** More calls under one vendId than its record explains. */
    DUPLICATE_EVENT(ACCESS_KEY_CHANGED.action),
    /** A call minutes before or after its vend's records. */
    EVENT_FAR_FROM_RECORD("Treat it as a use of the vendor role past the service."),
    /** Credentials that were handed out, without an event in CloudTrail. */
    RECORD_WITHOUT_EVENT(
        "Check that the events are complete: the time, the region and the account. If they are, the"
            + " record may be forged."),
    /** A vend that was cut off. */
    INTENT_WITHOUT_OUTCOME("See the function's log under this vendId."),
    /** An event that can't be judged. */
    EVENT_UNREADABLE("Inspect it, and export it from CloudTrail again.");

    private final String action;

    FindingKind(String action) {
      this.action = action;
    }
  }

  static Finding of(FindingKind kind, String what, AssumeRoleCall call) {
    return new Finding(
        kind,
        what + " " + kind.action,
        call.vendId(),
        call.eventId(),
        call.time(),
        call.roleArn(),
        call.sessionName(),
        call.accessKeyId());
  }

  static Finding of(FindingKind kind, String what, AuditRow row, @Nullable String accessKeyId) {
    return new Finding(
        kind,
        what + " " + kind.action,
        row.vendId(),
        null,
        null,
        row.text("roleArn"),
        row.text("sessionName"),
        accessKeyId);
  }

  static Finding of(CloudTrailEvent.UnreadableEvent event) {
    FindingKind kind = FindingKind.EVENT_UNREADABLE;
    String detail = "The event " + event.why() + ". " + kind.action;
    return new Finding(kind, detail, null, event.eventId(), null, null, null, null);
  }

  /** The JSON members in answers. */
  public Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("kind", kind.code());
    members.put("detail", detail);
    members.put("vendId", vendId);
    members.put("eventId", cut(eventId));
    members.put(
        "eventTime",
        eventTime == null ? null : eventTime.truncatedTo(ChronoUnit.MILLIS).toString());
    members.put("roleArn", cut(roleArn));
    members.put("sessionName", cut(sessionName));
    members.put("accessKeyId", cut(accessKeyId));
    return members;
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
