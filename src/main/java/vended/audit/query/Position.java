package vended.audit.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;

/**
 * Where the next read starts: after a row, or at everything older than a time. Rows are sorted by
 * {@code at}, newest first, and rows of the same {@code at} by their shards.
 *
 * @param at the time of the last row read; or the time before which the next read starts
 * @param row that row; null if the next read starts at a time
 */
public record Position(String at, @Nullable RowKey row) {
  /**
   * The key of a row.
   *
   * @param shard which of the partitions read side by side it is in: the shard of the hour, or the
   *     value of the index; 0 where there is one
   * @param vendId its {@code pk}
   * @param kind its {@code sk}
   */
  public record RowKey(int shard, String vendId, String kind) {
    public RowKey {
      if (shard < 0 || shard >= Math.max(AuditTime.SHARDS, AuditKey.MAX_VALUES)) {
        throw new IllegalArgumentException("there is no such shard");
      }
    }
  }

  /** At everything older than a time. */
  public static Position before(Instant time) {
    return new Position(AuditTime.at(time), null);
  }

  /** After a row. */
  public static Position after(AuditRow row) {
    return new Position(row.at(), new RowKey(row.shard(), row.vendId(), row.kind()));
  }
}
