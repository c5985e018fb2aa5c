package vended.report;

import java.util.List;

/**
 * A list that a report shows a part of.
 *
 * @param shown the first ones
 * @param count how many there are
 * @param <T> of what
 */
public record Shortened<T>(List<T> shown, Figure count) {
  private static final int MOST = 100;

  /** Makes the list immutable. */
  public Shortened {
    shown = List.copyOf(shown);
  }

  /**
   * A list to shorten.
   *
   * @param found all that were found
   * @param exact whether these are certainly all there are
   */
  public static <T> Shortened<T> of(List<T> found, boolean exact) {
    return new Shortened<>(
        found.subList(0, Math.min(MOST, found.size())), Figure.of(found.size(), exact));
  }

  /** Whether none was found, which may be for want of looking. */
  public boolean isEmpty() {
    return shown.isEmpty();
  }

  /** How many there are beyond those that are shown. */
  public Figure left() {
    return count.minus(shown.size());
  }
}
