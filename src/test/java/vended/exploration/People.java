package vended.exploration;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.admin.ApplyGrants;
import vended.admin.PutClient;
import vended.admin.PutGrant;
import vended.admin.RemoveGrant;
import vended.admin.SuspendClient;
import vended.admin.change.AuditedChanges;
import vended.admin.change.Backoff;
import vended.admin.change.GrantsOfRoles;
import vended.admin.verification.ActivateRole;
import vended.admin.verification.ProbedRoles;
import vended.admin.verification.SettleNewRole;
import vended.admin.verification.SettleProbe;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.DelegatingEditor;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowList;
import vended.allowlist.write.AllowListEditor;
import vended.audit.AuditException;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecords;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.exploration.World.Trust;
import vended.identity.AssumableRoles;
import vended.identity.Caller;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.mine.Asker;
import vended.mine.SuspendOneself;
import vended.probe.ProbeResult;
import vended.probe.ProbeRole;
import vended.probe.Prober;
import vended.telemetry.MetricLines;
import vended.telemetry.ScheduleTelemetry;
import vended.vending.VendCredentials;
import vended.vending.VendRequest;

/** What people and pipelines do, each in one request on the real use cases. */
final class People {
  static final String VENDOR = "111122223333";
  static final String CLIENT = "444455556666";
  static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/vended-deploy");
  static final CallerArn PIPELINE = new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  static final String EXTERNAL_ID = "0123456789abcdef0123456789abcdef";

  /** The ExternalId that rotations make, except the second one of a client. */
  static final String NEXT = Rotations.externalId(5);

  private static final String PIPELINE_ID = "AROADEPLOYER00000001";
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private People() {}

  /**
   * What a request answered.
   *
   * @param id of its records
   * @param result the use case's own result
   */
  record Answered(VendId id, Object result) {}

  // ---- pipelines ----

  static Request vend(String name) {
    return new Request(
            name,
            ports -> {
              Trace trace = trace(ports);
              Caller caller = new Caller(PIPELINE, PIPELINE_ID, "build");
              VendRequest request = new VendRequest(ROLE, null, null, List.of(), Map.of());
              VendCredentials vend = new VendCredentials(ports, ports, ports, ports.clock());
              return new Answered(trace.vendId(), vend.vend(trace, caller, request, VENDOR));
            })
        .watchedFromItsStart();
  }

  // ---- administrators ----

  static Request suspend(String name) {
    return suspend(name, ports -> ports, true);
  }

  static Request resume(String name) {
    return suspend(name, ports -> ports, false).watchedFromItsStart();
  }

  /** As it was before suspensions had marks. */
  static Request resumeWithoutMarks(String name) {
    return suspend(name, Unmarked::new, false).watchedFromItsStart();
  }

  private static Request suspend(
      String name, Function<Ports, AllowListEditor> editor, boolean suspended) {
    return change(
        name,
        (ports, trace) ->
            new SuspendClient(editor.apply(ports), changes(ports), ports.clock())
                .suspend(trace, CLIENT, suspended, null));
  }

  /** A client suspends itself. */
  static Request hold(String name) {
    return ownSuspension(name, true);
  }

  /** A client ends its own suspension. */
  static Request release(String name) {
    return ownSuspension(name, false).watchedFromItsStart();
  }

  private static Request ownSuspension(String name, boolean suspended) {
    return change(
        name,
        (ports, trace) -> {
          AllowList.Owner owner = ports.clientOf(ROLE);
          return owner.client() instanceof Row.Found<Client>(Client client)
              ? new SuspendOneself(ports, changes(ports), ports.clock())
                  .suspend(trace, new Asker.OfClient(client, owner.hold()), suspended, null)
              : "no client";
        });
  }

  static Request stop(String name, boolean stopped) {
    Request stop =
        change(
            name,
            (ports, trace) ->
                new SuspendClient(ports, changes(ports), ports.clock()).stop(trace, stopped));
    return stopped ? stop : stop.watchedFromItsStart();
  }

