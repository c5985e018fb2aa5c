package vended.audit;

import java.util.Optional;

/** The probes that stand in the audit. */
public interface ProbeRecords {
  /**
   * Reads one, strongly consistent.
   *
   * @return nothing if there is no such probe
   * @throws AuditException if it could not be read, or can't be understood
   */
  Optional<StoredProbe> find(VendId probeId) throws AuditException;
}
