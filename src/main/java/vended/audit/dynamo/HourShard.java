package vended.audit.dynamo;

import java.time.Instant;
import java.util.ArrayList;
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
    int[] taken = new int[shards.size()];
    List<AuditRow> merged = new ArrayList<>();
    while (merged.size() < limit && !anyEndsEarly(shards, taken)) {
      int newest = newest(shards, taken);
      if (newest < 0) {
        return new Slice(merged, older == null ? null : Position.before(older));
      }
      merged.add(shards.get(newest).rows.get(taken[newest]++));
    }
    return new Slice(merged, Position.after(merged.getLast()));
  }

  private static boolean anyEndsEarly(List<HourShard> shards, int[] taken) {
    for (int i = 0; i < taken.length; i++) {
      if (shards.get(i).more && taken[i] == shards.get(i).rows.size()) {
        return true;
      }
    }
    return false;
  }

  /** The shard whose next row is the newest, the first of them if there are several; −1 if none. */
  private static int newest(List<HourShard> shards, int[] taken) {
    int newest = -1;
    String at = "";
    for (int i = 0; i < taken.length; i++) {
      List<AuditRow> rows = shards.get(i).rows;
      if (taken[i] < rows.size() && rows.get(taken[i]).at().compareTo(at) > 0) {
        newest = i;
        at = rows.get(taken[i]).at();
      }
    }
    return newest;
  }
}
