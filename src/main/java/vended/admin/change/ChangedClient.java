package vended.admin.change;

import vended.allowlist.Client;
import vended.allowlist.Stored;

/**
 * A client as it was put, and the grants that this concerns.
 *
 * @param client the client as it is now
 * @param changed whether it was made or changed; false if it was already as requested
 * @param dangling the grants of roles that it no longer has: they let nobody in
 * @param waiting the grants of roles that are new: they let their callers in once a probe has
 *     verified the role
 */
public record ChangedClient(
    Stored<Client> client, boolean changed, ConcernedGrants dangling, ConcernedGrants waiting) {
  public static ChangedClient unchanged(Stored<Client> client) {
    return new ChangedClient(client, false, ConcernedGrants.NONE, ConcernedGrants.NONE);
  }
}
