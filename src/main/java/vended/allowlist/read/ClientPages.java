package vended.allowlist.read;

import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;

/** Lists the clients. The list may be some seconds old. */
@FunctionalInterface
public interface ClientPages {
  /**
   * Clients in order of their accounts.
   *
   * @param after the account that the previous page ended with; null for the first page
   * @param limit 1–1,000; a page can have fewer rows and not be the last
   */
  AllowListPages.Page<Client, String> clients(@Nullable String after, int limit)
      throws AllowListException;
}
