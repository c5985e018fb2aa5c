package vended.report.make;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.query.Period;
import vended.report.Coverage;
import vended.report.OutcomeFigures;
import vended.report.Timeline;
import vended.report.Timeline.Bucket;

/** Counts outcomes by the hour or by the day. */
final class TimelineTally {
  /** Periods up to this length are shown by the hour. */
  private static final Duration HOURLY = Duration.ofDays(2);

  private final ChronoUnit unit;
  private final Map<Instant, OutcomeCounts> counts = new HashMap<>();

  TimelineTally(Period period) {
    boolean hourly = Duration.between(period.since(), period.until()).compareTo(HOURLY) <= 0;
    this.unit = hourly ? ChronoUnit.HOURS : ChronoUnit.DAYS;
  }

  void add(Instant at, OutcomeCounts one) {
    counts.merge(at.truncatedTo(unit), one, OutcomeCounts::plus);
  }

  Timeline figures(Coverage coverage) {
    Period period = coverage.period();
    List<Bucket> buckets = new ArrayList<>();
    Instant start = period.since().truncatedTo(unit);
    while (start.isBefore(period.until())) {
      Instant end = start.plus(1, unit);
      buckets.add(new Bucket(start, figures(coverage, start, end, counts.get(start))));
      start = end;
    }
    return new Timeline(unit, buckets);
  }

  private static OutcomeFigures figures(
      Coverage coverage, Instant start, Instant end, @Nullable OutcomeCounts read) {
    boolean exact = coverage.isComplete() || !start.isBefore(coverage.completeSince());
    if (read == null && !exact && !end.isAfter(coverage.completeSince())) {
      return OutcomeFigures.UNKNOWN;
    }
    return (read == null ? OutcomeCounts.NONE : read).figures(exact);
  }
}
