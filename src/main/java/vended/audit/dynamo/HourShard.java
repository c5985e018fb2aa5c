package vended.audit.dynamo;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.audit.query.Position;
import vended.audit.query.Slice;

/**
 * Rows of one shard of an hour.
 *
 * @param rows the newest first
 * @param more whether older ones were not read
 */
record HourShard(List<AuditRow> rows, boolean more) {
  /** Without the rows that are older than a time. */
  HourShard since(String first) {
    List<AuditRow> kept = rows.stream().takeWhile(row -> row.at().compareTo(first) >= 0).toList();
    return kept.size() == rows.size() ? this : new HourShard(kept, false);
  }

  /**
   * Merges the shards of an hour, the newest rows first. It stops where the rows of a shard end
   * that was not read to its end, since its next row may be newer than those of the other shards.
   *
   * @param limit the maximum number of rows
   * @param older the hour itself if there is an older one to read, otherwise null
   */
  static Slice merge(List<HourShard> shards, int limit, @Nullable Instant older) {
    // The sort is stable: rows with the same time stay in the order of their shards.
    List<AuditRow> merged =
        shards.stream()
            .flatMap(shard -> shard.rows.stream())
            .sorted(Comparator.comparing(AuditRow::at).reversed())
            .toList();
    boolean readToEnd = shards.stream().noneMatch(HourShard::more);
    if (readToEnd && merged.size() < limit) {
      return new Slice(merged, older == null ? null : Position.before(older));
    }
    int end = Math.min(limit, merged.size());
    for (HourShard shard : shards) {
      if (shard.more) {
        end = Math.min(end, merged.indexOf(shard.rows.getLast()) + 1);
      }
    }
    return new Slice(merged.subList(0, end), Position.after(merged.get(end - 1)));
  }
}
