package vended.admin.change;

import java.util.List;
import vended.allowlist.Grant;

/**
 * Grants that a change affects.
 *
 * @param grants at most 100
 * @param more whether there may be more: too many to list, or they could not be read
 */
public record ConcernedGrants(List<Grant> grants, boolean more) {
  public static final ConcernedGrants NONE = new ConcernedGrants(List.of(), false);

  public ConcernedGrants {
    grants = List.copyOf(grants);
  }
}
