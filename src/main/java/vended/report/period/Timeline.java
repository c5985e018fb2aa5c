package vended.report.period;

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
   * @param counts the outcomes in it
   */
  public record Bucket(Instant start, Counts counts) {}
}
