package vended.audit.reconcile;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;

/**
 * A call of AssumeRole by the vendor role, as CloudTrail has it.
 *
 * @param eventId of this event
 * @param sharedEventId what the events of one call in several accounts' trails share
 * @param time when, in whole seconds
 * @param roleArn the role that was asked for
 * @param sessionName under which name; none where CloudTrail shows no parameters, as it does for
 *     some refusals
 * @param accessKeyId the access key that was issued; none if none was
 * @param assumedRoleId the unique ID of the role that was assumed, with the session's name
 * @param errorCode why none was issued; none if one was
 * @param durationSeconds for how long it was asked for, if that is shown
 * @param policySha256 SHA-256, in hexadecimal, of the session policy, if one is shown
 */
record AssumeRoleCall(
    @Nullable String eventId,
    @Nullable String sharedEventId,
    Instant time,
    @Nullable String roleArn,
    @Nullable String sessionName,
    @Nullable String accessKeyId,
    @Nullable String assumedRoleId,
    @Nullable String errorCode,
    @Nullable Long durationSeconds,
    @Nullable String policySha256) {

  /** After these, the SDK tries again. */
  private static final Set<String> PASSING =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "RequestLimitExceeded",
          "TooManyRequestsException",
          "ServiceUnavailable",
          "ServiceUnavailableException",
          "InternalFailure",
          "InternalError",
          "RequestTimeout");

  /** What two events of one call have in common; STS issues no key twice. */
  record Identity(
      @Nullable String id,
      @Nullable String roleArn,
      @Nullable String sessionName,
      @Nullable String errorCode) {}

  Identity identity() {
    String id = isIssued() ? accessKeyId : sharedEventId != null ? sharedEventId : eventId;
    return new Identity(id, roleArn, sessionName, errorCode);
  }

  boolean isIssued() {
    return errorCode == null;
  }

  /** Whether it was refused for good: an SDK does not call again after that. */
  boolean isRefused() {
    return errorCode != null && !PASSING.contains(errorCode);
  }

  /** The vend that the session's name tells, if it has the form that the service gives it. */
  @Nullable String vendId() {
    return sessionName == null
        ? null
        : VendId.parse(sessionName.substring(sessionName.lastIndexOf('@') + 1))
            .map(VendId::value)
            .orElse(null);
  }
}
