package vended.audit;

/** The audit table's indexes, one for each question. All but the last are sorted by {@code at}. */
public enum AuditIndex {
  /** What did this caller do? */
  BY_CALLER("by-caller", "caller", "at"),
  /** Who used this client role? */
  BY_ROLE("by-role", "roleArn", "at"),
  /** Who entered this client's account? */
  BY_ACCOUNT("by-account", "clientAccount", "at"),
  /** Whose is this access key, seen in a client's CloudTrail? */
  BY_ACCESS_KEY("by-access-key", "accessKeyId", "at"),
  /**
   * What happened in this hour? Sharded, since all records of an hour are written at the same time.
   */
  BY_HOUR("by-hour", "hourShard", "at"),
  /**
   * When did this caller last have this client role? Sorted by the session's name, which ends with
   * the vend's ID; it has few attributes.
   */
  BY_SESSION("by-session", "roleArn", "sessionName");

  private final String indexName;
  private final String hashKey;
  private final String rangeKey;

  AuditIndex(String indexName, String hashKey, String rangeKey) {
    this.indexName = indexName;
    this.hashKey = hashKey;
    this.rangeKey = rangeKey;
  }

  /** The name of the index in the table. */
  public String indexName() {
    return indexName;
  }

  /** The partition key of the index. */
  public String hashKey() {
    return hashKey;
  }

  /** The sort key of the index. */
  public String rangeKey() {
    return rangeKey;
  }
}
