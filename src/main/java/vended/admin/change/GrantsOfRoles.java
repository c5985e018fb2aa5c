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
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Page;
import vended.allowlist.read.AllowListPages.Selection;
import vended.identity.RoleArn;

/**
 * Finds the grants that a change of roles affects, to show them to the administrator. They are read
 * from an index after the change; a failure to read them does not fail the change.
 */
public final class GrantsOfRoles {
  private static final int MAX_GRANTS = 100;

  /** The time after which no more pages are read, well within the function's own. */
  private static final Duration TIME = Duration.ofSeconds(4);

  private final AllowListPages pages;
  private final Clock clock;

  public GrantsOfRoles(AllowListPages pages, Clock clock) {
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * Grants that a change affects.
   *
   * @param grants at most 100
   * @param more whether there may be more: too many to list, or they could not be read
   */
  public record Affected(List<Grant> grants, boolean more) {
    public static final Affected NONE = new Affected(List.of(), false);

    public Affected {
      grants = List.copyOf(grants);
    }
  }

  /**
   * A client with the grants that a change of its roles affects.
   *
   * @param before its previous roles
   */
  public ChangedClient affectedBy(Stored<Client> client, Set<RoleArn> before) {
    Set<RoleArn> after = client.value().roles().keySet();
    return new ChangedClient(
        client,
        true,
        matching(before.stream().filter(role -> !after.contains(role)).toList(), grant -> true),
        effective(after.stream().filter(role -> !before.contains(role)).toList()));
  }

  /** The grants of the roles that are or become effective, once their role is verified. */
  public Affected effective(Collection<RoleArn> roles) {
    Instant now = clock.instant();
    return matching(
        roles,
        grant ->
            !grant.disabled() && (grant.expiresAt() == null || grant.expiresAt().isAfter(now)));
  }

  /**
   * Whether nobody has a grant of the role, not even one that is disabled, expired or corrupt.
   * False if it can't be read.
   */
  public boolean noneOf(RoleArn role) {
    return matching(List.of(role), grant -> true).equals(Affected.NONE);
  }

  private Affected matching(Collection<RoleArn> roles, Predicate<Grant> which) {
    Instant end = clock.instant().plus(TIME);
    List<Grant> grants = new ArrayList<>();
    boolean more = false;
    for (RoleArn role : roles) {
      if (grants.size() >= MAX_GRANTS || !clock.instant().isBefore(end)) {
        return new Affected(grants, true);
      }
      try {
        Page<Grant, GrantKey> page =
            pages.grants(new Selection.OfRole(role), null, MAX_GRANTS - grants.size());
        page.rows().stream().map(Stored::value).filter(which).forEach(grants::add);
        // A corrupt grant lets nobody in, but the administrator should know of it.
        more |= page.last() != null || !page.corrupt().isEmpty();
      } catch (AllowListException e) {
        return new Affected(grants, true);
      }
    }
    return new Affected(grants, more);
  }
}
