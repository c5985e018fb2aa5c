package vended.report.period;

/**
 * How often something was used in a period.
 *
 * @param counts the outcomes of its vends
 * @param first the time of its first vend in the period, whatever the outcome, as recorded
 * @param last the time of its last one
 * @param isNew whether its first granted vend ever lies in the period
 */
public record Usage(Counts counts, String first, String last, boolean isNew) {}
