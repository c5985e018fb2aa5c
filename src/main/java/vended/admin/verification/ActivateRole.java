package vended.admin.verification;

import java.util.List;
import java.util.Optional;
import vended.admin.change.AdminResult;
import vended.admin.change.GrantsOfRoles;
import vended.admin.change.GrantsOfRoles.Affected;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Stored;
import vended.audit.Trace;
import vended.audit.VendId;

/**
 * Marks a client role as verified if the probe found it safe, or as drifted if it found it unsafe.
 */
public final class ActivateRole {
  private final ProbedRoles roles;
  private final GrantsOfRoles grants;

  public ActivateRole(ProbedRoles roles, GrantsOfRoles grants) {
    this.roles = roles;
    this.grants = grants;
  }

  /**
   * A client with a role that is now verified.
   *
   * @param grants the grants that have become effective; none if the role was verified before
   */
  public record Activated(Stored<Client> client, Affected grants) {}

  /** Acts on a probe that a person has looked at. */
  public AdminResult<Activated> activate(Trace trace, VendId probeId) {
    return roles.act("clients/activate", trace, probeId, probed -> act(trace, probed));
  }

  private AdminResult<Activated> act(Trace trace, ProbedRole probed) {
    ClientRole role = probed.role();
    Optional<Refusal> refusal = roles.refusal(probed);
    if (role == null || refusal.isPresent()) {
      return roles.refuse(trace, probed, refusal.orElse(Refusal.ROLE_NOT_KNOWN));
    }
    if (probed.probe().result().passed()) {
      return roles.verify(trace, probed).map(client -> activated(client, probed, role));
    }
    // An unverified role is marked too, so that an older probe that passed and is about to be
    // written fails by the row's version.
    boolean marked = probed.probe().vendId().value().equals(role.drift());
    if (!probed.probe().result().unsafe() || marked) {
      return roles.refuse(trace, probed, Refusal.PROBE_NOT_PASSED);
    }
    AdminResult<Stored<Client>> result = roles.drift(trace, probed, role);
    return result instanceof AdminResult.Done
        ? new AdminResult.Refused<>(Refusal.PROBE_NOT_PASSED)
        : result.map(client -> new Activated(client, Affected.NONE));
  }

  private Activated activated(Stored<Client> client, ProbedRole probed, ClientRole before) {
    return new Activated(
        client,
        before.verified() == null ? grants.effective(List.of(probed.arn())) : Affected.NONE);
  }
}
