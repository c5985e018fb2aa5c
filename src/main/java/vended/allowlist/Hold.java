package vended.allowlist;

import vended.identity.AccountId;

/**
 * A client's own suspension: while it stands, nothing is vended in the client's account. Only the
 * client makes and ends it, so nothing that the vendor changes has an effect on it. Without a row,
 * it does not stand.
 *
 * @param account the client's account, twelve digits
 * @param suspended whether it stands
 * @param version optimistic-lock version, 0 if the client never suspended itself
 */
public record Hold(String account, boolean suspended, long version) {
  /**
   * Checks the account.
   *
   * @throws IllegalArgumentException if it has not twelve digits
   */
  public Hold {
    if (!AccountId.matches(account)) {
      throw new IllegalArgumentException("account must have twelve digits");
    }
  }

  /** The hold of a client that never suspended itself. */
  public static Hold unused(String account) {
    return new Hold(account, false, 0);
  }

  /** Whether a row forbids to enter the client's account. A corrupt one does. */
  public static boolean stands(Row<Hold> row) {
    return switch (row) {
      case Row.Missing<Hold> never -> false;
      case Row.Found<Hold>(Hold hold) -> hold.suspended();
      case Row.Corrupt<Hold> corrupt -> true;
    };
  }

  /** The next version. */
  public Hold next(boolean suspended) {
    return new Hold(account, suspended, version + 1);
  }
}
