package vended.audit.query;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A period of time, in milliseconds like the rows.
 *
 * @param since its first moment, 1970 or later
 * @param until the first moment after it, not before {@code since} and not after 9999
 */
public record Period(Instant since, Instant until) {
  /** The earliest time of a row. */
  public static final Instant FIRST = Instant.EPOCH;

  /** After the latest time of a row. */
  public static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

  /** Any time. */
  public static final Period ALL = new Period(FIRST, END);

  /** Truncates to milliseconds. */
  public Period {
    since = since.truncatedTo(ChronoUnit.MILLIS);
    until = until.truncatedTo(ChronoUnit.MILLIS);
    if (since.isAfter(until) || since.isBefore(FIRST) || until.isAfter(END)) {
      throw new IllegalArgumentException("not a period from 1970 to 9999");
    }
  }

  public boolean isEmpty() {
    return since.equals(until);
  }

  /** The period with more time on both sides, as far as rows have times. */
  public Period extendedBy(Duration margin) {
    Instant earlier = since.minus(margin);
    Instant later = until.plus(margin);
    return new Period(earlier.isBefore(FIRST) ? FIRST : earlier, later.isAfter(END) ? END : later);
  }

  /** The last millisecond; meaningless if the period is empty. */
  public Instant last() {
    return until.minusMillis(1);
  }
}
