package vended.allowlist;

import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Changes the allow-list, one row at a time and only if nobody else changed it meanwhile. */
public interface AllowListEditor extends VendingState {
  /**
   * The client of an account, as it is now.
   *
   * @param account twelve digits
   * @throws AllowListException if it could not be read
   */
  Row<Stored<Client>> client(String account) throws AllowListException;

  /**
   * A grant, as it is now.
   *
   * @throws AllowListException if it could not be read
   */
  Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException;

  /**
   * A mark of a client's last suspension, as it is now: each suspension has another one. Empty for
   * a client that was never suspended, or only before this was kept.
   *
   * @param account twelve digits
   * @throws AllowListException if it could not be read
   */
  String lastSuspension(String account) throws AllowListException;

  /**
   * The place of a grant, as it is now: with the versions that grants had there before.
   *
   * @throws AllowListException if it could not be read
   */
  GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException;

  /**
   * Makes a change.
   *
   * @throws AllowListException if it can't be told whether it was made
   */
  Change.Made make(Change change) throws AllowListException;
}
