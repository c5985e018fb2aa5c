package vended.allowlist.dynamo;

/** The allow-list table's indexes. They are for lists, and nothing is decided by them. */
public enum AllowListIndex {
  /** Which clients, or which grants, are there? Rows without a {@code kind} are not in it. */
  BY_KIND("by-kind", "kind"),
  /** Who holds this role? */
  BY_ROLE("by-role", "sk");

  private final String indexName;
  private final String hashKey;

  AllowListIndex(String indexName, String hashKey) {
    this.indexName = indexName;
    this.hashKey = hashKey;
  }

  /** The index's name in the table. */
  public String indexName() {
    return indexName;
  }

  /** The attribute that the index is asked by; all are sorted by {@code pk}. */
  public String hashKey() {
    return hashKey;
  }
}
