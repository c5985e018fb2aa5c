package vended.vending;

import vended.audit.Reason;
import vended.text.Coded;

/**
 * What can stand against a vend, in the order in which a decision looks for it. The audit records
 * the first one, as a {@link Reason}; people who look after access see all of them.
 */
public enum Obstacle implements Coded {
  /** The row of the switch can't be trusted. */
  CORRUPT_SWITCH(Reason.CORRUPT_SWITCH),
  /** All vending is stopped. */
  VENDING_STOPPED(Reason.VENDING_STOPPED),
  /** No grant of this role to this caller. */
  NO_GRANT(Reason.NO_GRANT),
  /** The grant's row can't be trusted. */
  CORRUPT_GRANT(Reason.CORRUPT_GRANT),
  /** The grant is bound to another unique ID. */
  CALLER_ID_MISMATCH(Reason.CALLER_ID_MISMATCH),
  /** The grant is disabled. */
  GRANT_DISABLED(Reason.GRANT_DISABLED),
  /** The grant's notBefore is in the future. */
  GRANT_NOT_YET_VALID(Reason.GRANT_NOT_YET_VALID),
  /** The grant's expiresAt has passed. */
  GRANT_EXPIRED(Reason.GRANT_EXPIRED),
  /** The row of the client's own suspension can't be trusted. */
  CORRUPT_HOLD(Reason.CORRUPT_HOLD),
  /** The client has suspended itself. */
  SUSPENDED_BY_CLIENT(Reason.SUSPENDED_BY_CLIENT),
  /** No client for the role's account. */
  NO_CLIENT(Reason.NO_CLIENT),
  /** The client's row can't be trusted. */
  CORRUPT_CLIENT(Reason.CORRUPT_CLIENT),
  /** The client is suspended. */
  CLIENT_SUSPENDED(Reason.CLIENT_SUSPENDED),
  /** The client is marked as the vendor's own account, and is not. */
  NOT_OWN_ACCOUNT(Reason.NOT_OWN_ACCOUNT),
  /** The role is not one of the client's. */
  ROLE_NOT_KNOWN(Reason.ROLE_NOT_VERIFIED),
  /** A probe found that the role's trust policy is no longer safe. */
  ROLE_DRIFTED(Reason.ROLE_NOT_VERIFIED),
  /** No probe has found the role safe. */
  ROLE_NOT_VERIFIED(Reason.ROLE_NOT_VERIFIED);

  private final Reason reason;

  Obstacle(Reason reason) {
    this.reason = reason;
  }

  /** What the audit records if this is the first obstacle. */
  public Reason reason() {
    return reason;
  }
}
