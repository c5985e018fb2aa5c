package vended.report.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import vended.report.period.Timeline;
import vended.report.period.Timeline.Bucket;

/**
 * Where moments are on a timeline, in percent of its width. Percentages keep marks in shape at each
 * width, which a stretched drawing would not.
 *
 * @param start the first moment of the first bucket
 * @param end the first moment after the last bucket
 */
record TimeScale(Instant start, Instant end) {
  static TimeScale of(Timeline timeline) {
    List<Bucket> buckets = timeline.buckets();
    ChronoUnit unit = timeline.unit();
    return new TimeScale(buckets.getFirst().start(), buckets.getLast().start().plus(1, unit));
  }

  /** The place of a recorded time, from 0 to 100; the nearer end if it is not on the timeline. */
  double place(String at) {
    try {
      double part = Duration.between(start, Instant.parse(at)).toMillis();
      return Math.clamp(100 * part / Duration.between(start, end).toMillis(), 0.0, 100.0);
    } catch (DateTimeException e) {
      return 0;
    }
  }

  /** {@code 12.5%}. */
  static String percent(double number) {
    return String.format(Locale.ROOT, "%.2f%%", number);
  }
}
