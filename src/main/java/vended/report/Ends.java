package vended.report;

import org.jspecify.annotations.Nullable;

/**
 * How many vends ended how.
 *
 * @param granted credentials were handed out
 * @param denied the caller may not have them
 * @param failed they could not be had
 */
record Ends(long granted, long denied, long failed) {
  /** None. */
  static final Ends NONE = new Ends(0, 0, 0);

  /** One that ended so; none where the word is not known. */
  static Ends of(@Nullable String outcome) {
    return switch (outcome) {
      case "granted" -> new Ends(1, 0, 0);
      case "denied" -> new Ends(0, 1, 0);
      case "failed" -> new Ends(0, 0, 1);
      case null, default -> NONE;
    };
  }

  Ends plus(Ends other) {
    return new Ends(granted + other.granted, denied + other.denied, failed + other.failed);
  }

  /** All of them. */
  long total() {
    return granted + denied + failed;
  }
}
