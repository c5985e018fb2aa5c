package vended.exploration;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
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
  private static final String SWITCH = "switch";

  private Tables() {}

  static String client(String account) {
    return "client " + account;
  }

  static String suspension(String account) {
    return "suspension " + account;
  }

  private static String hold(String account) {
    return "hold " + account;
  }

  private static String grant(CallerArn caller, RoleArn role) {
    return "grant " + caller.value() + " " + role.value();
  }

  private static String last(CallerArn caller, RoleArn role) {
    return "last " + caller.value() + " " + role.value();
  }

  static Row<Stored<Rotation>> rotation(World world, String account) {
    return row(Tables.<Rotation>stored(world.row(rotation(account))));
  }

  static String rotation(String account) {
    return "rotation " + account;
  }

  static String lastClient(String account) {
    return "last-client " + account;
  }

  static String externalId(String externalId) {
    return "external-id " + externalId;
  }

  private static <T> Row<T> row(@Nullable T value) {
    return value == null ? new Row.Missing<>() : new Row.Found<>(value);
  }

  static Entry entry(World world, CallerArn caller, RoleArn role) {
    return new Entry(
        vendingSwitch(world).map(Stored::value),
        client(world, role.account()).map(Stored::value),
        hold(world, role.account()).map(Stored::value),
        grant(world, caller, role).map(Stored::value));
  }

  static Owner owner(World world, String account) {
    return new Owner(
        client(world, account).map(Stored::value),
        hold(world, account).map(Stored::value),
        rotation(world, account).map(Stored::value));
  }

  static Row<Stored<Hold>> hold(World world, String account) {
    return row(Tables.<Hold>stored(world.row(hold(account))));
  }

  static Row<Stored<Client>> client(World world, String account) {
    return row(Tables.<Client>stored(world.row(client(account))));
  }

  static Row<Stored<Grant>> grant(World world, CallerArn caller, RoleArn role) {
    return row(Tables.<Grant>stored(world.row(grant(caller, role))));
  }

  static GrantSlot slot(World world, CallerArn caller, RoleArn role) {
    Long last = (Long) world.row(last(caller, role));
    return new GrantSlot(
        grant(world, caller, role),
        last == null ? new Expected.Absent() : new Expected.Version(last));
  }

  static long lastVersion(World world, String account) {
    return version(world.row(lastClient(account)));
  }

  static String lastSuspension(World world, String account) {
    String mark = (String) world.row(suspension(account));
    return mark == null ? "" : mark;
  }

  static Row<Stored<Vending>> vendingSwitch(World world) {
    return row(Tables.<Vending>stored(world.row(SWITCH)));
  }

  /** By an index: as it shows the table. */
  static Page<Grant, GrantKey> grants(World world, Selection of) {
    List<Stored<Grant>> rows =
        world.listed().entrySet().stream()
            .filter(row -> row.getKey().startsWith("grant "))
            .sorted(Map.Entry.comparingByKey())
            .map(row -> grantOf(row.getValue()))
            .filter(one -> of.has(new GrantKey(one.value().caller(), one.value().role())))
            .toList();
    return new Page<>(rows, List.of(), null);
  }

  private static Stored<Grant> grantOf(Object row) {
    return Objects.requireNonNull(Tables.<Grant>stored(row));
  }

  static boolean hasGrant(World world) {
    return world.rows().keySet().stream().anyMatch(key -> key.startsWith("grant "));
  }

  /** By an index: as it shows the table. */
  static Keys keys(World world, AllowListEntries.Selection of) {
    String account =
        of instanceof AllowListEntries.Selection.OfAccount(String known) ? known : People.CLIENT;
    List<GrantKey> keys =
        world.listed().entrySet().stream()
            .filter(row -> row.getKey().startsWith("grant "))
            .map(row -> grantOf(row.getValue()).value())
            .map(grant -> new GrantKey(grant.caller(), grant.role()))
            .filter(key -> key.role().account().equals(account))
            .toList();
    return new Keys(keys, List.of(), null);
  }

  static boolean lists(World world, String externalId) {
    return world.listed().entrySet().stream()
        .filter(row -> row.getKey().startsWith("client "))
        .map(row -> Objects.requireNonNull(Tables.<Client>stored(row.getValue())).value())
        .anyMatch(client -> externalId.equals(client.externalId()));
  }

  @SuppressWarnings("unchecked")
  static <T> @Nullable Stored<T> stored(@Nullable Object row) {
    return (Stored<T>) row;
  }

  /** A transaction: all of its writes, or none if a condition does not hold. */
  static Effect make(World world, Change change, String who) {
    return switch (change) {
      case Change.PutClient put -> ClientTables.put(world, put, who);
      case Change.Rotate rotate -> ClientTables.rotate(world, rotate, who);
      case Change.RemoveClient remove -> ClientTables.remove(world, remove, who);
      case Change.SuspendClient suspend -> ClientTables.suspend(world, suspend, who);
      case Change.PutGrant(GrantSlot slot, Stored<Grant> next) -> {
        Grant grant = next.value();
        yield slotConflict(world, grant.caller(), grant.role(), slot)
            .orElseGet(
                () ->
                    done(
                        world.with(
                            rows -> {
                              rows.put(grant(grant.caller(), grant.role()), next);
                              rows.put(last(grant.caller(), grant.role()), grant.version());
                              return rows;
                            }),
                        new Event("put grant " + grant.version(), who, true)));
      }
      case Change.RemoveGrant(CallerArn caller, RoleArn role, GrantSlot slot) ->
          slotConflict(world, caller, role, slot)
              .orElseGet(
                  () ->
                      done(
                          world.with(
                              rows -> {
                                rows.remove(grant(caller, role));
                                rows.put(last(caller, role), slot.highest());
                                return rows;
                              }),
                          new Event("remove grant", who, true)));
      case Change.PutSwitch(Expected expected, Stored<Vending> next) ->
          conflict(world, SWITCH, expected)
              .orElseGet(
                  () ->
                      done(
                          world.with(
                              rows -> {
                                rows.put(SWITCH, next);
                                return rows;
                              }),
                          new Event(next.value().stopped() ? "stop" : "start", who, true)));
      case Change.PutHold(Expected expected, Stored<Hold> next) -> {
        String key = hold(next.value().account());
        yield conflict(world, key, expected)
            .orElseGet(
                () ->
                    done(
                        world.with(
                            rows -> {
                              rows.put(key, next);
                              return rows;
                            }),
                        new Event(next.value().suspended() ? "hold" : "release", who, true)));
      }
    };
  }

  static Effect done(World world, Event event) {
    return new Effect(world.with(event), new Change.Done());
  }

  static Optional<Effect> conflict(World world, String key, Expected expected) {
    long current = version(world.row(key));
    return current == expected.number()
        ? Optional.empty()
        : Optional.of(new Effect(world, new Change.Conflict(current)));
  }

  private static Optional<Effect> slotConflict(
      World world, CallerArn caller, RoleArn role, GrantSlot slot) {
    Optional<Effect> conflict = conflict(world, grant(caller, role), slot.expected());
    return conflict.isPresent() ? conflict : conflict(world, last(caller, role), slot.last());
  }

  private static long version(@Nullable Object row) {
    return switch (row) {
      case null -> 0;
      case Long version -> version;
      case Stored<?>(Hold hold, var a, var b, var c, var d) -> hold.version();
      case Stored<?>(Client client, var a, var b, var c, var d) -> client.version();
      case Stored<?>(Grant grant, var a, var b, var c, var d) -> grant.version();
      case Stored<?>(Vending vending, var a, var b, var c, var d) -> vending.version();
      default -> throw new IllegalStateException("a row without a version");
    };
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
