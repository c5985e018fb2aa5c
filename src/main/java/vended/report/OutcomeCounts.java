package vended.report;

import org.jspecify.annotations.Nullable;

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

  /** One that ended so; none where the word is not known. */
  public static OutcomeCounts of(@Nullable String outcome) {
    return switch (outcome) {
      case "granted" -> new OutcomeCounts(1, 0, 0);
      case "denied" -> new OutcomeCounts(0, 1, 0);
      case "failed" -> new OutcomeCounts(0, 0, 1);
      case null, default -> NONE;
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
