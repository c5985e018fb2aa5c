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
  public static final EndFigures UNKNOWN =
      new EndFigures(new Figure.Unknown(), new Figure.Unknown(), new Figure.Unknown());

  public static EndFigures of(OutcomeCounts ends, boolean exact) {
    return new EndFigures(
        Figure.of(ends.granted(), exact),
        Figure.of(ends.denied(), exact),
        Figure.of(ends.failed(), exact));
  }
}
