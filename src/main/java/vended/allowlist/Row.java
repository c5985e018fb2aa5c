package vended.allowlist;

/**
 * What a key of the allow-list's table turned out to hold.
 *
 * @param <T> what the row is of
 */
public sealed interface Row<T> {
  /**
   * A sound row.
   *
   * @param value what it says
   * @param <T> what the row is of
   */
  record Found<T>(T value) implements Row<T> {}

  /**
   * No row.
   *
   * @param <T> what the row would be of
   */
  record Missing<T>() implements Row<T> {}

  /**
   * A row that can't be trusted. It refuses; no part of it is read in a kinder sense.
   *
   * @param fault what is wrong, without values
   * @param <T> what the row is of
   */
  record Corrupt<T>(String fault) implements Row<T> {}
}
