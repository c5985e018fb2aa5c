package vended.admin.verification;

import java.time.Clock;
import vended.admin.change.AdminResult;
import vended.admin.change.GrantsOfRoles;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Stored;
import vended.audit.AuditException;
import vended.audit.ProbeRecords;
import vended.audit.Trace;

/**
 * Acts on a probe that found a new role safe. The role is activated without a person only if an
 * administrator has asked for that within {@link Awaited#TIME}, nobody has suspended the client
 * since, no probe ever found the role open, and nobody has a grant of it: whoever has one could
 * have the role at once, though its grant may be from another life of the role. Otherwise the role
 * waits for an administrator.
 *
 * <p>All that speaks against it must be read after the client's row, whose version the write
 * demands: a suspension in between makes it fail.
 */
public final class SettleNewRole {
  private final ProbedRoles roles;
  private final ProbeRecords probes;
  private final GrantsOfRoles grants;
  private final Clock clock;

  public SettleNewRole(ProbedRoles roles, ProbeRecords probes, GrantsOfRoles grants, Clock clock) {
    this.roles = roles;
    this.probes = probes;
    this.grants = grants;
    this.clock = clock;
  }

  AdminResult<Settlement> settle(Trace trace, ProbedRole probed, Awaited awaited) {
    boolean activates;
    try {
      activates = mayActivate(probed, awaited);
    } catch (AuditException e) {
      return new AdminResult.Unavailable<>();
    }
    if (activates) {
      return activate(trace, probed);
    }
    return awaited.readyBy() != null
        ? new AdminResult.Done<>(Settlement.NOT_VERIFIED)
        : roles.ready(trace, probed.as("schedule/ready"), awaited).map(client -> Settlement.READY);
  }

  private boolean mayActivate(ProbedRole probed, Awaited awaited) throws AuditException {
    return awaited.activation() != null
        && !awaited.isOver(clock.instant())
        && !probed.client().value().suspended()
        && grants.noneOf(probed.arn())
        && !probes.foundOpen(probed.arn());
  }

  /** The record has who asked for it, in the row's text before the change. */
  private AdminResult<Settlement> activate(Trace trace, ProbedRole probed) {
    AdminResult<Stored<Client>> result = roles.activate(trace, probed.as("schedule/activate"));
    return result.equals(new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD))
        ? new AdminResult.Done<>(Settlement.OUTDATED)
        : result.map(client -> Settlement.ACTIVATED);
  }
}
