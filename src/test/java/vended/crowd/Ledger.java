package vended.crowd;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.Issued;
import vended.local.Items;

/**
 * Counts records and sessions against answers. What is accounted for is forgotten, in the audit and
 * by STS too, so that a run of an hour needs no more memory than one of a minute.
 */
final class Ledger {
  private final World world;
  private final Rows rows;
  private final Faults faults;
  private final Findings findings;
  private final Set<String> callers = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Queue<Session>> sessions = new ConcurrentHashMap<>();
  private final Queue<Call> ended = new ConcurrentLinkedQueue<>();
  private final Queue<String> changes = new ConcurrentLinkedQueue<>();
  private long records;
  private long unreceived;

  /** What STS was asked, and what it issued. */
  private record Session(Map<String, String> asked, Issued issued) {}

  Ledger(World world, Faults faults, Findings findings) {
    this.world = world;
    this.rows = new Rows(world.stack);
    this.faults = faults;
    this.findings = findings;
    for (Who who : world.callers) {
      callers.add(who.arn());
      names.add(who.sessionName(""));
    }
    world.stack.sts().onIssue(this::issued);
  }

  private void issued(Map<String, String> asked, Issued issued) {
    String name = asked.getOrDefault("RoleSessionName", "");
    int end = name.indexOf('@') + 1;
    if (names.contains(name.substring(0, end))) {
      sessions
          .computeIfAbsent(name.substring(end), id -> new ConcurrentLinkedQueue<>())
          .add(new Session(asked, issued));
    } else {
      // A probe's, which nobody receives.
      world.stack.keys().forget(String.valueOf(issued.accessKeyId()));
    }
  }

  /** A call was answered. */
  void ended(Call call) {
    ended.add(call);
  }

  /** A change was acknowledged. */
  void changed(String vendId) {
    changes.add(vendId);
  }

  /** How many records were counted. */
  synchronized long records() {
    return records;
  }

  /** How many sessions STS issued that nobody received: each has an open or a failed intent. */
  synchronized long unreceived() {
    return unreceived;
  }

  /** Accounts for all calls and changes that have ended. */
  synchronized void settle() {
    List<Call> calls = drained(ended);
    List<String> ids = new ArrayList<>(calls.stream().map(Call::vendId).toList());
    if (new HashSet<>(ids).size() < ids.size()) {
      findings.add("two answers have one vendId");
    }
    var vends = rows.take(ids, "intent", "outcome");
    for (Call call : calls) {
      Map<String, Map<String, AttributeValue>> found = vends.getOrDefault(call.vendId(), Map.of());
      records += found.size();
      Queue<Session> issued = sessions.remove(call.vendId());
      settle(
          call,
          found.get("intent"),
          found.get("outcome"),
          issued == null ? List.of() : List.copyOf(issued));
      faults.forget(call.vendId());
    }
    List<String> changed = drained(changes);
    var changeRows = rows.take(changed, "admin", "admin-outcome");
    for (String id : changed) {
      var found = changeRows.getOrDefault(id, Map.of());
      records += found.size();
      if (found.size() < 2 || !is(found.get("admin-outcome"), "outcome", "made")) {
        findings.add("an acknowledged change without both records: " + id);
      }
    }
    world.stack.sts().forgetCalls();
  }

  private static <T> List<T> drained(Queue<T> queue) {
    List<T> all = new ArrayList<>();
    for (T next = queue.poll(); next != null; next = queue.poll()) {
      all.add(next);
    }
    return all;
  }

