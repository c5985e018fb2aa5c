package vended.allowlist;

import java.util.function.Function;

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
   * A row that can't be trusted. It refuses: no part of it is used.
   *
   * @param fault what is wrong, without values
   * @param <T> what the row is of
   */
  record Corrupt<T>(String fault) implements Row<T> {}

  /** The same row with another value. */
  default <R> Row<R> map(Function<T, R> value) {
    return switch (this) {
      case Found<T>(T found) -> new Found<>(value.apply(found));
      case Missing<T> missing -> new Missing<>();
      case Corrupt<T>(String fault) -> new Corrupt<>(fault);
    };
  }
}
