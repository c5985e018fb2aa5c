package vended.report;

import vended.audit.Outcome;

/** How many vends were granted, were denied, and failed. */
public record OutcomeFigures(Figure granted, Figure denied, Figure failed) {
  /** For time that was not read. */
  public static final OutcomeFigures UNKNOWN =
      new OutcomeFigures(new Figure.Unknown(), new Figure.Unknown(), new Figure.Unknown());

  /** The figure of one outcome. */
  public Figure of(Outcome outcome) {
    return switch (outcome) {
      case GRANTED -> granted;
      case DENIED -> denied;
      case FAILED -> failed;
    };
  }
}
