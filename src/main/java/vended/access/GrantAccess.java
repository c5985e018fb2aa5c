package vended.access;

import java.util.List;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.audit.query.LastUse;
import vended.vending.Obstacle;

/**
 * A grant, and what it is worth now.
 *
 * @param key the caller and the role
 * @param grant its row, valid or corrupt
 * @param client the row of the role's client
 * @param obstacles all that stands against a vend; the caller is taken to have the unique ID that
 *     the grant is bound to
 * @param lastUse when the caller last had the role, under this grant or an earlier one
 */
public record GrantAccess(
    GrantKey key,
    Row<Stored<Grant>> grant,
    Row<Client> client,
    List<Obstacle> obstacles,
    LastUse.Use lastUse) {
  public GrantAccess {
    obstacles = List.copyOf(obstacles);
  }

  /** Whether the caller would get the role now, if it has the unique ID of the grant. */
  public boolean vendedNow() {
    return obstacles.isEmpty();
  }
}
