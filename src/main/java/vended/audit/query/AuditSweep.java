package vended.audit.query;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.AuditTime;

/**
 * Port to all rows of a period, for what adds them up. It is faster than {@link AuditRows}, since
 * it merges nothing and reads ahead: rows come hour by hour from the newest, each hour's shards
 * from 0 to {@value AuditTime#SHARDS} − 1, and each shard's rows newest first. So rows are in order
 * of time only within a shard of an hour; the rows of one vend have the same shard.
 */
public interface AuditSweep {
  /**
   * Reads rows until the end of the period or until the visitor has enough.
   *
   * @param attributes the attributes to read besides the keys and the time; empty for all
   * @param from where an earlier sweep of the same period ended; null to start
   * @return where the next sweep starts; null at the end
   * @throws AuditException if rows could not be read. The visitor may have taken some.
   */
  @Nullable Place sweep(
      Period period, Set<String> attributes, @Nullable Place from, Visitor visitor)
      throws AuditException;

  /** Takes the rows that a sweep reads. */
  interface Visitor {
    /**
     * Takes the next rows, all of one shard of an hour. Where hours are empty, it is called without
     * rows now and then, so that it can stop.
     *
     * @param next where the rows after these start; null at the end
     * @return whether to continue
     * @throws AuditException if a lookup failed
     */
    boolean take(List<AuditRow> rows, @Nullable Place next) throws AuditException;
  }

  /**
   * Where a sweep goes on.
   *
   * @param hour an hour's first moment
   * @param shard a shard of it, from 0
   * @param after the row before; null to start with the shard's newest row
   */
  record Place(Instant hour, int shard, @Nullable Row after) {
    public Place {
      if (shard < 0 || shard >= AuditTime.SHARDS) {
        throw new IllegalArgumentException("there is no such shard");
      }
    }
  }

  /** The key of a row of a shard. */
  record Row(String at, String vendId, String kind) {
    static Row of(AuditRow row) {
      return new Row(row.at(), row.vendId(), row.kind());
    }
  }

  /** The place after a row. */
  static Place after(Instant hour, AuditRow row) {
    return new Place(hour, row.shard(), Row.of(row));
  }
}
