package vended.admin;

import java.time.Clock;
import java.util.Optional;
import vended.allowlist.AllowListEditor;
import vended.allowlist.Kept;
import vended.allowlist.KnownClient;
import vended.allowlist.KnownClient.KnownRole;
import vended.audit.ProbeRecords;
import vended.audit.VendId;
import vended.telemetry.Telemetry;

/**
 * Marks a client role as verified, if a probe found it safe, and as drifted, if one found it
 * unsafe.
 */
public final class ActivateRole {
  private final ProbedRoles roles;

  /** Of its parts. */
  public ActivateRole(
      AllowListEditor editor,
      ProbeRecords probes,
      AuditedChanges changes,
      Telemetry telemetry,
      Clock clock) {
    this.roles = new ProbedRoles(editor, probes, changes, telemetry, clock, "clients/activate");
  }

  /** Acts on a probe. */
  public AdminResult<Kept<KnownClient>> activate(AdminTrace trace, VendId probeId) {
    return roles.act(trace, probeId, probed -> act(trace, probed));
  }

  private AdminResult<Kept<KnownClient>> act(AdminTrace trace, ProbedRole probed) {
    KnownRole role = probed.role();
    Optional<Refusal> refusal = roles.refusal(probed);
    if (role == null || refusal.isPresent()) {
      return roles.refuse(trace, probed, refusal.orElse(Refusal.ROLE_NOT_KNOWN));
    }
    if (probed.probe().passed()) {
      return roles.verify(trace, probed);
    }
    if (!probed.probe().unsafe() || role.verified() == null) {
      return roles.refuse(trace, probed, Refusal.PROBE_NOT_PASSED);
    }
    AdminResult<Kept<KnownClient>> marked = roles.drift(trace, probed, role);
    return marked instanceof AdminResult.Done
        ? new AdminResult.Refused<>(Refusal.PROBE_NOT_PASSED)
        : marked;
  }
}
