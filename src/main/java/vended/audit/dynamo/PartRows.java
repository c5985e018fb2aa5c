package vended.audit.dynamo;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.audit.query.Position;
import vended.audit.query.Slice;

/**
 * Rows of one of some partitions that are read side by side: the shards of an hour, or some values
 * of an index.
 *
 * @param rows the newest first
 * @param more whether older ones were not read
 */
record PartRows(List<AuditRow> rows, boolean more) {
  /** Without the rows that are older than a time. */
  PartRows since(String first) {
    List<AuditRow> kept = rows.stream().takeWhile(row -> row.at().compareTo(first) >= 0).toList();
    return kept.size() == rows.size() ? this : new PartRows(kept, false);
  }

  /**
   * Merges the parts, the newest rows first. It stops where the rows of a part end that was not
   * read to its end, since its next row may be newer than those of the other parts.
   *
   * @param limit the maximum number of rows
   * @param older the hour itself if there is an older one to read, otherwise null
   */
  static Slice merge(List<PartRows> parts, int limit, @Nullable Instant older) {
    // The sort is stable: rows with the same time stay in the order of their parts.
    List<AuditRow> merged =
        parts.stream()
            .flatMap(part -> part.rows.stream())
            .sorted(Comparator.comparing(AuditRow::at).reversed())
            .toList();
    boolean readToEnd = parts.stream().noneMatch(PartRows::more);
    if (readToEnd && merged.size() < limit) {
      return new Slice(merged, older == null ? null : Position.before(older));
    }
    int end = Math.min(limit, merged.size());
    for (PartRows part : parts) {
      if (part.more) {
        end = Math.min(end, merged.indexOf(part.rows.getLast()) + 1);
      }
    }
    return new Slice(merged.subList(0, end), Position.after(merged.get(end - 1)));
  }
}
