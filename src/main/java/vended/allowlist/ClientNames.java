package vended.allowlist;

import java.util.Map;
import java.util.Set;

/** Looks up clients' names, for people. They may be some seconds old; nothing depends on them. */
public interface ClientNames {
  /** How many accounts one call accepts. */
  int MAX_ACCOUNTS = 100;

  /**
   * The names of the accounts' clients.
   *
   * @param accounts 1–100 of twelve digits each
   * @return the names that were found, by account; a client whose row is invalid has none
   * @throws AllowListException if they could not be read
   */
  Map<String, String> namesOf(Set<String> accounts) throws AllowListException;
}
