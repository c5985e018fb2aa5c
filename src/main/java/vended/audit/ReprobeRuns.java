package vended.audit;

import java.time.Instant;
import java.util.Optional;

/** When the schedule has probed all roles. A schedule that never fires can't report it itself. */
public interface ReprobeRuns {
  /**
   * Stores that a run probed all verified roles and acted on all results.
   *
   * @param id a new one
   * @throws AuditException if it could not be stored
   */
  void ended(VendId id, Instant at) throws AuditException;

  /**
   * When the last run ended, strongly consistent.
   *
   * @return empty if none ever did, or not within about a year
   * @throws AuditException if it could not be read
   */
  Optional<Instant> lastEnded() throws AuditException;
}
