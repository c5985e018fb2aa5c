package vended.allowlist.dynamo;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Change.Expected;
import vended.allowlist.Grant;
import vended.allowlist.GrantSlot;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.dynamo.DynamoRow.CorruptException;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * The row that keeps the last version of a caller's grant of a role after the grant is removed. It
 * has no {@code kind} and no {@code role#} in its key, so that no list includes it, and no {@code
 * expiresAt}, so that DynamoDB's TTL does not delete it.
 */
final class DynamoGrantCounter {
  private static final String SORT_PREFIX = "last-version#";

  private DynamoGrantCounter() {}

  static Map<String, AttributeValue> key(CallerArn caller, RoleArn role) {
    return Map.of(
        "pk", DynamoGrantRow.partitionKey(caller),
        "sk", AttributeValue.fromS(SORT_PREFIX + role.value()));
  }

  static Map<String, AttributeValue> write(CallerArn caller, RoleArn role, long version) {
    Map<String, AttributeValue> item = new HashMap<>(key(caller, role));
    item.put("version", AttributeValue.fromN(Long.toString(version)));
    return item;
  }

  /** The slot of a grant; an invalid counter makes it corrupt. */
  static GrantSlot slot(Row<Stored<Grant>> row, Map<String, AttributeValue> counter) {
    if (counter.isEmpty()) {
      return new GrantSlot(row, new Expected.Absent());
    }
    try {
      return new GrantSlot(row, new Expected.Version(new DynamoRow(counter).number("version")));
    } catch (CorruptException e) {
      return new GrantSlot(
          new Row.Corrupt<>("last-version row: " + e.getMessage()), new Expected.Absent());
    }
  }
}