  /** Gives the client another name, by the version that it has. */
  static Request rename(String name) {
    return change(
        name,
        (ports, trace) -> {
          Row<Stored<Client>> row = ports.client(CLIENT);
          if (!(row instanceof Row.Found<Stored<Client>>(Stored<Client> client))) {
            return "no client";
          }
          var put =
              new PutClient.Request(
                  CLIENT, "renamed by " + name, null, false, null, null, client.value().version());
          return put(ports).put(trace, put, VENDOR);
        });
  }

  /** Makes a client of the account with an ExternalId that it already has elsewhere. */
  static Request importClient(String name, String account) {
    return change(
        name,
        (ports, trace) -> {
          var put =
              new PutClient.Request(
                  account, name, List.of(), false, "imported-0123456789", null, null);
          return put(ports).put(trace, put, VENDOR);
        });
  }

  static PutClient put(Ports ports) {
    return new PutClient(
        ports, ports, changes(ports), AssumableRoles.ALL, new Repeating(1), ports.clock());
  }

  static Request putGrant(String name) {
    return change(
        name,
        (ports, trace) ->
            new PutGrant(ports, changes(ports), ports.clock()).put(trace, grant(name, 0), null));
  }

  /** Plans a change of the grant, and makes it under the version of the plan. */
  static Request changeGrant(String name) {
    return change(
            name,
            (ports, trace) -> {
              Row<Stored<Grant>> row = ports.grant(PIPELINE, ROLE);
              if (!(row instanceof Row.Found<Stored<Grant>>(Stored<Grant> stored))) {
                return "no grant";
              }
              return new PutGrant(ports, changes(ports), ports.clock())
                  .put(trace, grant(name, 0), stored.value().version());
            })
        .watchedFromItsStart();
  }

  /** Makes the grant as a line of a file wants it, unless it is so already. */
  static Request applyGrant(String name) {
    return change(
            name,
            (ports, trace) -> {
              Row<Stored<Grant>> row = ports.grant(PIPELINE, ROLE);
              Long version =
                  row instanceof Row.Found<Stored<Grant>>(Stored<Grant> stored)
                      ? (Long) stored.value().version()
                      : null;
              return apply(ports).put(trace, grant("applied", 0), version);
            })
        .watchedFromItsStart();
  }

  static Request removeGrant(String name) {
    return change(
        name,
        (ports, trace) ->
            new RemoveGrant(ports, changes(ports)).remove(trace, PIPELINE, ROLE, null));
  }

  private static ApplyGrants apply(Ports ports) {
    AuditedChanges changes = changes(ports);
    return new ApplyGrants(
        ports,
        new PutGrant(ports, changes, ports.clock()),
        new RemoveGrant(ports, changes),
        ports.clock());
  }

  /** Probes the role, and activates it by what was found. */
  static Request probeAndActivate(String name) {
    return probeAndActivate(name, ports -> ports);
  }

  /** As it was before a probe had to be the newest one of its role. */
  static Request probeAndActivateAnyProbe(String name) {
    return probeAndActivate(name, AlwaysNewest::new);
  }

  private static Request probeAndActivate(String name, Function<Ports, ProbeRecords> records) {
    return new Request(
        name,
        ports -> {
          Trace probe = trace(ports);
          if (!(probe(ports, probe) instanceof ProbeResult.Probed)) {
            return new Answered(probe.vendId(), "not probed");
          }
          Trace trace = trace(ports);
          ActivateRole activate =
              new ActivateRole(
                  probedRoles(ports, records.apply(ports)),
                  new GrantsOfRoles(ports, ports.clock()));
          return new Answered(trace.vendId(), activate.activate(trace, probe.vendId()));
        });
  }

  /** The schedule: probes the role and acts on what was found. */
  static Request schedule(String name) {
    return new Request(
            name,
            ports -> {
              Trace probe = trace(ports);
              if (!(probe(ports, probe) instanceof ProbeResult.Probed)) {
                return new Answered(probe.vendId(), "not probed");
              }
              Trace trace = trace(ports);
              SettleProbe settle = settleProbe(ports);
              return new Answered(trace.vendId(), settle.settle(trace, probe.vendId()));
            })
        .retriedAfterCrash();
  }

