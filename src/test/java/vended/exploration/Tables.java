package vended.exploration;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.TableModel;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowList.Entry;
import vended.allowlist.read.AllowList.Owner;
import vended.allowlist.read.AllowListEntries;
import vended.allowlist.read.AllowListEntries.Keys;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Page;
import vended.allowlist.read.AllowListPages.Selection;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.allowlist.write.GrantSlot;
import vended.audit.AuditRecord;
import vended.audit.AuditRecord.Kind;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.exploration.Call.Effect;
import vended.exploration.Call.Failure;
import vended.exploration.World.Event;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;
import vended.text.Sha256;

/**
 * The two tables and STS, as DynamoDB and AWS behave: consistent reads, conditions, transactions,
 * inserts that fail on an existing key.
 */
final class Tables {
  private Tables() {}

  private static TableModel table(World world) {
    return new TableModel(world.rows());
  }

  /** As its indexes show it. */
  private static TableModel list(World world) {
    return new TableModel(world.listed());
  }

  static Entry entry(World world, CallerArn caller, RoleArn role) {
    TableModel table = table(world);
    return new Entry(
        table.vendingSwitch().map(Stored::value),
        table.client(role.account()).map(Stored::value),
        table.hold(role.account()).map(Stored::value),
        table.grantOf(caller, role).map(Stored::value));
  }

  static Owner owner(World world, String account) {
    TableModel table = table(world);
    return new Owner(
        table.client(account).map(Stored::value),
        table.hold(account).map(Stored::value),
        table.rotation(account).map(Stored::value));
  }

  static Row<Stored<Hold>> hold(World world, String account) {
    return table(world).hold(account);
  }

  static Row<Stored<Client>> client(World world, String account) {
    return table(world).client(account);
  }

  static Row<Stored<Grant>> grant(World world, CallerArn caller, RoleArn role) {
    return table(world).grantOf(caller, role);
  }

  static GrantSlot slot(World world, CallerArn caller, RoleArn role) {
    return table(world).slot(caller, role);
  }

  static long lastVersion(World world, String account) {
    return table(world).lastVersion(account);
  }

  static String lastSuspension(World world, String account) {
    return table(world).lastSuspension(account);
  }

  static Row<Stored<Rotation>> rotation(World world, String account) {
    return table(world).rotation(account);
  }

  static Row<Stored<Vending>> vendingSwitch(World world) {
    return table(world).vendingSwitch();
  }

  /** By an index: as it shows the table. */
  static Page<Grant, GrantKey> grants(World world, Selection of) {
    List<Stored<Grant>> rows =
        list(world).grants().stream()
            .filter(one -> of.has(new GrantKey(one.value().caller(), one.value().role())))
            .toList();
    return new Page<>(rows, List.of(), null);
  }

  static boolean hasGrant(World world) {
    return !table(world).grantKeys().isEmpty();
  }

  /** By an index: as it shows the table. */
  static Keys keys(World world, AllowListEntries.Selection of) {
    String account =
        of instanceof AllowListEntries.Selection.OfAccount(String known) ? known : People.CLIENT;
    List<GrantKey> keys =
        list(world).grantKeys().stream()
            .filter(key -> key.role().account().equals(account))
            .toList();
    return new Keys(keys, List.of(), null);
  }

  static boolean lists(World world, String externalId) {
    return list(world).hasExternalId(externalId);
  }

  /** A transaction: all of its writes, or none if a condition does not hold. */
  static Effect make(World world, Change change, String who) {
    TableModel.Written written = table(world).make(change);
    return written.made() instanceof Change.Done
        ? new Effect(
            world.with(rows -> written.after()).with(new Event(what(world, change), who, true)),
            written.made())
        : new Effect(world, written.made());
  }

  /** For the promises: what a change did. */
  private static String what(World world, Change change) {
    return switch (change) {
      case Change.PutClient(Expected expected, Stored<Client> next) -> put(world, next.value());
      case Change.Rotate rotate -> rotated(rotate);
      case Change.RemoveClient removed -> "remove client";
      case Change.SuspendClient suspended -> "suspend";
      case Change.PutGrant(GrantSlot slot, Stored<Grant> next) ->
          "put grant " + next.value().version();
      case Change.RemoveGrant removed -> "remove grant";
      case Change.PutSwitch(Expected expected, Stored<Vending> next) ->
          next.value().stopped() ? "stop" : "start";
      case Change.PutHold(Expected expected, Stored<Hold> next) ->
          next.value().suspended() ? "hold" : "release";
    };
  }

