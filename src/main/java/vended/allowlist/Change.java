package vended.allowlist;

import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * One change of one row, which holds only if the row is as it was when the change was made up: each
 * row's version counts its changes, a row of version 1 must not have been there, and one of version
 * n must have been at n - 1.
 */
public sealed interface Change {
  /**
   * A client that is made or changed. With a new one goes a row that keeps its ExternalId for it.
   *
   * @param next the row to be
   */
  record PutClient(Kept<KnownClient> next) implements Change {}

  /**
   * A grant that is made or changed.
   *
   * @param next the row to be
   */
  record PutGrant(Kept<Grant> next) implements Change {}

  /**
   * A grant that is taken away.
   *
   * @param version the version that it must have
   */
  record RemoveGrant(CallerArn caller, RoleArn role, long version) implements Change {}

  /**
   * The switch of all vending.
   *
   * @param next the row to be
   */
  record PutSwitch(Kept<Vending> next) implements Change {}

  /** What came of a change. */
  sealed interface Made {}

  /** The row is as it was to be. */
  record Done() implements Made {}

  /**
   * Somebody else changed the row since it was read; nothing was changed now.
   *
   * @param currentVersion the version that it has; 0 where there is no row
   */
  record Conflict(long currentVersion) implements Made {}

  /** Another client has this ExternalId; nothing was changed. */
  record ExternalIdTaken() implements Made {}
}
