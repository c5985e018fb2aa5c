package vended.report;

/**
 * How many vends ended how.
 *
 * @param granted credentials were handed out
 * @param denied the caller may not have them
 * @param failed they could not be had
 */
public record OutcomeFigures(Figure granted, Figure denied, Figure failed) {
  /** Of time that was not read. */
  public static final OutcomeFigures UNKNOWN =
      new OutcomeFigures(new Figure.Unknown(), new Figure.Unknown(), new Figure.Unknown());

  public static OutcomeFigures of(OutcomeCounts ends, boolean exact) {
    return new OutcomeFigures(
        Figure.of(ends.granted(), exact),
        Figure.of(ends.denied(), exact),
        Figure.of(ends.failed(), exact));
  }
}
