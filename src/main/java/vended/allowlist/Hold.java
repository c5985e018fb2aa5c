package vended.allowlist;

import vended.identity.AccountId;

/**
 * A client's own suspension: while it is in force, nothing is vended in the client's account. Only
 * the client starts and ends it, and no change by the vendor affects it. Without a row, the client
 * is not suspended.
 *
 * @param account the client's account, twelve digits
 * @param suspended whether it is in force
 * @param version optimistic-lock version, 0 if the client never suspended itself
 */
public record Hold(String account, boolean suspended, long version) {
  /**
   * Checks the account.
   *
   * @throws IllegalArgumentException if it does not have twelve digits
   */
  public Hold {
    if (!AccountId.matches(account)) {
      throw new IllegalArgumentException("account must have twelve digits");
    }
  }

  /** For a client that never suspended itself. */
  public static Hold unused(String account) {
    return new Hold(account, false, 0);
  }

  /** Whether a row forbids entering the client's account. A corrupt row does. */
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
