package vended.allowlist.write;

import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * A conditional write of one row (optimistic locking): applied only if the row still has the
 * version that was read, or is still absent.
 */
public sealed interface Change {
  /** Makes or changes a client. A new client comes with a row that reserves its ExternalId. */
  record PutClient(Expected expected, Stored<Client> next) implements Change {}

  /**
   * Starts, switches or ends the rotation of a client's ExternalId.
   *
   * @param client the client as it was read
   * @param next its next version, which locks the rotation as well
   * @param rotation the rotation from now on; null if it ends
   * @param reserved a new ExternalId, which must not be in use; null if there is none
   */
  record Rotate(
      Stored<Client> client,
      Stored<Client> next,
      @Nullable Stored<Rotation> rotation,
      @Nullable String reserved)
      implements Change {}

  /**
   * Removes a client. Its ExternalId stays reserved, and the next client of its account continues
   * its versions.
   */
  record RemoveClient(Stored<Client> removed) implements Change {}

  /** Suspends a client, with a mark that differs from that of any other suspension. */
  record SuspendClient(Expected expected, Stored<Client> next) implements Change {}

  /**
   * Makes or changes a grant.
   *
   * @param slot the grant's slot as it was read
   * @param next the new row; its version is higher than any that the slot has had
   */
  record PutGrant(GrantSlot slot, Stored<Grant> next) implements Change {}

  /**
   * Removes a grant.
   *
   * @param slot the grant's slot as it was read
   */
  record RemoveGrant(CallerArn caller, RoleArn role, GrantSlot slot) implements Change {}

  /** Stops or resumes all vending. */
  record PutSwitch(Expected expected, Stored<Vending> next) implements Change {}

  /** Suspends or resumes a client on its own behalf. */
  record PutHold(Expected expected, Stored<Hold> next) implements Change {}

  /** The condition of a change: what was there when the row was read. */
  sealed interface Expected {
    /** The version, from 1 on; 0 for no row. */
    long number();

    /** No row. */
    record Absent() implements Expected {
      @Override
      public long number() {
        return 0;
      }
    }

    /** A row of this version. */
    record Version(long number) implements Expected {}

    /** A client as it was read. */
    static Expected of(Stored<Client> stored) {
      return new Version(stored.value().version());
    }
  }

  /** The result of a change. */
  sealed interface Made {}

  /** The change was applied. */
  record Done() implements Made {}

  /**
   * Somebody else has changed the row since it was read; nothing was written.
   *
   * @param currentVersion the row's version; 0 if there is no row
   */
  record Conflict(long currentVersion) implements Made {}

  /** Another transaction is changing one of the rows at the moment; nothing was written. */
  record Busy() implements Made {}

  /** The table or an index has no capacity at the moment; nothing was written. */
  record Throttled() implements Made {}

  /** Another client has this ExternalId; nothing was written. */
  record ExternalIdTaken() implements Made {}
}
