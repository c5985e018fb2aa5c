package vended.admin.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.allowlist.AllowListPages.GrantKey;
import vended.allowlist.AllowListPages.Page;
import vended.allowlist.AllowListPages.Selection;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Stored;
import vended.identity.RoleArn;

/**
 * The grants of roles that a change was about, to tell who made it whom it concerns. They are for
 * people: read from an index, after the change, and a failure to read them is no failure of it.
 */
public final class GrantsOfRoles {
  private static final int MAX_GRANTS = 100;

  /** When the last page may be asked for; the function's time leaves room for more. */
  private static final Duration TIME = Duration.ofSeconds(4);

  private final AllowListPages pages;
  private final Clock clock;

  public GrantsOfRoles(AllowListPages pages, Clock clock) {
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * A client with the grants that a change of its roles concerns.
   *
   * @param before the roles that it had
   */
  public ChangedClient concernedBy(Stored<Client> client, Set<RoleArn> before) {
    Set<RoleArn> after = client.value().roles().keySet();
    return new ChangedClient(
        client,
        true,
        some(before.stream().filter(role -> !after.contains(role)).toList(), grant -> true),
        effective(after.stream().filter(role -> !before.contains(role)).toList()));
  }

  /** The grants of the roles that let their callers in, now or later, once the role is verified. */
  public ConcernedGrants effective(Collection<RoleArn> roles) {
    Instant now = clock.instant();
    return some(
        roles,
        grant ->
            !grant.disabled() && (grant.expiresAt() == null || grant.expiresAt().isAfter(now)));
  }

  private ConcernedGrants some(Collection<RoleArn> roles, Predicate<Grant> which) {
    Instant end = clock.instant().plus(TIME);
    List<Grant> grants = new ArrayList<>();
    boolean more = false;
    for (RoleArn role : roles) {
      if (grants.size() >= MAX_GRANTS || !clock.instant().isBefore(end)) {
        return new ConcernedGrants(grants, true);
      }
      try {
        Page<Grant, GrantKey> page =
            pages.grants(new Selection.OfRole(role), null, MAX_GRANTS - grants.size());
        page.rows().stream().map(Stored::value).filter(which).forEach(grants::add);
        // A row that can't be read lets nobody in, but it is there.
        more |= page.last() != null || !page.corrupt().isEmpty();
      } catch (AllowListException e) {
        return new ConcernedGrants(grants, true);
      }
    }
    return new ConcernedGrants(grants, more);
  }
}
