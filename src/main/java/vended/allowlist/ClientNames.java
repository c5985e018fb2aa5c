package vended.allowlist;

import java.util.Map;
import java.util.Set;

/** Names of clients, for people. They may be some seconds old; nothing is decided by them. */
public interface ClientNames {
  /** How many accounts one call looks up. */
  int MAX_ACCOUNTS = 100;

  /**
   * Looks names up.
   *
   * @param accounts 1–100 of twelve digits each
   * @return the names that were found, by account: a row that can't be read has none
   * @throws AllowListException if they could not be read
   */
  Map<String, String> namesOf(Set<String> accounts) throws AllowListException;
}
