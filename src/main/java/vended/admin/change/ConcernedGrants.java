package vended.admin.change;

import java.util.List;
import vended.allowlist.Grant;

/**
 * Grants that a change concerns.
 *
 * @param grants at most 100
 * @param more whether there may be others: too many, or they could not be read
 */
public record ConcernedGrants(List<Grant> grants, boolean more) {
  /** None. */
  public static final ConcernedGrants NONE = new ConcernedGrants(List.of(), false);

  /** Copies the grants. */
  public ConcernedGrants {
    grants = List.copyOf(grants);
  }
}
