package vended.report;

/**
 * The totals of the period.
 *
 * @param vends the outcomes of vends
 * @param probesPassed probes that found a client role safe
 * @param probesNotPassed probes that did not, or were unclear
 * @param changes the outcomes of allow-list changes: granted means made, failed that they may or
 *     may not have been made
 * @param callers callers with a granted vend
 * @param roles client roles with a granted vend
 * @param clients the accounts of these roles
 * @param other rows whose kind or outcome this version does not know
 */
public record Totals(
    OutcomeFigures vends,
    Figure probesPassed,
    Figure probesNotPassed,
    OutcomeFigures changes,
    Figure callers,
    Figure roles,
    Figure clients,
    Figure other) {}
