package vended.report.period;

/**
 * The vends of one caller that was granted at least one.
 *
 * @param caller the caller's ARN
 * @param clients how many clients' roles it was granted
 * @param roles how many client roles it was granted
 */
public record CallerFigures(String caller, int clients, int roles, Usage usage) {}