  private static String put(World world, Client next) {
    return client(world, next.account()) instanceof Row.Found<Stored<Client>>(Stored<Client> before)
            && before.value().suspended()
            && !next.suspended()
        ? "resume"
        : "put client " + roles(next);
  }

  /** Of a switch, the ExternalId that vends use from now on. */
  private static String rotated(Change.Rotate rotate) {
    Client next = rotate.next().value();
    return !Objects.equals(rotate.client().value().externalId(), next.externalId())
        ? "use " + next.externalId() + " " + roles(next)
        : rotate.rotation() == null ? "rotation end" : "rotation start " + rotate.reserved();
  }

  /** For the promises: which probe each role is verified by. */
  private static String roles(Client client) {
    return String.join(
        ",",
        client.roles().values().stream()
            .map(role -> role.verified() == null ? "-" : String.valueOf(role.probeId()))
            .toList());
  }

  static Effect append(World world, AuditRecord added, String who) {
    if (world.audit().containsKey(World.key(added))) {
      return new Effect(world, new Failure("the record's key is taken"));
    }
    World after = world.with(added);
    return new Effect(
        switch (added) {
          case ProbeIntent intent -> after.with(new Event("probe " + intent.vendId(), who, false));
          case ProbeRecord probe ->
              after.with(
                  new Event(
                      (probe.result().open() ? "open " : "closed ") + probe.vendId(), who, false));
          default -> after;
        },
        "added");
  }

  static Optional<ProbeRecord> probe(World world, VendId probeId) {
    return Optional.ofNullable((ProbeRecord) world.audit().get(probeId + "/" + Kind.PROBE));
  }

  static boolean isNewest(World world, VendId probeId, RoleArn role) {
    return probe(world, probeId).isPresent()
        && world.audit().values().stream()
            .filter(one -> isProbeOf(role, one))
            .noneMatch(one -> one.vendId().value().compareTo(probeId.value()) > 0);
  }

  /** The first probe of a role that found its other ExternalId accepted. */
  static Optional<ProbeRecord> anyThatPassed(World world, RoleArn role) {
    return world.audit().values().stream()
        .filter(one -> one instanceof ProbeRecord && isProbeOf(role, one))
        .map(ProbeRecord.class::cast)
        .filter(probe -> probe.passedWithOther(Sha256.sha256(People.NEXT)))
        .min(Comparator.comparing(probe -> probe.vendId().value()));
  }

  /** The newest probe of a role that has ended. */
  static Optional<ProbeRecord> newest(World world, RoleArn role) {
    return world.audit().values().stream()
        .filter(one -> one instanceof ProbeRecord && isProbeOf(role, one))
        .map(ProbeRecord.class::cast)
        .max(Comparator.comparing(probe -> probe.vendId().value()));
  }

  static boolean foundOpen(World world, RoleArn role) {
    return world.audit().values().stream()
        .anyMatch(
            one ->
                one instanceof ProbeRecord probe
                    && isProbeOf(role, probe)
                    && probe.result().open());
  }

  static boolean isProbeOf(RoleArn role, AuditRecord one) {
    return switch (one) {
      case ProbeIntent intent -> intent.role().equals(role);
      case ProbeRecord probe -> probe.role().equals(role);
      default -> false;
    };
  }

  /**
   * AssumeRole. Of a vend, the event has the session's name and the ExternalId; what a probe gets
   * is dropped.
   */
  static Effect assume(World world, AssumeRole asked, String who, Instant now) {
    boolean ofVend = asked.policy() == null;
    boolean admitted = world.trust().accepts(asked.externalId());
    Event event =
        new Event(
            "%s %s %s"
                .formatted(admitted ? "issue" : "refuse", asked.sessionName(), asked.externalId()),
            who,
            false);
    World after = ofVend ? world.with(event) : world;
    if (!admitted) {
      return new Effect(after, new RoleAssumer.NotIssued(Reason.STS_ACCESS_DENIED, false, "sts-1"));
    }
    IssuedCredentials credentials =
        new IssuedCredentials(
            "ASIAEXPLORED00000001",
            "secret",
            "token",
            now.plusSeconds(asked.durationSeconds()),
            asked.role().sessionArn(asked.sessionName()),
            "AROAEXPLOREDROLE1:" + asked.sessionName(),
            1,
            "sts-1");
    return new Effect(after, new RoleAssumer.Issued(credentials));
  }
}
