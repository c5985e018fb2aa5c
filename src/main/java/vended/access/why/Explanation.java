package vended.access.why;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision, explained.
 *
 * @param recorded what the audit says; null if somebody asked about a caller and a role
 * @param current what the allow-list says now; null if there is nothing to decide, such as for a
 *     change
 * @param remedies what would change the decision, in the order in which it must be done
 */
public record Explanation(
    @Nullable Recorded recorded, @Nullable Current current, List<Remedy> remedies) {
  public Explanation {
    remedies = List.copyOf(remedies);
  }

  /** Whether it would be vended now; false if there is nothing to vend. */
  public boolean isVended() {
    return current != null && current.isVended();
  }
}
