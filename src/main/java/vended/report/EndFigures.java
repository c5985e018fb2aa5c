package vended.report;

/**
 * How many vends ended how.
 *
 * @param granted credentials were handed out
 * @param denied the caller may not have them
 * @param failed they could not be had
 */
public record EndFigures(Figure granted, Figure denied, Figure failed) {
  /** Of time that was not read. */
  static final EndFigures UNKNOWN =
      new EndFigures(new Figure.Unknown(), new Figure.Unknown(), new Figure.Unknown());

  static EndFigures of(Ends ends, boolean exact) {
    return new EndFigures(
        Figure.of(ends.granted(), exact),
        Figure.of(ends.denied(), exact),
        Figure.of(ends.failed(), exact));
  }
}
