package vended.audit;

/** The audit table's indexes, one for each question of an auditor, each sorted by {@code at}. */
public enum AuditIndex {
  /** What did this caller do? */
  BY_CALLER("by-caller", "caller"),
  /** Who used this client role? */
  BY_ROLE("by-role", "roleArn"),
  /** Who entered this client's account? */
  BY_ACCOUNT("by-account", "clientAccount"),
  /** Whose is this access key, seen in a client's CloudTrail? */
  BY_ACCESS_KEY("by-access-key", "accessKeyId"),
  /**
   * What happened in this hour? Sharded, since all records of an hour are written at the same time.
   */
  BY_HOUR("by-hour", "hourShard");

  private final String indexName;
  private final String hashKey;

  AuditIndex(String indexName, String hashKey) {
    this.indexName = indexName;
    this.hashKey = hashKey;
  }

  /** The name of the index in the table. */
  public String indexName() {
    return indexName;
  }

  /** The partition key of the index. */
  public String hashKey() {
    return hashKey;
  }
}
