package vended.volume;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vended.audit.query.Period;

/**
 * How much there is, and when: the period ends with the last full day, because the script signs its
 * calls by the machine's clock.
 *
 * @param days the length of the period
 * @param vends how many vends are asked for on each of its days, on average
 * @param until the end of the period
 */
record Scale(int days, int vends, Instant until) {
  /** How far back the allow-list and its first uses go: grants can be unused for 90 days. */
  private static final int HISTORY_DAYS = 200;

  /** Of {@code -Dvolume.days} and {@code -Dvolume.vends}, or a small one. */
  static Scale ofProperties() {
    return new Scale(
        Integer.getInteger("volume.days", 3),
        Integer.getInteger("volume.vends", 150),
        // Exports and open intents leave out the last minutes.
        Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.DAYS));
  }

  Period period() {
    return new Period(until.minus(Duration.ofDays(days)), until);
  }

  /** The period of the same length before. */
  Period previous() {
    return new Period(period().since().minus(Duration.ofDays(days)), period().since());
  }

  /** When the first client is made. */
  Instant beginning() {
    return until.minus(Duration.ofDays(Math.max(HISTORY_DAYS, 3L * days)));
  }

  /** A time in the period: 0 is its start, and 1 its end. */
  Instant at(double part) {
    return period().since().plusMillis((long) (part * Duration.ofDays(days).toMillis()));
  }

  int vendsOfPeriod() {
    return days * vends;
  }

  /** The previous period has a tenth. */
  int vendsOfPrevious() {
    return days * vends / 10;
  }

  boolean isLarge() {
    return vendsOfPeriod() >= 20_000;
  }

  int clients() {
    return isLarge() ? 50 : 14;
  }

  int callers() {
    return isLarge() ? 40 : 12;
  }
}
