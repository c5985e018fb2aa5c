package vended.allowlist;

import java.util.function.Function;

/**
 * The result of reading a key of the allow-list's table.
 *
 * @param <T> the type of the row's value
 */
public sealed interface Row<T> {
  /** A valid row. */
  record Found<T>(T value) implements Row<T> {}

  /** No row. */
  record Missing<T>() implements Row<T> {}

  /**
   * An invalid row. It refuses: no part of it is used.
   *
   * @param fault what is wrong, without the row's values
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
