package vended.volume;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.admin.PutClient;
import vended.admin.SuspendClient;
import vended.admin.change.AdminResult;
import vended.admin.verification.Settlement;
import vended.allowlist.Grant;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.CallerArn;
import vended.identity.FunctionArn;
import vended.identity.RoleArn;
import vended.probe.Prober;
import vended.volume.Book.House;
import vended.volume.Book.Seat;
import vended.volume.Book.State;
import vended.volume.Fact.About;
import vended.volume.Fact.End;
import vended.volume.Fact.Sender;

/** Changes the allow-list by the administrators' use cases, and the book beside it. */
final class Changes {
  static final Who ADMINISTRATOR =
      new Who("arn:aws:iam::111122223333:user/volume-administrator", "AIDAVOLUMEADMINISTRATOR");

  private static final FunctionArn REPROBE =
      new FunctionArn("arn:aws:lambda:eu-west-1:111122223333:function:vended-reprobe");
  private static final FunctionArn SETTLE =
      new FunctionArn("arn:aws:lambda:eu-west-1:111122223333:function:vended-settle");
  private static final End MADE = new End("made", null);

  private final Service service;
  private final Book book;
  private final Facts facts;
  private final Vends vends;

  Changes(Service service, Book book, Facts facts, Vends vends) {
    this.service = service;
    this.book = book;
    this.facts = facts;
    this.vends = vends;
  }

  private Trace trace(String by, @Nullable String id) {
    service.list.forget();
    VendId vendId = service.nextId();
    return new Trace(vendId, new Requester(by, id, null, Who.VENDOR, null, null, null, null));
  }

  private Trace trace() {
    return trace(ADMINISTRATOR.arn(), ADMINISTRATOR.id());
  }

  /** A change that was made, and what it means for vends. */
  private void made(Trace trace, About about, String marker) {
    facts.mark(trace.vendId().value(), marker);
    fact(trace, about, MADE);
  }

  private void fact(Trace trace, About about, End end) {
    Requester by = trace.requester();
    Sender sender = new Sender(by.caller(), by.callerId(), null, null, null);
    facts.change(trace.vendId().value(), service.clock.millis(), sender, about, end);
  }

  /** A change that is refused has one record. */
  private void refusal(Trace trace, About about, String reason) {
    Requester by = trace.requester();
    facts.add(
        new Fact(
            trace.vendId().value(),
            Fact.ADMIN_OUTCOME,
            service.clock.millis(),
            new Sender(by.caller(), by.callerId(), null, null, null),
            about,
            new End("denied", reason),
            null));
  }

  private static About about(String action, House house, @Nullable String role) {
    return new About(role, house.account, house.name, null, action, house.account);
  }

  private static About about(String action, Seat seat) {
    return new About(seat.role, Book.account(seat.role), null, null, action, seat.who.arn());
  }

  /** Makes a client, or gives it another name and other roles. */
  void putClient(House house, String name, List<String> roles) {
    boolean isNew = book.houses.putIfAbsent(house.account, house) == null;
    Trace trace = trace();
    var request =
        new PutClient.Request(
            house.account,
            name,
            roles.stream().map(RoleArn::new).toList(),
            false,
            null,
            null,
            isNew ? null : version("account#" + house.account, "client"));
    var put = Service.done(service.putClient.put(trace, request, Who.VENDOR));
    service.sts.expect(house.account, Objects.requireNonNull(put.client().value().externalId()));
    house.name = name;
    house.roles.keySet().retainAll(roles);
    roles.forEach(role -> house.roles.putIfAbsent(role, State.UNVERIFIED));
    made(trace, about("clients/put", house, null), "change");
  }

  /** Probes a role and activates it. */
  void verify(String role) {
    String probe = vends.probe(ADMINISTRATOR, role, true);
    service.clock.advance(Duration.ofSeconds(5));
    Trace trace = trace();
    Service.done(service.activateRole.activate(trace, new VendId(probe)));
    book.house(role).roles.put(role, State.VERIFIED);
    made(trace, about("clients/activate", book.house(role), role), "change");
  }

  /** The schedule finds that a role admits anybody. */
  void drift(String role) {
    Trace probe = trace(REPROBE.value(), null);
    long start = service.clock.millis();
    service.sts.answers(FastSts.SOUND, Duration.ofMillis(60));
    service.sts.open(role, true);
    service.probeRole.probe(
        probe, Prober.of(REPROBE), new RoleArn(role), Who.VENDOR, Duration.ofSeconds(15));
    service.sts.open(role, false);
    House house = book.house(role);
    About about = new About(role, house.account, house.name, null, null, null);
    Sender sender = new Sender(REPROBE.value(), null, null, null, null);
    facts.probe(probe.vendId().value(), start, service.clock.millis(), sender, about, false);
    service.clock.advance(Duration.ofSeconds(2));
    Trace trace = trace(SETTLE.value(), null);
    Settlement settled = Service.done(service.settleProbe.settle(trace, probe.vendId()));
    if (settled != Settlement.DRIFTED) {
      throw new AssertionError(role + ": " + settled);
    }
    house.roles.put(role, State.DRIFTED);
    made(trace, about("schedule/settle", house, role), "drift");
  }

