package vended.audit.dynamo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditException;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.dynamo.DynamoBatch;

/** Reads rows by their keys, in batches. */
final class DynamoAuditLookup {
  /** The limit of BatchGetItem. */
  private static final int BATCH = 100;

  private static final int MAX_KINDS = 5;

  /** Attempts for keys that a throttled table, or a full response, leaves out. */
  private static final int TRIES = 5;

  private final DynamoBatch batch;

  DynamoAuditLookup(DynamoDbClient client, String table) {
    this.batch = new DynamoBatch(client, table, TRIES, null);
  }

  Map<String, List<AuditRow>> ofVends(Collection<String> vendIds, Set<String> kinds)
      throws AuditException {
    Set<String> distinct = new LinkedHashSet<>(vendIds);
    if (distinct.size() > AuditRows.MAX_VENDS || kinds.size() > MAX_KINDS) {
      throw new IllegalArgumentException("too many rows to be looked up at once");
    }
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (String vendId : distinct) {
      for (String kind : kinds) {
        keys.add(Map.of("pk", AttributeValue.fromS(vendId), "sk", AttributeValue.fromS(kind)));
      }
    }
    Map<String, List<AuditRow>> found = new HashMap<>();
    for (int i = 0; i < keys.size(); i += BATCH) {
      for (AuditRow row : get(keys.subList(i, Math.min(i + BATCH, keys.size())))) {
        found.computeIfAbsent(row.vendId(), id -> new ArrayList<>()).add(row);
      }
    }
    return found;
  }

  private List<AuditRow> get(List<Map<String, AttributeValue>> keys) throws AuditException {
    Optional<Map<Map<String, AttributeValue>, Map<String, AttributeValue>>> items;
    try {
      items = batch.get(keys);
    } catch (RuntimeException e) {
      throw new AuditException("rows of the audit could not be read", e);
    }
    return items
        .orElseThrow(() -> new AuditException("rows of the audit were left unread", null))
        .values()
        .stream()
        .map(item -> DynamoAuditRow.of(item, 0))
        .toList();
  }
}
