package vended.audit.reconcile;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;

/**
 * A call of AssumeRole by the vendor role, as CloudTrail shows it.
 *
 * @param eventId the ID of this event
 * @param sharedEventId the ID that the events of one call in several accounts' trails share
 * @param time when, in whole seconds
 * @param roleArn the requested role
 * @param sessionName the session's name; null where CloudTrail shows no parameters, as in some
 *     refusals
 * @param accessKeyId the issued access key; null if STS issued none
 * @param errorCode why STS issued none; null if it issued one
 * @param durationSeconds the requested duration, if shown
 * @param policySha256 SHA-256, in hexadecimal, of the session policy, if one is shown
 */
record AssumeRoleCall(
    @Nullable String eventId,
    @Nullable String sharedEventId,
    Instant time,
    @Nullable String roleArn,
    @Nullable String sessionName,
    @Nullable String accessKeyId,
    @Nullable String errorCode,
    @Nullable Long durationSeconds,
    @Nullable String policySha256) {

  /** After these, the SDK retries. */
  private static final Set<String> TRANSIENT =
      Set.of(
          """
          Throttling ThrottlingException RequestLimitExceeded TooManyRequestsException
          ServiceUnavailable ServiceUnavailableException InternalFailure InternalError
          RequestTimeout\
          """
              .split("\\s+"));

  /** What the events of one call share; STS issues no key twice. */
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

  /** Whether STS refused it for good: the SDK does not retry. */
  boolean isRefused() {
    return errorCode != null && !TRANSIENT.contains(errorCode);
  }

  /** The ID of the vend in the session's name; null if the service gives no such name. */
  @Nullable String vendId() {
    return sessionName == null
        ? null
        : VendId.parse(sessionName.substring(sessionName.lastIndexOf('@') + 1))
            .map(VendId::value)
            .orElse(null);
  }
}
