package vended.report;

import vended.audit.query.AuditRow;

/**
 * What was begun and has no end on record.
 *
 * @param vends intents of vends and probes without an outcome
 * @param changes changes of the allow-list without an outcome
 * @param underWay what was begun less than five minutes ago, and may still end
 * @param notLookedAt what may have an end outside of what was read, and was not looked up for lack
 *     of time
 */
public record OpenRecords(
    Shortened<AuditRow> vends, Shortened<AuditRow> changes, Figure underWay, Figure notLookedAt) {}
