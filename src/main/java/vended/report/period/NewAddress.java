package vended.report.period;

/**
 * An address from which a caller was granted a vend in the period, but not in the previous period.
 * No index finds an address, so unlike {@link Usage#isNew()} it can have been used before that.
 *
 * @param first the time of its first granted vend in the period
 */
public record NewAddress(String address, String caller, String first) {}
