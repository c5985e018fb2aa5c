package vended.exploration;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientNames;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListEntries;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.GrantSlot;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.AuditRecord;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecords;
import vended.audit.VendId;
import vended.exploration.Call.Effect;
import vended.exploration.Call.Failure;
import vended.exploration.Call.Kind;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.sts.AssumeRole;
import vended.sts.RoleAssumer;

/**
 * The ports of a request: they return the answers so far, and stop the request at the next call.
 */
final class Ports
    implements AllowList,
        AllowListEditor,
        AllowListEntries,
        AllowListPages,
        AuditLog,
        ProbeRecords,
        RoleAssumer {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final String who;
  private final Instant now;
  private final List<Object> answers;
  private int used;
  private int ids;

  /**
   * @param who the request's name
   * @param time the request's time: how many requests had started before it
   */
  Ports(String who, long time, List<Object> answers) {
    this.who = who;
    this.now = START.plusSeconds(time);
    this.answers = answers;
  }

  /** Leaves a use case: no catch block of the product takes an error. */
  static final class Paused extends Error {
    private static final long serialVersionUID = 1;
    private final transient Call call;

    private Paused(Call call) {
      super(call.name(), null, false, false);
      this.call = call;
    }

    Call call() {
      return call;
    }
  }

  String who() {
    return who;
  }

  Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  /** New IDs, the same ones each time that the request is run. */
  Supplier<VendId> vendIds() {
    return () -> {
      ids++;
      int seed = who.hashCode() * 31 + ids;
      return VendId.source(clock(), new Repeating(seed)).get();
    };
  }

  private Object call(String name, Kind kind, Function<World, Effect> effect) {
    if (used < answers.size()) {
      return answers.get(used++);
    }
    throw new Paused(new Call(name, kind, effect));
  }

  // The effect of the same call made the answer.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T> T ofAllowList(String name, Kind kind, Function<World, Effect> effect)
      throws AllowListException {
    Object answer = call(name, kind, effect);
    if (answer instanceof Failure(String what)) {
      throw new AllowListException(what, null);
    }
    return (T) answer;
  }

  // The effect of the same call made the answer.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T> T ofAudit(String name, Kind kind, Function<World, Effect> effect)
      throws AuditException {
    Object answer = call(name, kind, effect);
    if (answer instanceof Failure(String what)) {
      throw new AuditException(what, new IllegalStateException(what));
    }
    return (T) answer;
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> T read(String name, Function<World, Object> answer) throws AllowListException {
    return ofAllowList(name, Kind.READ, world -> new Effect(world, answer.apply(world)));
  }

  /** Something outside of the service. */
  void outside(String name, Function<World, World> effect) {
    call(name, Kind.OUTSIDE, world -> new Effect(effect.apply(world), name));
  }

  // ---- the allow-list ----

  @Override
  public Entry find(CallerArn caller, RoleArn role) throws AllowListException {
    return read("read the decision's rows", world -> Tables.entry(world, caller, role));
  }

  @Override
  public Owner clientOf(RoleArn role) throws AllowListException {
    return read("read the client", w -> Tables.owner(w, role.account()));
  }

  @Override
  public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Clients clientsOf(Set<String> accounts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Row<Stored<Client>> client(String account) throws AllowListException {
    return read("read the client", world -> Tables.client(world, account));
  }

  @Override
  public Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException {
    return read("read the grant", world -> Tables.grant(world, caller, role));
  }

  @Override
  public GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException {
    return read("read the grant's slot", world -> Tables.slot(world, caller, role));
  }

  @Override
  public long lastVersion(String account) throws AllowListException {
    return read("read the last version", world -> Tables.lastVersion(world, account));
  }

  @Override
  public Row<Stored<Rotation>> rotation(String account) throws AllowListException {
    return read("read the rotation", world -> Tables.rotation(world, account));
  }

  @Override
  public String lastSuspension(String account) throws AllowListException {
    return read("read the last suspension", world -> Tables.lastSuspension(world, account));
  }

  @Override
  public Row<Stored<Hold>> hold(String account) throws AllowListException {
    return read("read the client's own suspension", world -> Tables.hold(world, account));
  }

  @Override
  public Map<String, Row<Stored<Hold>>> holds() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Row<Stored<Rotation>>> rotations() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Row<Stored<Vending>> vendingSwitch() throws AllowListException {
    return read("read the switch", Tables::vendingSwitch);
  }

  @Override
  public Change.Made make(Change change) throws AllowListException {
    return ofAllowList(
        "write " + change.getClass().getSimpleName(),
        Kind.TRANSACTION,
        world -> Tables.make(world, change, who));
  }

  @Override
  public Page<Client, String> clients(@Nullable String after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page<Grant, GrantKey> grants(
      AllowListPages.Selection of, @Nullable GrantKey after, int limit) throws AllowListException {
    return read("list grants", world -> Tables.grants(world, of));
  }

  @Override
  public Keys keys(AllowListEntries.Selection of, @Nullable GrantKey after, int limit)
      throws AllowListException {
    return read("list the keys of grants", world -> Tables.keys(world, of));
  }

  @Override
  public Entries of(Collection<GrantKey> keys) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean hasExternalId(String externalId) throws AllowListException {
    return read("look for the ExternalId", world -> Tables.lists(world, externalId));
  }

  @Override
  public ClientNames clientNames() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<RoleArn> dangling(Set<RoleArn> roles) {
    throw new UnsupportedOperationException();
  }

  // ---- the audit ----

  @Override
  public void append(AuditRecord auditRecord) throws AuditException {
    boolean ofProbe = auditRecord instanceof ProbeIntent || auditRecord instanceof ProbeRecord;
    ofAudit(
        "add " + auditRecord.kind().code(),
        ofProbe ? Kind.WRITE : Kind.OWN_ROW,
        world -> Tables.append(world, auditRecord, who));
  }

  @Override
  public Optional<ProbeRecord> find(VendId probeId) throws AuditException {
    return ofAudit(
        "read the probe", Kind.READ, world -> new Effect(world, Tables.probe(world, probeId)));
  }

  @Override
  public Optional<ProbeRecord> newest(RoleArn role) throws AuditException {
    return ofAudit(
        "read the newest probe that ended",
        Kind.READ,
        world -> new Effect(world, Tables.newest(world, role)));
  }

  /** For a broken order: one of the probes that passed with the other ExternalId. */
  Optional<ProbeRecord> anyThatPassed(RoleArn role) throws AuditException {
    return ofAudit(
        "read any probe that passed",
        Kind.READ,
        world -> new Effect(world, Tables.anyThatPassed(world, role)));
  }

  @Override
  public boolean foundOpen(RoleArn role) throws AuditException {
    return ofAudit(
        "read whether a probe found the role open",
        Kind.READ,
        world -> new Effect(world, Tables.foundOpen(world, role)));
  }

  @Override
  public boolean isNewest(VendId probeId, RoleArn role) throws AuditException {
    return ofAudit(
        "read the newest probe",
        Kind.READ,
        world -> new Effect(world, Tables.isNewest(world, probeId, role)));
  }

  // ---- STS ----

  @Override
  public Answer assume(AssumeRole asked) {
    return (Answer)
        call("AssumeRole", Kind.STS, world -> Tables.assume(world, asked, who, clock().instant()));
  }
}