  /** Makes a grant, or puts what the book has of it now. */
  void put(Seat seat) {
    Trace trace = trace();
    boolean isNew = book.seats.putIfAbsent(seat.pair(), seat) == null;
    Long version = isNew ? null : version("caller#" + seat.who.arn(), "role#" + seat.role);
    Service.done(service.putGrant.put(trace, grant(seat), version));
    made(trace, about("grants/put", seat), "change");
  }

  private static Grant grant(Seat seat) {
    return new Grant(
        new CallerArn(seat.who.arn()),
        new RoleArn(seat.role),
        seat.pinnedTo,
        seat.seconds,
        null,
        seat.policy ? List.of("arn:aws:iam::aws:policy/ReadOnlyAccess") : List.of(),
        Map.of(),
        seat.from,
        seat.end,
        seat.disabled,
        Vends.HOSTILE,
        1);
  }

  void remove(Seat seat) {
    Trace trace = trace();
    Service.done(
        service.removeGrant.remove(
            trace, new CallerArn(seat.who.arn()), new RoleArn(seat.role), null));
    book.seats.remove(seat.pair());
    made(trace, about("grants/remove", seat), "change");
  }

  /** A change on a version that is no longer there. */
  void conflict(Seat seat) {
    Trace trace = trace();
    expect(service.putGrant.put(trace, grant(seat), 777L), AdminResult.Conflict.class);
    refusal(trace, about("grants/put", seat), "version_conflict");
  }

  /** A grant of a role that its client does not have. */
  void unknownRole(Seat seat) {
    Trace trace = trace();
    expect(service.putGrant.put(trace, grant(seat), null), AdminResult.Refused.class);
    refusal(trace, about("grants/put", seat), "role_not_known");
  }

  /** DynamoDB does not answer a change, which may have been made. */
  void lost(House house) {
    Trace trace = trace();
    var editor = BrokenEditor.losing(service.editor());
    var broken = new SuspendClient(editor, service.changes(editor), service.clock);
    expect(broken.suspend(trace, house.account, true, null), AdminResult.Unsure.class);
    fact(trace, about("clients/suspend", house, null), new End("failed", "allow_list_unavailable"));
  }

  /** A change that is cut off: its intent stays alone. */
  void cutOff(House house) {
    Trace trace = trace();
    var editor = BrokenEditor.crashing(service.editor());
    var broken = new SuspendClient(editor, service.changes(editor), service.clock);
    try {
      broken.suspend(trace, house.account, true, null);
      throw new AssertionError("not cut off");
    } catch (IllegalStateException cutOff) {
      Requester by = trace.requester();
      facts.add(
          new Fact(
              trace.vendId().value(),
              Fact.ADMIN,
              service.clock.millis(),
              new Sender(by.caller(), by.callerId(), null, null, null),
              about("clients/suspend", house, null),
              null,
              null));
    }
  }

  void suspend(House house, boolean suspended) {
    Trace trace = trace();
    Service.done(service.suspendClient.suspend(trace, house.account, suspended, null));
    house.suspended = suspended;
    made(trace, about("clients/suspend", house, null), suspended ? "suspend" : "unsuspend");
  }

  void stop(boolean stopped) {
    Trace trace = trace();
    Service.done(service.suspendClient.stop(trace, stopped));
    book.stopped = stopped;
    made(
        trace,
        new About(null, null, null, null, "clients/suspend", "vending"),
        stopped ? "stop" : "resume");
  }

  private static void expect(AdminResult<?> result, Class<?> expected) {
    if (!expected.isInstance(result)) {
      throw new AssertionError("not %s: %s".formatted(expected.getSimpleName(), result));
    }
  }

  /** Changes a row past the service; null in place of a value removes the attribute. */
  Map<String, AttributeValue> damage(
      String pk, String sk, String name, @Nullable AttributeValue value) {
    service.list.forget();
    Map<String, AttributeValue> row = row(pk, sk);
    Map<String, AttributeValue> damaged = new LinkedHashMap<>(row);
    if (value == null) {
      damaged.remove(name);
    } else {
      damaged.put(name, value);
    }
    restore(damaged);
    return row;
  }

  void restore(Map<String, AttributeValue> row) {
    service.list.forget();
    service.tables.putItem(call -> call.tableName(service.allowListTable).item(row));
  }

  void delete(String pk, String sk) {
    service.list.forget();
    service.tables.deleteItem(call -> call.tableName(service.allowListTable).key(key(pk, sk)));
  }

  private Map<String, AttributeValue> row(String pk, String sk) {
    return service
        .tables
        .getItem(
            call -> call.tableName(service.allowListTable).key(key(pk, sk)).consistentRead(true))
        .item();
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
  }

  private long version(String pk, String sk) {
    return Long.parseLong(Objects.requireNonNull(row(pk, sk).get("version")).n());
  }
}
