package vended.allowlist.write;

import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * Changes the allow-list with optimistic locks. All its reads are consistent, and fail with an
 * {@link AllowListException}.
 */
public interface AllowListEditor {
  /** The current client of an account. */
  Row<Stored<Client>> client(String account) throws AllowListException;

  /**
   * The last version of an account's client that was removed.
   *
   * @return 0 if none was; an invalid row is an {@link AllowListException}
   */
  long lastVersion(String account) throws AllowListException;

  /** The current grant. */
  Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException;

  /** The current slot of a grant, which keeps the versions of earlier grants. */
  GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException;

  /**
   * The mark of a client's last suspension; each suspension has a mark of its own. Empty for a
   * client that was never suspended, or was last suspended by a version without marks.
   */
  String lastSuspension(String account) throws AllowListException;

  /**
   * The current rotation of a client's ExternalId. Read after the client, whose version locks it.
   */
  Row<Stored<Rotation>> rotation(String account) throws AllowListException;

  /** The current suspension of a client by itself. */
  Row<Stored<Hold>> hold(String account) throws AllowListException;

  /** The current switch of all vending. */
  Row<Stored<Vending>> vendingSwitch() throws AllowListException;

  /**
   * Makes a change.
   *
   * @throws AllowListException if the change may or may not have been made
   */
  Change.Made make(Change change) throws AllowListException;
}
