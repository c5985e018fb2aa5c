package vended.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The outcomes of vends by the hour or by the day.
 *
 * @param hourly whether the buckets are hours; else they are days (UTC)
 * @param buckets without gaps, the oldest first
 */
public record Timeline(boolean hourly, List<Bucket> buckets) {
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

  /** The length of a bucket. */
  public Duration step() {
    return hourly ? Duration.ofHours(1) : Duration.ofDays(1);
  }
}
