package vended.exploration;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.admin.PutClient;
import vended.admin.RemoveClient;
import vended.admin.verification.RotateExternalId;
import vended.admin.verification.RotateExternalId.Step;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowList;
import vended.allowlist.write.AllowListEditor;
import vended.audit.AuditException;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecords;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.exploration.People.Answered;
import vended.exploration.World.Event;
import vended.exploration.World.Trust;
import vended.identity.Caller;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.probe.ProbeResult;
import vended.vending.VendCredentials;
import vended.vending.VendRequest;

/** What people do to rotate a client's ExternalId, and to remove a client. */
final class Rotations {
  private static final long SEED = 5;
  private static final long OTHER_SEED = 6;

  private Rotations() {}

  /** What a source of random bits with this seed makes. */
  static String externalId(long seed) {
    byte[] bytes = new byte[16];
    new Repeating(seed).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Takes a step. */
  static Request step(String name, Step step) {
    return step(name, step, ports -> ports, ports -> ports);
  }

  /** Takes a step, as it would be without the order of probes. */
  static Request stepByAnyProbe(String name, Step step) {
    return step(name, step, ports -> ports, AnyProbe::new);
  }

  private static Request step(
      String name,
      Step step,
      Function<Ports, AllowListEditor> editor,
      Function<Ports, ProbeRecords> probes) {
    return People.change(
            name,
            (ports, trace) ->
                take(ports, editor.apply(ports), probes.apply(ports), trace, step, SEED))
        .watchedFromItsStart();
  }

  private static Object take(
      Ports ports, AllowListEditor editor, ProbeRecords probes, Trace trace, Step step, long seed) {
    return new RotateExternalId(
            editor, probes, People.changes(ports), new Repeating(seed), ports.clock())
        .take(trace, People.CLIENT, step, null);
  }

  /** Starts a rotation to an ExternalId that the client does not accept yet. */
  static Request startAnother(String name) {
    return People.change(
            name, (ports, trace) -> take(ports, ports, ports, trace, Step.START, OTHER_SEED))
        .watchedFromItsStart();
  }

  /** Probes the role and takes a step, as the script does. */
  static Request probeAndStep(String name, Step step) {
    return new Request(
            name,
            ports -> {
              Trace probe = People.trace(ports);
              if (!(People.probe(ports, new TornReads(ports), probe)
                  instanceof ProbeResult.Probed)) {
                return new Answered(probe.vendId(), "not probed");
              }
              Trace trace = People.trace(ports);
              return new Answered(trace.vendId(), take(ports, ports, ports, trace, step, SEED));
            })
        .watchedFromItsStart();
  }

  /** Probes the role, and does nothing else. */
  static Request probe(String name) {
    return new Request(
        name,
        ports -> {
          Trace probe = People.trace(ports);
          return new Answered(probe.vendId(), People.probe(ports, new TornReads(ports), probe));
        });
  }

  /** The client changes its role's trust policy, which the promises look at. */
  static Request trust(Trust... policies) {
    return new Request(
        Explorer.CLIENT,
        ports -> {
          for (Trust policy : policies) {
            ports.outside(
                "the role is " + policy,
                world -> world.with(policy).with(new Event("trust " + policy, "client", false)));
          }
          return "done";
        });
  }

  /** A vend of a function that still knows the ExternalId that there was when it started. */
  static Request vendByAnOldExternalId(String name) {
    return new Request(
            name,
            ports -> {
              Trace trace = People.trace(ports);
              Caller caller = new Caller(People.PIPELINE, "AROADEPLOYER00000001", "build");
              VendRequest request = new VendRequest(People.ROLE, null, null, List.of(), Map.of());
              AllowList list = new OldExternalId(ports);
              return new Answered(
                  trace.vendId(),
                  new VendCredentials(list, ports, ports, ports.clock())
                      .vend(trace, caller, request, People.VENDOR));
            })
        .watchedFromItsStart();
  }

  // ---- removal ----

  static Request remove(String name) {
    return People.change(
            name,
            (ports, trace) ->
                new RemoveClient(ports, ports, People.changes(ports), ports.clock())
                    .remove(trace, People.CLIENT, null))
        .watchedFromItsStart();
  }

  /** Makes the client, unless it is there. */
  static Request putAgain(String name) {
    return People.change(
        name,
        (ports, trace) -> {
          var put =
              new PutClient.Request(
                  People.CLIENT, "made again", List.of(People.ROLE), false, null, null, null);
          return People.put(ports).put(trace, put, People.VENDOR);
        });
  }

  /** Each row is consistent, but not all together: a BatchGetItem is no transaction. */
  private record TornReads(Ports ports) implements AllowList {
    @Override
    public Owner clientOf(RoleArn role) throws AllowListException {
      Owner owner = ports.clientOf(role);
      return new Owner(
          owner.client(), owner.hold(), ports.rotation(role.account()).map(Stored::value));
    }

    @Override
    public Entry find(CallerArn caller, RoleArn role) throws AllowListException {
      return ports.find(caller, role);
    }

    @Override
    public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Clients clientsOf(Set<String> accounts) {
      throw new UnsupportedOperationException();
    }
  }

  /** The allow-list, with what the client's ExternalId once was. */
  private record OldExternalId(Ports ports) implements AllowList {
    @Override
    public Entry find(CallerArn caller, RoleArn role) throws AllowListException {
      Entry entry = ports.find(caller, role);
      return new Entry(entry.vending(), entry.client().map(this::old), entry.hold(), entry.grant());
    }

    private Client old(Client client) {
      return new Client(
          client.account(),
          client.name(),
          People.EXTERNAL_ID,
          client.suspended(),
          client.ownAccount(),
          client.roles(),
          client.version());
    }

    @Override
    public Owner clientOf(RoleArn role) throws AllowListException {
      return ports.clientOf(role);
    }

    @Override
    public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Clients clientsOf(Set<String> accounts) {
      throw new UnsupportedOperationException();
    }
  }

  /** The records, of which any that passed is as good as the newest. */
  private record AnyProbe(Ports ports) implements ProbeRecords {
    @Override
    public Optional<ProbeRecord> find(VendId probeId) throws AuditException {
      return ports.find(probeId);
    }

    @Override
    public Optional<ProbeRecord> newest(RoleArn role) throws AuditException {
      return ports.anyThatPassed(role);
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

  /** The client of a world; null if there is none. */
  static @Nullable Client client(World world) {
    return Tables.client(world, People.CLIENT)
            instanceof Row.Found<Stored<Client>>(Stored<Client> client)
        ? client.value()
        : null;
  }
}
