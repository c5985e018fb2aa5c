package vended.audit;

import java.util.Optional;
import vended.identity.RoleArn;

/** Reads the records of probes. */
public interface ProbeRecords {
  /**
   * Reads what a probe found, strongly consistent.
   *
   * @return empty if there is no such probe, or it has not ended
   * @throws AuditException if it could not be read, or is malformed
   */
  Optional<ProbeRecord> find(VendId probeId) throws AuditException;

  /**
   * Reads what the newest probe of a role found that has ended, strongly consistent.
   *
   * @return empty if none of the last few has ended, or the last one is older than a month
   * @throws AuditException if it could not be read, or is malformed
   */
  Optional<ProbeRecord> newest(RoleArn role) throws AuditException;

  /**
   * Whether a probe of the last month found that a role lets in others, strongly consistent. The
   * client's row forgets that when the role is removed from it. Also true if there were more probes
   * than can be read: what nobody has looked at speaks for nothing.
   *
   * @throws AuditException if it could not be read, or is malformed
   */
  boolean foundOpen(RoleArn role) throws AuditException;

  /**
   * Whether this probe ended and no other probe of the role started after it, strongly consistent.
   * False for a probe that was recorded before the audit stored this order.
   *
   * @throws AuditException if it could not be read
   */
  boolean isNewest(VendId probeId, RoleArn role) throws AuditException;
}
