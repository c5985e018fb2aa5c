package vended.allowlist.dynamo;

/** The indexes of the allow-list's table. They serve lists only, never decisions. */
public enum AllowListIndex {
  /** All clients, or all grants. Rows without a {@code kind} are not in it. */
  BY_KIND("by-kind", "kind"),
  /** All grants of a role. */
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

  /** The index's partition key; the sort key is {@code pk} in all. */
  public String hashKey() {
    return hashKey;
  }
}
