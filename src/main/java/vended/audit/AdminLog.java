package vended.audit;

/** Where records of the allow-list's changes go: the same table as vends, by the same rules. */
public interface AdminLog {
  /**
   * Adds a record. When this returns, the record stands.
   *
   * @throws AuditException if the record may not stand, or its place is taken: then nothing may be
   *     changed that it was to tell of
   */
  void append(ChangeRecord adminRecord) throws AuditException;
}
