package vended.report.make;

import vended.audit.Outcome;
import vended.report.Figure;
import vended.report.OutcomeFigures;

/** How many vends were granted, were denied, and failed, as far as rows were read. */
record OutcomeCounts(long granted, long denied, long failed) {
  static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0);

  /** Counts one record by its word; none if the word is unknown. */
  static OutcomeCounts of(String code) {
    return Outcome.parse(code).map(OutcomeCounts::of).orElse(NONE);
  }

  private static OutcomeCounts of(Outcome outcome) {
    return switch (outcome) {
      case GRANTED -> new OutcomeCounts(1, 0, 0);
      case DENIED -> new OutcomeCounts(0, 1, 0);
      case FAILED -> new OutcomeCounts(0, 0, 1);
    };
  }

  OutcomeCounts plus(OutcomeCounts other) {
    return new OutcomeCounts(granted + other.granted, denied + other.denied, failed + other.failed);
  }

  long total() {
    return granted + denied + failed;
  }

  /** The figures: exact if every row that counts was read. */
  OutcomeFigures figures(boolean exact) {
    return new OutcomeFigures(
        Figure.of(granted, exact), Figure.of(denied, exact), Figure.of(failed, exact));
  }
}
