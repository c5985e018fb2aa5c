package vended.audit.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A time, to the millisecond as rows have it.
 *
 * @param since the first moment in it, not before 1970
 * @param until the first moment after it, not after 9999; not before {@code since}
 */
public record Period(Instant since, Instant until) {
  /** The first moment that a row can be of. */
  public static final Instant FIRST = Instant.EPOCH;

  /** After the last moment that a row can be of. */
  public static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

  /** All of time. */
  public static final Period ALL = new Period(FIRST, END);

  /** Cuts to milliseconds, and checks the order. */
  public Period {
    since = since.truncatedTo(ChronoUnit.MILLIS);
    until = until.truncatedTo(ChronoUnit.MILLIS);
    if (since.isAfter(until) || since.isBefore(FIRST) || until.isAfter(END)) {
      throw new IllegalArgumentException("not a period from 1970 to 9999");
    }
  }

  /** Whether nothing can be in it. */
  public boolean isEmpty() {
    return since.equals(until);
  }

  /** The last moment in it; of no meaning in one that is empty. */
  public Instant last() {
    return until.minusMillis(1);
  }
}
