package vended.report;

/**
 * How often what happened in the period.
 *
 * @param vends how vends ended
 * @param probesPassed client roles that were found safe
 * @param probesNotPassed client roles that were not, or of which it could not be told
 * @param changesMade changes of the allow-list
 * @param changesDenied changes that were refused
 * @param changesFailed changes of which it can't be told whether they were made
 * @param callers how many callers were granted anything
 * @param roles how many client roles were granted to anybody
 * @param clients how many clients' accounts they are in
 * @param other rows of kinds or outcomes that this version does not know
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
