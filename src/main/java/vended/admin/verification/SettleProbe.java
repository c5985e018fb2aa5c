package vended.admin.verification;

import java.time.Clock;
import java.util.function.Supplier;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Stored;
import vended.audit.ProbeRecords;
import vended.audit.StoredProbe;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.telemetry.Telemetry;

/**
 * Acts on a probe that no person looks at. It may do less than {@link ActivateRole}: a role that is
 * not verified stays so, since a role that was unsafe for a day may have been changed within.
 */
public final class SettleProbe {
  private final ProbedRoles roles;

  /**
   * Writes through {@code changes}.
   *
   * @param ids names changes that have no request of their own
   */
  public SettleProbe(
      AllowListEditor editor,
      ProbeRecords probes,
      AuditedChanges changes,
      Telemetry telemetry,
      Clock clock,
      Supplier<VendId> ids) {
    this.roles = new ProbedRoles(editor, probes, changes, telemetry, clock, ids, "schedule/settle");
  }

  /** Acts on a probe. */
  public AdminResult<Settlement> settle(Trace trace, VendId probeId) {
    return roles.act(trace, probeId, probed -> settle(trace, probed));
  }

  private AdminResult<Settlement> settle(Trace trace, ProbedRole probed) {
    StoredProbe probe = probed.probe();
    ClientRole role = probed.role();
    ClientRole.Verified verified = role == null ? null : role.verified();
    if (role == null || verified == null) {
      return new AdminResult.Done<>(Settlement.NOT_VERIFIED);
    }
    if (roles.refusal(probed).isPresent()) {
      return new AdminResult.Done<>(Settlement.OUTDATED);
    }
    if (probe.passed()) {
      return isAsFound(verified, probe)
          ? new AdminResult.Done<>(Settlement.UNCHANGED)
          : renew(trace, probed);
    }
    return probe.unsafe()
        ? roles.drift(trace, probed, role).map(client -> Settlement.DRIFTED)
        : new AdminResult.Done<>(Settlement.UNCLEAR);
  }

  private AdminResult<Settlement> renew(Trace trace, ProbedRole probed) {
    AdminResult<Stored<Client>> renewed = roles.verify(trace, probed);
    return renewed.equals(new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD))
        ? new AdminResult.Done<>(Settlement.OUTDATED)
        : renewed.map(client -> Settlement.RENEWED);
  }

  private static boolean isAsFound(ClientRole.Verified verified, StoredProbe probe) {
    return verified.sourceIdentity() == probe.sourceIdentity()
        && verified.sessionTags() == probe.sessionTags();
  }
}
