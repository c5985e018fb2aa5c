package vended.sts;

import org.jspecify.annotations.Nullable;
import vended.audit.Reason;

/** Assumes client roles. */
public interface RoleAssumer {
  /** Makes one call, including retries, which ends well within the time of one request. */
  Answer assume(AssumeRole call);

  /** The result of a call. */
  sealed interface Answer {}

  /**
   * STS issued credentials.
   *
   * @param credentials the response, not yet checked
   */
  record Issued(IssuedCredentials credentials) implements Answer {}

  /**
   * STS issued no credentials, or they did not arrive.
   *
   * @param reason the class of the failure
   * @param passing whether a retry may succeed
   * @param stsRequestId the ID that STS gave the call, if it responded
   */
  record NotIssued(Reason reason, boolean passing, @Nullable String stsRequestId)
      implements Answer {}
}
