package vended.report.make;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The work of one call. Once a limit is reached, one step and its lookups can follow.
 *
 * @param time how long the call reads
 * @param rows how many records it reads
 * @param steps how many pages of records it takes, or stretches of empty hours
 */
public record ReportLimits(Duration time, int rows, int steps) {
  /**
   * The limits of the audit function, which has 28 s: 12 s to read, a step of 2.25 s at worst, four
   * pages of 2.25 s if it looks for the hours with rows, and the rest to read, compress and write
   * what was added up. 200,000 records cost about 25,000 read units.
   */
  public static ReportLimits ofFunction() {
    return new ReportLimits(Duration.ofSeconds(12), 200_000, 100_000);
  }

  /** How much of one call's work is left. */
  static final class Work {
    private final Clock clock;
    private final Instant end;
    private int rows;
    private int steps;

    Work(Clock clock, ReportLimits limits) {
      this.clock = clock;
      this.end = clock.instant().plus(limits.time());
      this.rows = limits.rows();
      this.steps = limits.steps();
    }

    /** Counts a step that read rows. */
    void did(int read) {
      rows -= read;
      steps--;
    }

    boolean isLeft() {
      return rows > 0 && steps > 0 && clock.instant().isBefore(end);
    }

    /** At least a second, so that each call makes progress. */
    Duration time() {
      Duration left = Duration.between(clock.instant(), end);
      return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }
  }
}
