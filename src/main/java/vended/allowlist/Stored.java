package vended.allowlist;

import org.jspecify.annotations.Nullable;

/**
 * A row with who made it and who changed it last: for people, and never decided by. A row that was
 * written by hand may lack any of it.
 *
 * @param value what the row says
 * @param createdAt when it was made, ISO-8601
 * @param createdBy the ARN of who made it
 * @param updatedAt when it was changed last, ISO-8601
 * @param updatedBy the ARN of who changed it last
 * @param <T> what the row is of
 */
public record Stored<T>(
    T value,
    @Nullable String createdAt,
    @Nullable String createdBy,
    @Nullable String updatedAt,
    @Nullable String updatedBy) {
  /** A row that is new. */
  public static <T> Stored<T> made(T value, String at, String by) {
    return new Stored<>(value, at, by, at, by);
  }

  /** The row as it is changed. */
  public <R> Stored<R> changed(R next, String at, String by) {
    return new Stored<>(next, createdAt, createdBy, at, by);
  }
}
