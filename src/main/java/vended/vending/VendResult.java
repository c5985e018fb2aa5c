package vended.vending;

import java.util.List;
import vended.audit.Reason;
import vended.identity.RoleArn;
import vended.json.JsonError;
import vended.sts.IssuedCredentials;

/** What came of a request for credentials. */
public sealed interface VendResult {
  /**
   * Credentials, of which both audit records stand.
   *
   * @param role the client role
   * @param credentials checked
   */
  record Granted(RoleArn role, IssuedCredentials credentials) implements VendResult {}

  /** No. Why is in the audit, and is not told. */
  record Denied() implements VendResult {}

  /**
   * The request goes beyond its grant, which the caller holds, so it is told how far it may go.
   *
   * @param errors what to change
   */
  record BeyondGrant(List<JsonError> errors) implements VendResult {
    /** Copies the errors. */
    public BeyondGrant {
      errors = List.copyOf(errors);
    }
  }

  /**
   * STS refused, or its answer was dropped: trying again changes nothing.
   *
   * @param reason the class of the failure
   */
  record Failed(Reason reason) implements VendResult {}

  /** Allow-list, audit or STS were not there: it may go better in a while. */
  record Unavailable() implements VendResult {}
}
