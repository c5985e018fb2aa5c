package vended.report.period;

import vended.audit.Outcome;

/**
 * How many vends were granted, were denied, and failed. Of changes: how many were made, were denied
 * (nothing was changed), and failed (they may have been made).
 */
public record Counts(long granted, long denied, long failed) {
  /** None at all. */
  public static final Counts NONE = new Counts(0, 0, 0);

  /** The sum of two. */
  public Counts plus(Counts other) {
    return new Counts(granted + other.granted, denied + other.denied, failed + other.failed);
  }

  /** All of them. */
  public long total() {
    return granted + denied + failed;
  }

  /** How many had this outcome. */
  public long of(Outcome outcome) {
    return switch (outcome) {
      case GRANTED -> granted;
      case DENIED -> denied;
      case FAILED -> failed;
    };
  }
}
