package vended;

import java.time.Clock;
import java.util.function.Supplier;
import vended.admin.change.GrantsOfRoles;
import vended.admin.verification.ProbedRoles;
import vended.admin.verification.Refusals;
import vended.admin.verification.RolesToProbe;
import vended.admin.verification.SettleNewRole;
import vended.admin.verification.SettleProbe;
import vended.allowlist.read.AllowListPages;
import vended.audit.ReprobeRuns;
import vended.audit.VendId;
import vended.audit.query.AskAudit;
import vended.audit.query.OpenIntents;
import vended.telemetry.ScheduleTelemetry;

/** Builds the use cases of the schedule's steps and of the timer. */
public final class ScheduleWiring {
  private final Adapters adapters;
  private final Observed observed;
  private final Supplier<ProbedRoles> probedRoles;
  private final ScheduleTelemetry telemetry;
  private final Clock clock;
  private final Supplier<VendId> vendIds;

  ScheduleWiring(
      Adapters adapters,
      Observed observed,
      Supplier<ProbedRoles> probedRoles,
      ScheduleTelemetry telemetry,
      Clock clock,
      Supplier<VendId> vendIds) {
    this.adapters = adapters;
    this.observed = observed;
    this.probedRoles = probedRoles;
    this.telemetry = telemetry;
    this.clock = clock;
    this.vendIds = vendIds;
  }

  /** Metrics of the schedule. */
  public ScheduleTelemetry telemetry() {
    return telemetry;
  }

  /** Which roles the schedule probes. */
  public RolesToProbe rolesToProbe() {
    AllowListPages pages = adapters.pages();
    return new RolesToProbe(observed.clientPages(pages), pages, clock);
  }

  /** How the schedule acts on what a probe found. */
  public SettleProbe settleProbe() {
    ProbedRoles roles = probedRoles.get();
    return new SettleProbe(
        roles,
        new SettleNewRole(
            roles, adapters.probeRecords(), new GrantsOfRoles(adapters.pages(), clock), clock));
  }

  /** Decides about the roles that only refused in a run of the schedule. */
  public Refusals refusals() {
    return new Refusals(rolesToProbe(), adapters.probeRecords(), settleProbe(), clock, vendIds);
  }

  /** The ends of the schedule's runs. */
  public ReprobeRuns reprobeRuns() {
    return adapters.reprobeRuns();
  }

  /** The search for vends and changes that never ended. */
  public OpenIntents openIntents() {
    return new OpenIntents(new AskAudit(adapters.auditRows(), clock), clock);
  }
}
