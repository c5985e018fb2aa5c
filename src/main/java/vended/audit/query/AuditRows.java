package vended.audit.query;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;

/** The rows that stand in the audit. One call is a bounded piece of work, whatever it asks for. */
public interface AuditRows {
  /** The most rows that one step reads. */
  int MAX_STEP = 1000;

  /** The most vends that one call looks up. */
  int MAX_VENDS = 500;

  /**
   * Reads a step, the newest rows first: one query of the key's partition, or of each shard of one
   * hour. So a step may give fewer rows than asked for, or none, and still not be at the end.
   *
   * @param key by what
   * @param period when
   * @param from where reading goes on, as a step with the same key and period said; none at the
   *     beginning
   * @param limit the most rows to give, 1 to {@link #MAX_STEP}
   * @throws AuditException if they could not be read
   */
  Slice read(AuditKey key, Period period, @Nullable Position from, int limit) throws AuditException;

  /**
   * Looks up rows of vends by their IDs, strongly consistent.
   *
   * @param vendIds {@link #MAX_VENDS} at most
   * @param kinds which of their rows, five at most
   * @return the rows by the IDs of those vends that have any
   * @throws AuditException if they could not be read
   */
  Map<String, List<AuditRow>> ofVends(Collection<String> vendIds, Set<String> kinds)
      throws AuditException;
}
