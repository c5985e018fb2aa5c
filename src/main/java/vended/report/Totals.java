package vended.report;

/**
 * How often what happened in the time that was read.
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
    Ends vends,
    long probesPassed,
    long probesNotPassed,
    long changesMade,
    long changesDenied,
    long changesFailed,
    int callers,
    int roles,
    int clients,
    long other) {}