  private static ProbeResult probe(Ports ports, Trace trace) {
    return probe(ports, ports, trace);
  }

  static ProbeResult probe(Ports ports, AllowList allowList, Trace trace) {
    ProbeRole probe =
        new ProbeRole(
            allowList,
            ports,
            ports,
            AssumableRoles.ALL,
            duration -> {},
            ports.clock(),
            new Repeating(2));
    return probe.probe(trace, new Prober(arn(ports), ports.who(), "probe"), ROLE, VENDOR, TIME);
  }

  private static SettleProbe settleProbe(Ports ports) {
    ProbedRoles roles = probedRoles(ports, ports);
    GrantsOfRoles grants = new GrantsOfRoles(ports, ports.clock());
    return new SettleProbe(roles, new SettleNewRole(roles, ports, grants, ports.clock()));
  }

  private static ProbedRoles probedRoles(Ports ports, ProbeRecords records) {
    var telemetry = new ScheduleTelemetry(new MetricLines(NOWHERE, ports.clock(), "stack"));
    return new ProbedRoles(
        ports, records, changes(ports), telemetry, ports.clock(), ports.vendIds());
  }

  // ---- the client ----

  /** The client changes its role's trust policy, one time after the other. */
  static Request trust(Trust... policies) {
    return new Request(
        Explorer.CLIENT,
        ports -> {
          for (Trust policy : policies) {
            ports.outside("the role is " + policy, world -> world.with(policy));
          }
          return "done";
        });
  }

  // ---- what they share ----

  @FunctionalInterface
  interface Changing {
    Object by(Ports ports, Trace trace) throws AllowListException;
  }

  static Request change(String name, Changing changing) {
    return new Request(
        name,
        ports -> {
          Trace trace = trace(ports);
          try {
            return new Answered(trace.vendId(), changing.by(ports, trace));
          } catch (AllowListException e) {
            return new Answered(trace.vendId(), "could not be planned");
          }
        });
  }

  static AuditedChanges changes(Ports ports) {
    Backoff backoff = new Backoff(duration -> {}, new Repeating(3));
    return new AuditedChanges(ports, ports, ports.clock(), backoff);
  }

  private static String arn(Ports ports) {
    return "arn:aws:iam::" + VENDOR + ":user/" + ports.who();
  }

  static Trace trace(Ports ports) {
    return new Trace(
        ports.vendIds().get(),
        new Requester(arn(ports), "AIDAEXPLORER", null, VENDOR, null, null, null, null));
  }

  /** A grant; its maker is in the description, so that two people's grants differ. */
  static Grant grant(String maker, long version) {
    return new Grant(
        PIPELINE,
        ROLE,
        PIPELINE_ID,
        3600,
        null,
        List.of(),
        Map.of(),
        null,
        null,
        false,
        maker,
        version);
  }

  /** The editor without the marks of suspensions. */
  private static final class Unmarked extends DelegatingEditor {
    Unmarked(Ports ports) {
      super(ports);
    }

    @Override
    public String lastSuspension(String account) {
      return "";
    }
  }

  /** The records without the order of a role's probes. */
  private record AlwaysNewest(Ports ports) implements ProbeRecords {
    @Override
    public Optional<ProbeRecord> find(VendId probeId) throws AuditException {
      return ports.find(probeId);
    }

    @Override
    public Optional<ProbeRecord> newest(RoleArn role) throws AuditException {
      return ports.newest(role);
    }

    @Override
    public boolean foundOpen(RoleArn role) throws AuditException {
      return ports.foundOpen(role);
    }

    @Override
    public boolean isNewest(VendId probeId, RoleArn role) {
      return true;
    }
  }

  /** What a request answered, if it has. */
  static @Nullable Object result(Situation.Seat seat) {
    return seat.result() instanceof Answered(VendId id, Object result) ? result : null;
  }
}
