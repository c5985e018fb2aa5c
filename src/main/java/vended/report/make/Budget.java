package vended.report.make;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import vended.audit.query.AuditWalk;

/**
 * The time for a part of the work.
 *
 * @param end when it is over; a call under way then can take some more seconds
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
