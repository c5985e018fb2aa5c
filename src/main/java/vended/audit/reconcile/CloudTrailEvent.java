package vended.audit.reconcile;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;
import vended.audit.query.Period;
import vended.json.JsonObject;
import vended.text.Sha256;

/**
 * An event exported from CloudTrail: a record of a log file in S3, a row of CloudTrail Lake, or an
 * element of the answer of {@code aws cloudtrail lookup-events}, whose {@code CloudTrailEvent} is
 * the record as text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html">Logging
 *     IAM and AWS STS API calls</a>
 */
sealed interface CloudTrailEvent {
  /** A call of AssumeRole by the vendor role, which a record must explain. */
  record VendorCall(AssumeRoleCall call) implements CloudTrailEvent {}

  /** Another call, or somebody else's. */
  record Ignored() implements CloudTrailEvent {}

  /**
   * An event that can't be judged.
   *
   * @param eventId its ID, if that could be read
   * @param why the end of the sentence "The event …"
   */
  record UnreadableEvent(@Nullable String eventId, String why) implements CloudTrailEvent {}

  /** How a refusal without parameters names the role. */
  Pattern ON_RESOURCE = Pattern.compile("on resource: (arn:[a-z-]+:iam::[0-9]{12}:role/\\S+)");

  static CloudTrailEvent read(@Nullable Object element, VendorRole vendorRole) {
    if (!(element instanceof Map<?, ?> outer)) {
      return new UnreadableEvent(null, "is not an object");
    }
    String text = ForeignJson.text(outer, "CloudTrailEvent");
    if (text == null) {
      return read(outer, vendorRole);
    }
    return JsonObject.readForeign(text) instanceof JsonObject.Read(JsonObject inner)
            && inner.doubled().isEmpty()
        ? read(inner.members(), vendorRole)
        : new UnreadableEvent(
            ForeignJson.text(outer, "EventId"), "has a CloudTrailEvent that is not JSON");
  }

  private static CloudTrailEvent read(Map<?, ?> event, VendorRole vendorRole) {
    String eventId = ForeignJson.text(event, "eventID");
    String name = ForeignJson.text(event, "eventName");
    String source = ForeignJson.text(event, "eventSource");
    if (name == null || source == null) {
      return new UnreadableEvent(eventId, "has no eventName or no eventSource");
    }
    if (!name.equals("AssumeRole") || !source.equals("sts.amazonaws.com")) {
      return new Ignored();
    }
    Map<?, ?> userIdentity = ForeignJson.object(event, "userIdentity");
    if (userIdentity.isEmpty()) {
      return new UnreadableEvent(eventId, "has no userIdentity");
    }
    if (!vendorRole.isBehind(userIdentity)) {
      return new Ignored();
    }
    Instant time = time(ForeignJson.text(event, "eventTime"));
    if (time == null) {
      return new UnreadableEvent(eventId, "has no valid eventTime");
    }
    return call(event, eventId, time);
  }

  private static CloudTrailEvent call(Map<?, ?> event, @Nullable String eventId, Instant time) {
    Map<?, ?> asked = ForeignJson.object(event, "requestParameters");
    Map<?, ?> answered = ForeignJson.object(event, "responseElements");
    String errorCode = ForeignJson.text(event, "errorCode");
    String sessionName = ForeignJson.text(asked, "roleSessionName");
    String roleArn = ForeignJson.text(asked, "roleArn");
    String key = ForeignJson.text(ForeignJson.object(answered, "credentials"), "accessKeyId");
    String policy = ForeignJson.text(asked, "policy");
    if (errorCode == null && (key == null || sessionName == null || roleArn == null)) {
      return new UnreadableEvent(
          eventId, "has no errorCode, but lacks the role, the session or the access key");
    }
    return new VendorCall(
        new AssumeRoleCall(
            eventId,
            ForeignJson.text(event, "sharedEventID"),
            time,
            roleArn == null ? refusedRole(event) : roleArn,
            sessionName,
            errorCode == null ? key : null,
            errorCode,
            asked.get("durationSeconds") instanceof Long seconds ? seconds : null,
            policy == null ? null : Sha256.sha256(policy)));
  }

  private static @Nullable String refusedRole(Map<?, ?> event) {
    String message = ForeignJson.text(event, "errorMessage");
    Matcher role = ON_RESOURCE.matcher(message == null ? "" : message);
    return role.find() ? role.group(1) : null;
  }

  /** Log files use RFC 3339; Lake writes a space instead of the T, and no Z. */
  private static @Nullable Instant time(@Nullable String text) {
    return AuditTime.parse(
            text != null && text.indexOf(' ') == 10 ? text.replace(' ', 'T') + "Z" : text)
        .filter(time -> !time.isBefore(Period.FIRST) && !time.isAfter(Period.END))
        .orElse(null);
  }
}
