package vended.report;

import vended.audit.query.AuditRow;

/**
 * Intents without an outcome.
 *
 * @param vends those of vends and probes
 * @param changes those of allow-list changes
 * @param underWay intents of the last five minutes, which can still end
 * @param notLookedAt intents whose outcome was not looked up, for lack of time
 */
public record OpenRecords(
    Shortened<AuditRow> vends, Shortened<AuditRow> changes, Figure underWay, Figure notLookedAt) {}
