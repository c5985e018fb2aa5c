package vended.report.make;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import vended.audit.query.AuditWalk;

/**
 * Time for a part of the work.
 *
 * @param clock the time
 * @param end when it is up; what is under way then ends within some seconds
 */
record Budget(Clock clock, Instant end) {
  boolean isUp() {
    return !clock.instant().isBefore(end);
  }

  AuditWalk.Bounds bounds(int rows, int steps) {
    Duration left = Duration.between(clock.instant(), end);
    return new AuditWalk.Bounds(rows, steps, left.isNegative() ? Duration.ZERO : left);
  }
}
