package vended.audit.query;

import java.time.Clock;

/**
 * All that auditors can ask for.
 *
 * @param askAudit behind {@code /audit/query}
 * @param cursors of its pages
 * @param clock the time, which periods end at where nothing else is said
 */
public record Auditing(AskAudit askAudit, AuditCursors cursors, Clock clock) {}
