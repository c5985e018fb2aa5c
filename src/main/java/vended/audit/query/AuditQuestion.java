package vended.audit.query;

/**
 * An auditor's question.
 *
 * @param key how rows are found
 * @param period when
 * @param filter which of the rows read belong to the answer
 */
public record AuditQuestion(AuditKey key, Period period, AuditFilter filter) {}
