package vended.report;

/**
 * The totals of the period.
 *
 * @param vends the outcomes of vends
 * @param probesPassed probes that found a client role safe
 * @param probesNotPassed probes that did not, or were unclear
 * @param changesMade allow-list changes that were made
 * @param changesDenied allow-list changes that were refused
 * @param changesFailed allow-list changes that may or may not have been made
 * @param callers callers with a granted vend
 * @param roles client roles with a granted vend
 * @param clients the accounts of these roles
 * @param other rows whose kind or outcome this version does not know
 */
public record Totals(
    OutcomeFigures vends,
    Figure probesPassed,
    Figure probesNotPassed,
    Figure changesMade,
    Figure changesDenied,
    Figure changesFailed,
    Figure callers,
    Figure roles,
    Figure clients,
    Figure other) {}
