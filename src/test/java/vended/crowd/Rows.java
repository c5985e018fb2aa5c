package vended.crowd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import vended.local.Items;
import vended.local.LocalStack;

/** The audit table, past the service and the faults. */
final class Rows {
  /** DynamoDB's limits of one call. */
  private static final int GETS = 100;

  private static final int WRITES = 25;

  private final LocalStack stack;
  private final String table;

  Rows(LocalStack stack) {
    this.stack = stack;
    this.table = stack.auditTable();
  }

  /** Every row that is left. */
  List<Map<String, AttributeValue>> all() {
    return stack.tables().rows(table);
  }

  /** Takes the rows of these kinds out of the table: by ID, and then by kind. */
  Map<String, Map<String, Map<String, AttributeValue>>> take(List<String> ids, String... kinds) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    ids.stream()
        .distinct()
        .filter(id -> !id.isEmpty())
        .forEach(
            id -> {
              for (String kind : kinds) {
                keys.add(Map.of("pk", AttributeValue.fromS(id), "sk", AttributeValue.fromS(kind)));
              }
            });
    Map<String, Map<String, Map<String, AttributeValue>>> taken = new HashMap<>();
    List<WriteRequest> deletes = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += GETS) {
      for (var row : get(keys.subList(i, Math.min(keys.size(), i + GETS)))) {
        String id = Items.text(row, "pk");
        taken.computeIfAbsent(id, _ -> new HashMap<>()).put(Items.text(row, "sk"), row);
        var key = Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk"));
        deletes.add(WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build());
      }
    }
    for (int i = 0; i < deletes.size(); i += WRITES) {
      var batch = deletes.subList(i, Math.min(deletes.size(), i + WRITES));
      stack.tables().client().batchWriteItem(call -> call.requestItems(Map.of(table, batch)));
    }
    return taken;
  }

  private List<Map<String, AttributeValue>> get(List<Map<String, AttributeValue>> keys) {
    return stack
        .tables()
        .client()
        .batchGetItem(
            call ->
                call.requestItems(
                    Map.of(
                        table,
                        KeysAndAttributes.builder().keys(keys).consistentRead(true).build())))
        .responses()
        .getOrDefault(table, List.of());
  }
}
