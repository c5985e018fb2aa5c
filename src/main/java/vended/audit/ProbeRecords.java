package vended.audit;

import java.util.Optional;
import vended.identity.RoleArn;

/** The probes that stand in the audit. */
public interface ProbeRecords {
  /**
   * Reads one, strongly consistent.
   *
   * @return nothing if there is no such probe
   * @throws AuditException if it could not be read, or can't be understood
   */
  Optional<StoredProbe> find(VendId probeId) throws AuditException;

  /**
   * Whether no probe of the role started after this one, and this one ended; strongly consistent.
   * It isn't for a probe that was recorded before the audit kept this order.
   *
   * @throws AuditException if that could not be read
   */
  boolean isNewest(VendId probeId, RoleArn role) throws AuditException;
}
