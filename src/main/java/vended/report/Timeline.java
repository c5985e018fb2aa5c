package vended.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.query.Period;

/**
 * How vends ended, hour by hour or day by day.
 *
 * @param hourly whether the buckets are hours; else they are days (UTC)
 * @param buckets without a gap, the oldest first
 */
public record Timeline(boolean hourly, List<Bucket> buckets) {
  /** Up to this length, a period is shown by the hour. */
  private static final Duration BY_THE_HOUR = Duration.ofDays(2);

  /** Copies the buckets. */
  public Timeline {
    buckets = List.copyOf(buckets);
  }

  /**
   * An hour or a day.
   *
   * @param start its first moment
   * @param ends what ended in it
   */
  public record Bucket(Instant start, OutcomeFigures ends) {
    /** Whether all of it was read, as far as the period goes. */
    public boolean isRead() {
      return ends.granted() instanceof Figure.Exact;
    }
  }

  /** How many buckets were read from beginning to end. */
  public long read() {
    return buckets.stream().filter(Bucket::isRead).count();
  }

  /** How long a bucket is. */
  public Duration step() {
    return hourly ? Duration.ofHours(1) : Duration.ofDays(1);
  }

  public static ChronoUnit unit(Period period) {
    boolean hourly = Duration.between(period.since(), period.until()).compareTo(BY_THE_HOUR) <= 0;
    return hourly ? ChronoUnit.HOURS : ChronoUnit.DAYS;
  }

  /**
   * The buckets of a period.
   *
   * @param ends by the first moment of their bucket
   */
  public static Timeline of(Coverage coverage, Map<Instant, OutcomeCounts> ends) {
    Period period = coverage.period();
    ChronoUnit unit = unit(period);
    List<Bucket> buckets = new ArrayList<>();
    Instant start = period.since().truncatedTo(unit);
    while (start.isBefore(period.until())) {
      Instant end = start.plus(1, unit);
      buckets.add(new Bucket(start, figures(coverage, start, end, ends.get(start))));
      start = end;
    }
    return new Timeline(unit == ChronoUnit.HOURS, buckets);
  }

  private static OutcomeFigures figures(
      Coverage coverage, Instant start, Instant end, @Nullable OutcomeCounts read) {
    boolean exact = coverage.isComplete() || !start.isBefore(coverage.completeSince());
    if (read == null && !exact && !end.isAfter(coverage.completeSince())) {
      return OutcomeFigures.UNKNOWN;
    }
    return OutcomeFigures.of(read == null ? OutcomeCounts.NONE : read, exact);
  }
}
