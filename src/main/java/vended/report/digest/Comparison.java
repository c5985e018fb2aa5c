package vended.report.digest;

import java.time.Duration;
import vended.report.html.Formats;
import vended.report.period.PeriodFigures;

/** How figures changed since the period of the same length before. */
public final class Comparison {
  /** Below this a percentage says less than the number. */
  private static final long FEW = 20;

  private final PeriodFigures figures;
  private final Duration length;

  public Comparison(PeriodFigures figures) {
    this.figures = figures;
    this.length = Duration.between(figures.period().since(), figures.period().until());
  }

  /** Whether there are earlier records to compare with. */
  public boolean isPossible() {
    return figures.previous().rows() > 0;
  }

  /** {@code 31 days}. */
  public String length() {
    return Formats.length(length);
  }

  /** {@code 10,065 a day}; empty for a period of less than two days. */
  public String rate(long count) {
    double days = length.toSeconds() / 86_400.0;
    return count == 0 || days < 2 ? "" : Formats.rate(count / days) + " a day";
  }

  /** {@code +4% from 298,120}, {@code 3 before}; empty if there is nothing to compare with. */
  public String change(long now, long before) {
    if (!isPossible() || (now == 0 && before == 0)) {
      return "";
    }
    if (now == before) {
      return "the same before";
    }
    if (before < FEW || now < FEW || now / before >= 10) {
      return before == 0 ? "none before" : Formats.number(before) + " before";
    }
    return percent(now, before) + " from " + Formats.number(before);
  }

  private static String percent(long now, long before) {
    double change = 100.0 * (now - before) / before;
    String sign = change < 0 ? "−" : "+";
    return Math.abs(change) < 0.1
        ? "almost the same, " + sign + Formats.number(Math.abs(now - before))
        : sign + Formats.rate(Math.abs(change)) + "%";
  }
}
