package vended.mine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListEntries;
import vended.allowlist.read.AllowListEntries.Entries;
import vended.allowlist.read.AllowListEntries.Keys;
import vended.allowlist.read.AllowListEntries.Selection;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.identity.RoleArn;
import vended.vending.Decision;

/** Shows a client who may assume its roles, role by role, from the index of grants by role. */
public final class ListOwnGrants {
  /** The most grants of a page. */
  public static final int MAX_GRANTS = 200;

  /** No query of another role starts after this. A client has at most 50 roles. */
  private static final Duration READS = Duration.ofSeconds(8);

  private final AllowListEntries list;
  private final Clock clock;

  public ListOwnGrants(AllowListEntries list, Clock clock) {
    this.list = list;
    this.clock = clock;
  }

  /**
   * A grant of one of the client's roles.
   *
   * @param grant the row
   * @param vendedNow whether a caller with the right unique ID would get the role now
   */
  public record OwnGrant(GrantKey key, Row<Grant> grant, boolean vendedNow) {}

  /**
   * A page of grants, in order of role and caller.
   *
   * @param grants fewer than were asked for does not mean that it is the last page
   * @param last where the next page starts; null on the last page
   */
  public record Page(List<OwnGrant> grants, @Nullable GrantKey last) {
    public Page {
      grants = List.copyOf(grants);
    }
  }

  /**
   * Reads a page.
   *
   * @param client whose roles; no others are read, whatever {@code after} says
   * @param after a grant of one of the client's roles; null for the first page
   * @param limit 1–{@value #MAX_GRANTS}
   * @param ownAccount the vendor's own account, twelve digits
   */
  public Page of(Client client, @Nullable GrantKey after, int limit, String ownAccount)
      throws AllowListException {
    Instant end = clock.instant().plus(READS);
    List<GrantKey> keys = new ArrayList<>();
    GrantKey from = after;
    Iterator<RoleArn> roles = rolesFrom(client, after).iterator();
    boolean inTime = true;
    while (roles.hasNext() && keys.size() <= limit && inTime) {
      Selection of = new Selection.Listed(new AllowListPages.Selection.OfRole(roles.next()));
      do {
        Keys page = list.keys(of, from, limit + 1);
        keys.addAll(page.keys());
        from = page.last();
        inTime = clock.instant().isBefore(end);
      } while (from != null && keys.size() <= limit && inTime);
    }
    boolean more = keys.size() > limit || from != null || roles.hasNext();
    if (more && keys.isEmpty()) {
      throw new AllowListException("no grant could be read in time", null);
    }
    List<GrantKey> shown = keys.subList(0, Math.min(limit, keys.size()));
    return new Page(granted(shown, ownAccount), more ? shown.getLast() : null);
  }

  private static List<RoleArn> rolesFrom(Client client, @Nullable GrantKey after) {
    return client.roles().keySet().stream()
        .filter(role -> after == null || role.value().compareTo(after.role().value()) >= 0)
        .sorted((one, other) -> one.value().compareTo(other.value()))
        .toList();
  }

  private List<OwnGrant> granted(List<GrantKey> keys, String ownAccount) throws AllowListException {
    Entries entries = list.of(keys);
    Instant now = clock.instant();
    List<OwnGrant> grants = new ArrayList<>();
    for (GrantKey key : keys) {
      Row<Grant> grant = entries.grant(key).map(Stored::value);
      // A grant that was removed since is not shown.
      if (!(grant instanceof Row.Missing<Grant>)) {
        boolean vendedNow =
            Decision.obstacles(entries.entry(key), null, key.role(), ownAccount, now).isEmpty();
        grants.add(new OwnGrant(key, grant, vendedNow));
      }
    }
    return grants;
  }
}
