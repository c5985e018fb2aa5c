package vended.report;

import java.util.List;

/**
 * A list that a report shows a part of.
 *
 * @param shown the first ones
 * @param count how many there are
 * @param <T> of what
 */
public record Listed<T>(List<T> shown, int count) {
  private static final int MOST = 100;

  /** Copies the list. */
  public Listed {
    shown = List.copyOf(shown);
  }

  static <T> Listed<T> of(List<T> all) {
    return new Listed<>(all.subList(0, Math.min(MOST, all.size())), all.size());
  }
}
