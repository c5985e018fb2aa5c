package vended.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as the audit table stores them. */
public final class AuditTime {
  /** A partition accepts 1,000 writes a second, so eight shards accept 8,000 records. */
  public static final int SHARDS = 8;

  /** Of fixed width, so that text sorts by time. */
  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);

  private AuditTime() {}

  /** The attribute {@code at}, to the millisecond, for the years 0 to 9999. */
  public static String at(Instant time) {
    return AT.format(time);
  }

  /** The time of a text; empty if the text is missing or not a time. */
  public static Optional<Instant> parse(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The key of one shard of an hour in {@link AuditIndex#BY_HOUR}.
   *
   * @param time any time in the hour
   * @param shard 0 to {@link #SHARDS} − 1
   */
  public static String hourShard(Instant time, int shard) {
    return HOUR.format(time) + "#" + shard;
  }
}
