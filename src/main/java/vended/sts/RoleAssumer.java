package vended.sts;

import org.jspecify.annotations.Nullable;
import vended.audit.Reason;

/** Assumes a client role: STS. */
public interface RoleAssumer {
  /** Calls once, with bounded retries inside; ends within the bounds of one request. */
  Answer assume(AssumeRole call);

  /** What came of it. */
  sealed interface Answer {}

  /**
   * Credentials were issued.
   *
   * @param credentials what STS answered, not yet checked
   */
  record Issued(IssuedCredentials credentials) implements Answer {}

  /**
   * None were issued, or none arrived.
   *
   * @param reason the class of the failure
   * @param passing whether it may go better in a while
   * @param stsRequestId STS's own ID of the call, if it answered
   */
  record NotIssued(Reason reason, boolean passing, @Nullable String stsRequestId)
      implements Answer {}
}
