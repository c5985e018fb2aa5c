package vended.admin.change;

import vended.admin.change.GrantsOfRoles.Affected;
import vended.allowlist.Client;
import vended.allowlist.Stored;

/**
 * The result of putting a client, with the grants that it affects.
 *
 * @param client the current client
 * @param changed whether it was made or changed; false if it was already as requested
 * @param dangling grants of roles that it no longer has: they let nobody in
 * @param waiting grants of new roles: they become effective once a probe has verified the role
 */
public record ChangedClient(
    Stored<Client> client, boolean changed, Affected dangling, Affected waiting) {
  public static ChangedClient unchanged(Stored<Client> client) {
    return new ChangedClient(client, false, Affected.NONE, Affected.NONE);
  }
}
