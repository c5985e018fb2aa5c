package vended.audit.query;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;

/** Port to the audit's rows. The work of one call is bounded, whatever it asks for. */
public interface AuditRows {
  /** The most rows that one step reads. */
  int MAX_STEP = 1000;

  /** The most IDs that one call looks up. */
  int MAX_VENDS = 500;

  /**
   * Reads one step, newest rows first: one query of the key's partition, or of each shard of one
   * hour; if that hour is empty, the step ends behind the empty hours before it, up to a day. So a
   * step can return fewer rows than the limit, or none, and still not be the last.
   *
   * @param from where the previous step with this key and period ended; null for the first step
   * @param limit the most rows to return, 1 to {@link #MAX_STEP}
   * @throws AuditException if they could not be read
   */
  Slice read(AuditKey key, Period period, @Nullable Position from, int limit) throws AuditException;

  /**
   * Looks up rows by their IDs, strongly consistent.
   *
   * @param vendIds at most {@link #MAX_VENDS}
   * @param kinds which of their rows, at most five
   * @return the rows by ID, without the IDs that have none
   * @throws AuditException if they could not be read
   */
  Map<String, List<AuditRow>> ofVends(Collection<String> vendIds, Set<String> kinds)
      throws AuditException;
}
