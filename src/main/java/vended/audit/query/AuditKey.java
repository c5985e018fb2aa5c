package vended.audit.query;

import vended.audit.AuditIndex;

/** How rows are found: by a key of the table or of one of its indexes, never by a scan. */
public sealed interface AuditKey {
  /**
   * The rows of one vend, probe or change, read strongly consistent.
   *
   * @param vendId its ID
   */
  record OfVend(String vendId) implements AuditKey {}

  /**
   * The rows with one value in an index.
   *
   * @param index any but {@link AuditIndex#BY_HOUR}, which {@link Hours} reads
   * @param value the value of the index's hash key
   */
  record Indexed(AuditIndex index, String value) implements AuditKey {
    public Indexed {
      if (index == AuditIndex.BY_HOUR) {
        throw new IllegalArgumentException("hours are read in shards");
      }
    }
  }

  /** All rows, hour by hour. */
  record Hours() implements AuditKey {}
}
