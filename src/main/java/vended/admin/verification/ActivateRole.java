package vended.admin.verification;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ConcernedGrants;
import vended.admin.change.GrantsOfRoles;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListPages;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Stored;
import vended.audit.ProbeRecords;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.telemetry.Telemetry;

/**
 * Marks a client role as verified, if a probe found it safe, and as drifted, if one found it
 * unsafe.
 */
public final class ActivateRole {
  private final ProbedRoles roles;
  private final GrantsOfRoles grants;

  /**
   * Writes through {@code changes}.
   *
   * @param ids names changes that have no request of their own
   */
  public ActivateRole(
      AllowListEditor editor,
      AllowListPages pages,
      ProbeRecords probes,
      AuditedChanges changes,
      Telemetry telemetry,
      Clock clock,
      Supplier<VendId> ids) {
    this.roles =
        new ProbedRoles(editor, probes, changes, telemetry, clock, ids, "clients/activate");
    this.grants = new GrantsOfRoles(pages, clock);
  }

  /**
   * A client with a role that is verified now.
   *
   * @param client the client
   * @param grants the grants that let their callers in again; none if the role was verified before
   */
  public record Activated(Stored<Client> client, ConcernedGrants grants) {}

  /** Acts on a probe. */
  public AdminResult<Activated> activate(Trace trace, VendId probeId) {
    return roles.act(trace, probeId, probed -> act(trace, probed));
  }

  private AdminResult<Activated> act(Trace trace, ProbedRole probed) {
    ClientRole role = probed.role();
    Optional<Refusal> refusal = roles.refusal(probed);
    if (role == null || refusal.isPresent()) {
      return roles.refuse(trace, probed, refusal.orElse(Refusal.ROLE_NOT_KNOWN));
    }
    if (probed.probe().passed()) {
      return roles.verify(trace, probed).map(client -> activated(client, probed, role));
    }
    // A role that isn't verified is marked too: an older probe that passed may be about to be
    // written, and fails by the row's version.
    boolean marked = probed.probe().probeId().value().equals(role.drift());
    if (!probed.probe().unsafe() || marked) {
      return roles.refuse(trace, probed, Refusal.PROBE_NOT_PASSED);
    }
    AdminResult<Stored<Client>> result = roles.drift(trace, probed, role);
    return result instanceof AdminResult.Done
        ? new AdminResult.Refused<>(Refusal.PROBE_NOT_PASSED)
        : result.map(client -> new Activated(client, ConcernedGrants.NONE));
  }

  private Activated activated(Stored<Client> client, ProbedRole probed, ClientRole before) {
    return new Activated(
        client,
        before.verified() == null
            ? grants.effective(List.of(probed.probe().role()))
            : ConcernedGrants.NONE);
  }
}
