package vended.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The outcomes of vends by the hour or by the day.
 *
 * @param unit the length of a bucket: an hour or a day (UTC)
 * @param buckets without gaps, the oldest first
 */
public record Timeline(ChronoUnit unit, List<Bucket> buckets) {
  public Timeline {
    buckets = List.copyOf(buckets);
  }

  /**
   * An hour or a day.
   *
   * @param start its first moment
   * @param outcomes the outcomes in it
   */
  public record Bucket(Instant start, OutcomeFigures outcomes) {
    /** Whether its part of the period was read completely. */
    public boolean isRead() {
      return outcomes.granted() instanceof Figure.Exact;
    }
  }

  /** How many buckets were read completely. */
  public long read() {
    return buckets.stream().filter(Bucket::isRead).count();
  }

  /** {@code hour} or {@code day}. */
  public String step() {
    return unit == ChronoUnit.HOURS ? "hour" : "day";
  }
}
