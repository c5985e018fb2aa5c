package vended.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import vended.chaos.Deed.Kind;
import vended.chaos.wire.Boundary;
import vended.chaos.wire.Strike;
import vended.local.Items;

/** The rows that a deed finds, and those that it leaves. They are put back by their difference. */
final class Scene {
  /** Whose requests never write to the allow-list, which {@link #act} checks. */
  private static final Set<Kind> READING =
      Set.of(Kind.VEND, Kind.PROBE, Kind.PLAN, Kind.READ, Kind.WATCH);

  private static final Set<String> AUDIT_CALLS =
      Set.of("ExecuteStatement", "ExecuteTransaction", "AssumeRole");

  private final Stand stand;
  private @Nullable Deed deed;
  private String known = "";
  private Rows arranged = Rows.NONE;
  private Rows current = Rows.NONE;

  /** Both tables, by key. */
  private record Rows(
      Map<String, Map<String, AttributeValue>> allowList,
      Map<String, Map<String, AttributeValue>> audit) {
    static final Rows NONE = new Rows(Map.of(), Map.of());
  }

  Scene(Stand stand) {
    this.stand = stand;
  }

  /** Arranges what a deed needs. */
  void arrange(Deed next) throws Exception {
    if (next.equals(deed)) {
      restore(stand.stack().allowListTable(), current.allowList(), arranged.allowList());
      restore(stand.stack().auditTable(), current.audit(), arranged.audit());
      current = arranged;
      return;
    }
    stand.reset();
    stand.network().begin(List.of());
    known = next.arrange().arrange(stand);
    arranged = new Rows(Result.byKey(stand.allowList()), Result.byKey(stand.audit()));
    current = arranged;
    deed = next;
  }

  private void restore(
      String table,
      Map<String, Map<String, AttributeValue>> from,
      Map<String, Map<String, AttributeValue>> to) {
    List<WriteRequest> writes = new ArrayList<>();
    from.forEach(
        (key, row) -> {
          if (!to.containsKey(key)) {
            Map<String, AttributeValue> pk =
                Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk"));
            writes.add(WriteRequest.builder().deleteRequest(delete -> delete.key(pk)).build());
          }
        });
    to.forEach(
        (key, row) -> {
          if (!row.equals(from.get(key))) {
            writes.add(WriteRequest.builder().putRequest(put -> put.item(row)).build());
          }
        });
    if (!writes.isEmpty()) {
      stand.stack().tables().client().batchWriteItem(c -> c.requestItems(Map.of(table, writes)));
    }
  }

  /** Sends the deed's request, and looks at what it leaves. */
  Result act(Deed now, List<Strike> strikes) throws Exception {
    Rows before = current;
    stand.forget();
    stand.network().begin(strikes);
    Stand.Answer answer = now.act().act(stand, known);
    List<Boundary> calls = stand.network().calls();
    stand.network().end();
    boolean reads = READING.contains(now.kind());
    current =
        new Rows(
            reads ? before.allowList() : Result.byKey(stand.allowList()),
            Result.byKey(stand.audit()));
    Map<String, Map<String, AttributeValue>> added = new HashMap<>(current.audit());
    added.keySet().removeAll(before.audit().keySet());
    List<String> alarms = new ArrayList<>(stand.alarms());
    calls.stream()
        .filter(call -> reads && !isHarmless(call))
        .forEach(call -> alarms.add("a call that may write: " + call));
    return new Result(
        answer,
        before.allowList(),
        current.allowList(),
        List.copyOf(added.values()),
        stand.printed().stream().map(Result.Told::of).toList(),
        calls,
        alarms);
  }

  /** Whether it can't change the allow-list. */
  private static boolean isHarmless(Boundary call) {
    return call.isRead() || AUDIT_CALLS.contains(call.operation());
  }
}
