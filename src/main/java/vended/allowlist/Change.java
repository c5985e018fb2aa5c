package vended.allowlist;

import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * One change of one row, which holds only if the row is as it was when it was read: absent, or of
 * the version that it had. Each row's version counts its changes.
 */
public sealed interface Change {
  /**
   * A client that is made or changed. With a new one goes a row that keeps its ExternalId for it.
   *
   * @param expected what stands in its place
   * @param next the row to be
   */
  record PutClient(Expected expected, Stored<Client> next) implements Change {}

  /**
   * A client that is suspended, with a mark that tells this suspension from any other.
   *
   * @param expected what stands in its place
   * @param next the row to be
   */
  record StopClient(Expected expected, Stored<Client> next) implements Change {}

  /**
   * A grant that is made or changed.
   *
   * @param slot its place as it was read
   * @param next the row to be, of a version above all that the place has had
   */
  record PutGrant(GrantSlot slot, Stored<Grant> next) implements Change {}

  /**
   * A grant that is taken away.
   *
   * @param slot its place as it was read
   */
  record RemoveGrant(CallerArn caller, RoleArn role, GrantSlot slot) implements Change {}

  /**
   * The switch of all vending.
   *
   * @param expected what stands in its place
   * @param next the row to be
   */
  record PutSwitch(Expected expected, Stored<Vending> next) implements Change {}

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
