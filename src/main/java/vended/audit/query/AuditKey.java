package vended.audit.query;

import java.util.List;
import vended.audit.AuditIndex;

/** How rows are found: by a key of the table or of one of its indexes, never by a scan. */
public sealed interface AuditKey {
  /** How many values one key can have. */
  int MAX_VALUES = 20;

  /**
   * The rows of some vends, probes or changes, read strongly consistent.
   *
   * @param vendIds their IDs, 1 to {@link #MAX_VALUES}
   */
  record OfVends(List<String> vendIds) implements AuditKey {
    public OfVends {
      vendIds = values(vendIds);
    }

    /** The rows of one. */
    public OfVends(String vendId) {
      this(List.of(vendId));
    }
  }

  /**
   * The rows with one of some values in an index.
   *
   * @param index one that is sorted by {@code at}, and not {@link AuditIndex#BY_HOUR}, which {@link
   *     Hours} reads
   * @param values values of the index's hash key, 1 to {@link #MAX_VALUES}. Rows of the same time
   *     are in the order of their values here, so all reads of one question need the same order.
   */
  record Indexed(AuditIndex index, List<String> values) implements AuditKey {
    public Indexed {
      values = AuditKey.values(values);
      if (index == AuditIndex.BY_HOUR || index == AuditIndex.BY_SESSION) {
        throw new IllegalArgumentException("not read by value and time");
      }
    }

    /** The rows with one value. */
    public Indexed(AuditIndex index, String value) {
      this(index, List.of(value));
    }
  }

  /** All rows, hour by hour. */
  record Hours() implements AuditKey {}

  private static List<String> values(List<String> values) {
    if (values.isEmpty() || values.size() > MAX_VALUES) {
      throw new IllegalArgumentException("a key has 1 to " + MAX_VALUES + " values");
    }
    return List.copyOf(values);
  }
}
