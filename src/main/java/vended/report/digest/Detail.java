package vended.report.digest;

import vended.report.period.PeriodFigures;

/** How much there is to show. */
public enum Detail {
  /** No request for credentials. */
  NONE,
  /** So few that a line for each says more than figures. */
  LINES,
  /** Enough for figures and charts. */
  FULL;

  private static final long FEW = 10;

  public static Detail of(PeriodFigures figures) {
    long vends = figures.totals().vends().total();
    return vends == 0 ? NONE : vends <= FEW ? LINES : FULL;
  }
}
