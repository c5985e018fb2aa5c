package vended.report.digest;

/**
 * Something that somebody should look at.
 *
 * @param level how much it matters
 * @param what what was found, as the report's own text
 * @param advice what to do, as {@link vended.report.html.Html#prose prose}
 * @param section the section that shows it
 */
public record Finding(Level level, String what, String advice, String section) {
  /** How much a finding matters, the worst first. */
  public enum Level {
    /** Vends are refused that should not be, or something may be wrong that only a person sees. */
    ACT("Act"),
    /** Something that gets worse if nobody ever looks. */
    CHECK("Check"),
    /** Right in most cases. */
    KNOW("Know");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
