package vended.admin.change;

import java.util.List;
import java.util.function.Function;
import vended.allowlist.AllowListException;
import vended.json.JsonError;

/**
 * The result of an administrator's request.
 *
 * @param <T> the type of the answer
 */
public sealed interface AdminResult<T> {
  /**
   * Done.
   *
   * @param recorded whether the audit has a record of it; false if nothing was changed
   */
  record Done<T>(T value, boolean recorded) implements AdminResult<T> {
    /** Done without a change, and so without a record. */
    public Done(T value) {
      this(value, false);
    }
  }

  /** The request is invalid. */
  record Invalid<T>(List<JsonError> errors) implements AdminResult<T> {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }

  /** Somebody else has changed the row; {@code currentVersion} is 0 if there is no row. */
  record Conflict<T>(long currentVersion) implements AdminResult<T> {}

  /** The current state of the allow-list forbids this change. */
  record Refused<T>(Refusal refusal) implements AdminResult<T> {}

  /** The identity can't be a caller; the audit has the reason. */
  record Forbidden<T>() implements AdminResult<T> {}

  /** The allow-list or the audit is unavailable; nothing was changed. */
  record Unavailable<T>() implements AdminResult<T> {}

  /** The change was or may have been made, but that could not be determined or recorded. */
  record Unsure<T>() implements AdminResult<T> {}

  /** What is read from the allow-list. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws AllowListException;
  }

  /** The result of a reading; unavailable if the allow-list can't be read. */
  static <T> AdminResult<T> reading(Reading<AdminResult<T>> reading) {
    try {
      return reading.read();
    } catch (AllowListException e) {
      return new Unavailable<>();
    }
  }

  /** The same result with another value. */
  default <R> AdminResult<R> map(Function<T, R> answer) {
    return switch (this) {
      case Done<T>(T value, boolean recorded) -> new Done<>(answer.apply(value), recorded);
      case Invalid<T>(List<JsonError> errors) -> new Invalid<>(errors);
      case Conflict<T>(long currentVersion) -> new Conflict<>(currentVersion);
      case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
      case Forbidden<T> forbidden -> new Forbidden<>();
      case Unavailable<T> unavailable -> new Unavailable<>();
      case Unsure<T> unsure -> new Unsure<>();
    };
  }
}
