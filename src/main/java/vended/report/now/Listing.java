package vended.report.now;

import java.util.List;

/**
 * A list that a report shows in part.
 *
 * @param shown the first elements, at most 100
 * @param count how many there are
 * @param <T> the type of the elements
 */
public record Listing<T>(List<T> shown, int count) {
  private static final int MOST = 100;

  public Listing {
    shown = List.copyOf(shown);
  }

  /** Shortens a list to 100 elements. */
  public static <T> Listing<T> of(List<T> found) {
    return new Listing<>(found.subList(0, Math.min(MOST, found.size())), found.size());
  }

  /** How many are not shown. */
  public int left() {
    return count - shown.size();
  }
}
