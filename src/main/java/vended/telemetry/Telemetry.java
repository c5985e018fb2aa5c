package vended.telemetry;

import java.time.Duration;
import java.util.List;
import vended.audit.AuditException;
import vended.audit.AuditRecord;
import vended.audit.VendId;
import vended.audit.reconcile.Finding;
import vended.identity.RoleArn;

/** What operators are told of, beside the audit. It never fails a request. */
public interface Telemetry {
  /** An audit record stands. */
  void recorded(AuditRecord auditRecord);

  /** An audit record could not be added; and so nothing was handed out. */
  void auditFailed(VendId vendId, AuditException e);

  /**
   * A row of the allow-list can't be trusted, and refuses until it is put right.
   *
   * @param fault which attribute, without its value
   */
  void corruptRow(String fault);

  /**
   * A role that was vended is marked as no longer safe, or may be.
   *
   * @param vendId the change's own name
   * @param probeId the probe that found it
   */
  void roleDrifted(VendId vendId, VendId probeId, RoleArn role);

  /** A call ended, well or not, after this time. */
  void took(Hop hop, Duration time);

  /**
   * The audit was looked through for vends and changes that were begun some minutes ago and never
   * ended.
   *
   * @param vendIds which; empty if there were none
   */
  void openIntents(List<String> vendIds);

  /** CloudTrail was compared with the audit, and this was found. */
  void reconciled(List<Finding> findings);
}
