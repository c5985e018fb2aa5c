package vended.allowlist;

import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Changes the allow-list with optimistic locks. All its reads are consistent. */
public interface AllowListEditor {
  /**
   * The current client of an account.
   *
   * @param account twelve digits
   * @throws AllowListException if it could not be read
   */
  Row<Stored<Client>> client(String account) throws AllowListException;

  /**
   * The current grant.
   *
   * @throws AllowListException if it could not be read
   */
  Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException;

  /**
   * The current slot of a grant, which keeps the versions of earlier grants.
   *
   * @throws AllowListException if it could not be read
   */
  GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException;

  /**
   * The mark of a client's last suspension; each suspension has a mark of its own. Empty for a
   * client that was never suspended, or was last suspended by a version without marks.
   *
   * @param account twelve digits
   * @throws AllowListException if it could not be read
   */
  String lastSuspension(String account) throws AllowListException;

  /**
   * The current switch of all vending.
   *
   * @throws AllowListException if it could not be read
   */
  Row<Stored<Vending>> vendingSwitch() throws AllowListException;

  /**
   * Makes a change.
   *
   * @throws AllowListException if the change may or may not have been made
   */
  Change.Made make(Change change) throws AllowListException;
}
