package vended.report.period;

/**
 * The totals of a period.
 *
 * @param vends the outcomes of vends
 * @param probesPassed probes that found a client role safe
 * @param probesNotPassed probes that did not, or were unclear
 * @param changes the outcomes of allow-list changes
 * @param callers callers with a granted vend
 * @param roles client roles with a granted vend
 * @param clients the accounts of these roles
 * @param addresses the addresses that granted vends came from, or {@link #UNCOUNTED}
 * @param other rows whose kind or outcome this version does not know
 */
public record Totals(
    Counts vends,
    long probesPassed,
    long probesNotPassed,
    Counts changes,
    long callers,
    long roles,
    long clients,
    long addresses,
    long other) {
  /**
   * Of addresses: callers used more than 40,000 in all, and none is new for lack of a comparison.
   */
  public static final long UNCOUNTED = -1;
}
