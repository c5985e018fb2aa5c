package vended.allowlist;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row's value with who created and last updated it. They are for people, and no decision depends
 * on them; a row that was written by hand may lack any of them.
 *
 * @param createdAt ISO-8601
 * @param createdBy an ARN
 * @param updatedAt ISO-8601
 * @param updatedBy an ARN
 * @param <T> the type of the row's value
 */
public record Stored<T>(
    T value,
    @Nullable String createdAt,
    @Nullable String createdBy,
    @Nullable String updatedAt,
    @Nullable String updatedBy) {
  /** A new row. */
  public static <T> Stored<T> made(T value, String at, String by) {
    return new Stored<>(value, at, by, at, by);
  }

  /** The row with its next value. */
  public <R> Stored<R> changed(R next, String at, String by) {
    return new Stored<>(next, createdAt, createdBy, at, by);
  }

  /** When and by whom, by the names that rows and answers use. */
  public Map<String, @Nullable String> stamps() {
    Map<String, @Nullable String> stamps = new LinkedHashMap<>();
    stamps.put("createdAt", createdAt);
    stamps.put("createdBy", createdBy);
    stamps.put("updatedAt", updatedAt);
    stamps.put("updatedBy", updatedBy);
    return stamps;
  }
}
