package vended.audit;

/** Where audit records go: they can be added, and not changed or taken away. */
public interface AuditLog {
  /**
   * Adds a record. When this returns, the record stands.
   *
   * @throws AuditException if the record may not stand, or its place is taken: then nothing may be
   *     done that it was to tell of
   */
  void append(AuditRecord auditRecord) throws AuditException;
}
