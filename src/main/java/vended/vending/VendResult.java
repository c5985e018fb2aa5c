package vended.vending;

import java.util.List;
import vended.audit.Reason;
import vended.identity.RoleArn;
import vended.json.JsonError;
import vended.sts.IssuedCredentials;

/** The result of a request for credentials. */
public sealed interface VendResult {
  /**
   * Credentials, whose audit records are both stored.
   *
   * @param role the client role
   * @param credentials checked against what was asked for
   */
  record Granted(RoleArn role, IssuedCredentials credentials) implements VendResult {}

  /** Refused. The reason is in the audit only. */
  record Denied() implements VendResult {}

  /**
   * The request exceeds the grant. The caller holds the grant, so it is told the limits.
   *
   * @param errors what to change
   */
  record BeyondGrant(List<JsonError> errors) implements VendResult {
    public BeyondGrant {
      errors = List.copyOf(errors);
    }
  }

  /**
   * STS refused, or its response was dropped. A retry changes nothing.
   *
   * @param reason the class of the failure
   */
  record Failed(Reason reason) implements VendResult {}

  /** The allow-list, the audit or STS is unavailable. A retry may succeed. */
  record Unavailable() implements VendResult {}
}
