package vended.report;

import vended.audit.Outcome;

/**
 * How many vends ended how.
 *
 * @param granted credentials were handed out
 * @param denied the caller may not have them
 * @param failed they could not be had
 */
public record OutcomeCounts(long granted, long denied, long failed) {
  /** None. */
  public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0);

  /** Counts one record by its word; none if the word is unknown. */
  public static OutcomeCounts of(String code) {
    return Outcome.parse(code).map(OutcomeCounts::of).orElse(NONE);
  }

  private static OutcomeCounts of(Outcome outcome) {
    return switch (outcome) {
      case GRANTED -> new OutcomeCounts(1, 0, 0);
      case DENIED -> new OutcomeCounts(0, 1, 0);
      case FAILED -> new OutcomeCounts(0, 0, 1);
    };
  }

  public OutcomeCounts plus(OutcomeCounts other) {
    return new OutcomeCounts(granted + other.granted, denied + other.denied, failed + other.failed);
  }

  /** All of them. */
  public long total() {
    return granted + denied + failed;
  }
}