  private void settle(
      Call call,
      @Nullable Map<String, AttributeValue> intent,
      @Nullable Map<String, AttributeValue> outcome,
      List<Session> issued) {
    boolean recorded = is(outcome, "outcome", "granted");
    if (call.granted() && (intent == null || !recorded)) {
      findings.add("credentials without both records: " + call);
    }
    if (call.status() == 403 && !(intent == null && is(outcome, "outcome", "denied"))) {
      findings.add("a refusal whose record is not its own: " + call);
    }
    if (!issued.isEmpty() && intent == null) {
      findings.add("STS was called without an intent: " + call);
    }
    if (!ofCaller(call, intent) || !ofCaller(call, outcome)) {
      findings.add("a record of somebody or something else: " + call);
    }
    String received = recorded && outcome != null ? Items.text(outcome, "accessKeyId") : "";
    long others =
        issued.stream().filter(one -> !received.equals(one.issued().accessKeyId())).count();
    if (recorded && others == issued.size()) {
      findings.add("a granted record of a key that STS has not issued: " + call);
    }
    // Only an answer that was lost on the way has nobody's session.
    if (others > faults.of(call.vendId())) {
      findings.add("STS issued sessions that no record and no fault explains: " + call);
    }
    unreceived += call.granted() ? others : issued.size();
    issued.forEach(session -> check(call, session));
    if (call.granted()) {
      checkAnswer(call, received, issued);
    }
    issued.forEach(
        session -> world.stack.keys().forget(String.valueOf(session.issued().accessKeyId())));
  }

  private static boolean ofCaller(Call call, @Nullable Map<String, AttributeValue> row) {
    Seat seat = call.seat();
    return row == null
        || (is(row, "caller", seat.who().arn())
            && is(row, "callerId", seat.who().uniqueId())
            && is(row, "roleArn", seat.role().arn())
            && is(row, "clientAccount", seat.house().account()));
  }

  /** What STS was asked must be this caller's, and of this client. */
  private void check(Call call, Session session) {
    Seat seat = call.seat();
    Map<String, String> asked = session.asked();
    boolean right =
        seat.role().arn().equals(asked.get("RoleArn"))
            && seat.house().externalId().equals(asked.get("ExternalId"))
            && seat.who().uniqueId().equals(asked.get("SourceIdentity"))
            && seat.who().sessionName(call.vendId()).equals(asked.get("RoleSessionName"))
            && asked.containsValue(seat.who().arn())
            && asked.containsValue(call.vendId());
    if (!right || seat.grant() == null) {
      findings.add("STS was asked for another role or in another name: " + call);
    }
  }

  /** What the caller received must be the session that was recorded. */
  private void checkAnswer(Call call, String recorded, List<Session> sessions) {
    String received = call.text("AccessKeyId");
    String name = call.seat().who().sessionName(call.vendId());
    String role = call.seat().role().arn();
    String arn =
        "arn:aws:sts::%s:assumed-role/%s/%s"
            .formatted(
                call.seat().house().account(), role.substring(role.lastIndexOf('/') + 1), name);
    boolean right =
        received.equals(recorded)
            && call.text("AssumedRoleArn").equals(arn)
            && call.text("AccountId").equals(call.seat().house().account())
            && sessions.stream().map(Session::issued).anyMatch(issued -> is(call, issued));
    if (!right) {
      findings.add("an answer that is not what was issued and recorded: " + call);
    }
  }

  private static boolean is(Call call, Issued issued) {
    return call.text("AccessKeyId").equals(issued.accessKeyId())
        && call.text("SecretAccessKey").equals(issued.secretAccessKey())
        && call.text("SessionToken").equals(issued.sessionToken())
        && call.text("AssumedRoleArn").equals(issued.assumedRoleArn())
        && call.text("Expiration").equals(String.valueOf(issued.expiration()));
  }

  private static boolean is(@Nullable Map<String, AttributeValue> row, String name, String value) {
    return row != null && row.containsKey(name) && Items.text(row, name).equals(value);
  }

  /** All have ended: what is left is nobody's. */
  synchronized void close() {
    settle();
    Set<String> known = new HashSet<>();
    for (Map<String, AttributeValue> row : rows.all()) {
      known.add(Items.text(row, "pk"));
      if (row.containsKey("caller") && callers.contains(Items.text(row, "caller"))) {
        findings.add("a record of a vend that nobody was told of: " + Items.text(row, "pk"));
      }
    }
    sessions.keySet().stream()
        .filter(id -> !known.contains(id))
        .forEach(id -> findings.add("a session without any record: " + id));
  }
}
