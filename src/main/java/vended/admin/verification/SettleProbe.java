package vended.admin.verification;

import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Stored;
import vended.audit.ProbeRecord;
import vended.audit.Trace;
import vended.audit.VendId;

/**
 * Acts on a probe that no person looks at. It may do less than {@link ActivateRole}: an unverified
 * role stays unverified, since a role that was open for a day may have been tampered with. A role
 * that is new is left to {@link SettleNewRole}.
 */
public final class SettleProbe {
  private final ProbedRoles roles;
  private final SettleNewRole newRoles;

  public SettleProbe(ProbedRoles roles, SettleNewRole newRoles) {
    this.roles = roles;
    this.newRoles = newRoles;
  }

  /** Acts on a probe; a role that is open is marked at once, one that only refuses is not. */
  public AdminResult<Settlement> settle(Trace trace, VendId probeId) {
    return roles.act("schedule/settle", trace, probeId, probed -> settle(trace, probed, false));
  }

  /** Acts on a probe, and marks the role also if it only refuses. */
  AdminResult<Settlement> settleRefusal(Trace trace, VendId probeId) {
    return roles.act("schedule/settle", trace, probeId, probed -> settle(trace, probed, true));
  }

  private AdminResult<Settlement> settle(Trace trace, ProbedRole probed, boolean marksRefusals) {
    ProbeRecord probe = probed.probe();
    ClientRole role = probed.role();
    ClientRole.Verified verified = role == null ? null : role.verified();
    if (role == null) {
      return new AdminResult.Done<>(Settlement.NOT_VERIFIED);
    }
    if (roles.refusal(probed).isPresent()) {
      return new AdminResult.Done<>(
          verified == null ? Settlement.NOT_VERIFIED : Settlement.OUTDATED);
    }
    if (verified == null) {
      return settleUnverified(trace, probed, role);
    }
    if (probe.result().passed()) {
      return isUnchanged(verified, probe)
          ? new AdminResult.Done<>(Settlement.UNCHANGED)
          : renew(trace, probed);
    }
    if (probe.result().onlyRefused() && !marksRefusals) {
      return new AdminResult.Done<>(Settlement.REFUSED);
    }
    return probe.result().unsafe()
        ? roles.drift(trace, probed, role).map(client -> Settlement.DRIFTED)
        : new AdminResult.Done<>(Settlement.UNCLEAR);
  }

  /**
   * Marks an unverified role that is open. It is refused already, but an administrator may be about
   * to write that an older probe verified it: that write now fails by the row's version.
   */
  private AdminResult<Settlement> settleUnverified(
      Trace trace, ProbedRole probed, ClientRole role) {
    boolean marked = probed.probe().vendId().value().equals(role.drift());
    if (probed.probe().result().open() && !marked) {
      return roles.drift(trace, probed, role).map(client -> Settlement.DRIFTED);
    }
    ClientRole.Awaited awaited = role.awaited();
    return awaited != null && probed.probe().result().passed()
        ? newRoles.settle(trace, probed, awaited)
        : new AdminResult.Done<>(Settlement.NOT_VERIFIED);
  }

  private AdminResult<Settlement> renew(Trace trace, ProbedRole probed) {
    AdminResult<Stored<Client>> renewed = roles.verify(trace, probed);
    return renewed.equals(new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD))
        ? new AdminResult.Done<>(Settlement.OUTDATED)
        : renewed.map(client -> Settlement.RENEWED);
  }

  private static boolean isUnchanged(ClientRole.Verified verified, ProbeRecord probe) {
    return verified.sourceIdentity() == probe.result().sourceIdentity()
        && verified.sessionTags() == probe.result().sessionTags();
  }
}
