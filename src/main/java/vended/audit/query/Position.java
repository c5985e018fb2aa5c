package vended.audit.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;

/**
 * Where reading goes on: behind a row, or at all that is older than a time. Rows are in order of
 * {@code at}, the newest first; of one {@code at}, in order of their shards.
 *
 * @param at of the last row that was read; or the first time that is not to be read any more
 * @param row that row; none if reading goes on at a time
 */
public record Position(String at, @Nullable RowKey row) {
  /**
   * A row, by its key.
   *
   * @param shard the part of its hour that it is in; 0 where rows are not read by the hour
   * @param vendId its {@code pk}
   * @param kind its {@code sk}
   */
  public record RowKey(int shard, String vendId, String kind) {
    /** Checks the shard. */
    public RowKey {
      if (shard < 0 || shard >= AuditTime.SHARDS) {
        throw new IllegalArgumentException("there is no such shard");
      }
    }
  }

  /** At all that is older than a time. */
  public static Position before(Instant time) {
    return new Position(AuditTime.at(time), null);
  }

  /** Behind a row. */
  public static Position behind(AuditRow row) {
    return new Position(row.at(), new RowKey(row.shard(), row.vendId(), row.kind()));
  }
}
