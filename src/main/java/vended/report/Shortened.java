package vended.report;

import java.util.List;

/**
 * A list that a report shows in part.
 *
 * @param shown the first elements
 * @param count how many elements there are
 * @param <T> the type of the elements
 */
public record Shortened<T>(List<T> shown, Figure count) {
  private static final int MOST = 100;

  public Shortened {
    shown = List.copyOf(shown);
  }

  /**
   * Shortens a list.
   *
   * @param found the elements found
   * @param exact whether there are certainly no others
   */
  public static <T> Shortened<T> of(List<T> found, int most, boolean exact) {
    return new Shortened<>(
        found.subList(0, Math.min(most, found.size())), Figure.of(found.size(), exact));
  }

  /** Shortens a list to 100 elements. */
  public static <T> Shortened<T> of(List<T> found, boolean exact) {
    return of(found, MOST, exact);
  }

  /** Whether none was found; others can exist unless the count is exact. */
  public boolean isEmpty() {
    return shown.isEmpty();
  }

  /** How many are not shown. */
  public Figure left() {
    return count.minus(shown.size());
  }
}
