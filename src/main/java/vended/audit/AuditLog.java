package vended.audit;

/** The append-only log of audit records: none can be changed or removed. */
public interface AuditLog {
  /**
   * Adds a record. When this returns, the record is stored.
   *
   * @throws AuditException if the record may not be stored, or its key is taken: then the effect
   *     that it announces must not happen
   */
  void append(AuditRecord auditRecord) throws AuditException;
}
