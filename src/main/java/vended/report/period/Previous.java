package vended.report.period;

import vended.audit.query.Period;

/**
 * The period of the same length before, for comparison.
 *
 * @param rows how many records it has; with 0 there is nothing to compare with
 */
public record Previous(Period period, long rows, Totals totals) {}
