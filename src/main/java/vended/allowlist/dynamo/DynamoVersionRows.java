package vended.allowlist.dynamo;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.dynamo.DynamoRow.CorruptException;
import vended.allowlist.write.Change.Expected;
import vended.allowlist.write.GrantSlot;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * Rows that keep a version outside the row that had it: the last version of a grant, also after the
 * grant is removed, that of a client that was removed, and the version that a client got by its
 * last suspension. An attribute in the client's row would not do: older versions of the functions
 * don't know it, and would find the row corrupt.
 *
 * <p>They have no {@code kind}, and no {@code role#} in their keys, so that no list includes them,
 * and no {@code expiresAt}, so that DynamoDB's TTL does not delete them.
 */
final class DynamoVersionRows {
  private DynamoVersionRows() {}

  static Map<String, AttributeValue> lastGrant(CallerArn caller, RoleArn role) {
    return Map.of(
        "pk", DynamoGrantRow.partitionKey(caller),
        "sk", AttributeValue.fromS("last-version#" + role.value()));
  }

  static Map<String, AttributeValue> lastClient(String account) {
    Map<String, AttributeValue> key = new HashMap<>(DynamoClientRow.key(account));
    key.put("sk", AttributeValue.fromS("last-version"));
    return key;
  }

  static Map<String, AttributeValue> lastSuspension(String account) {
    Map<String, AttributeValue> key = new HashMap<>(DynamoClientRow.key(account));
    key.put("sk", AttributeValue.fromS("last-suspension"));
    return key;
  }

  static Map<String, AttributeValue> grant(CallerArn caller, RoleArn role, long version) {
    return write(lastGrant(caller, role), version);
  }

  static Map<String, AttributeValue> client(Client removed) {
    return write(lastClient(removed.account()), removed.version());
  }

  static Map<String, AttributeValue> suspension(Client suspended) {
    return write(lastSuspension(suspended.account()), suspended.version());
  }

  private static Map<String, AttributeValue> write(Map<String, AttributeValue> key, long version) {
    Map<String, AttributeValue> item = new HashMap<>(key);
    item.put("version", AttributeValue.fromN(Long.toString(version)));
    return item;
  }

  /** A text that differs for each suspension; empty if there was none. */
  static String mark(Map<String, AttributeValue> item) {
    AttributeValue version = item.get("version");
    return version == null ? "" : version.toString();
  }

  /** The slot of a grant; an invalid row of its last version makes it corrupt. */
  static GrantSlot slot(Row<Stored<Grant>> row, Map<String, AttributeValue> last) {
    if (last.isEmpty()) {
      return new GrantSlot(row, new Expected.Absent());
    }
    try {
      return new GrantSlot(row, new Expected.Version(new DynamoRow(last).number("version")));
    } catch (CorruptException e) {
      return new GrantSlot(
          new Row.Corrupt<>("last-version row: " + e.getMessage()), new Expected.Absent());
    }
  }
}
