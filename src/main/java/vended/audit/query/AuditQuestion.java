package vended.audit.query;

/**
 * What an auditor asks.
 *
 * @param key what rows are looked up by
 * @param period when
 * @param filter which of them are answered
 */
public record AuditQuestion(AuditKey key, Period period, AuditFilter filter) {}
