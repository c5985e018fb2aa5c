package vended.allowlist.dynamo;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;

/**
 * The form of a rotation in the table. An attribute of the client's row would not do: older
 * versions of the functions don't know it, and would find the row corrupt.
 */
final class DynamoRotationRow {
  static final String KIND = "rotation";

  private DynamoRotationRow() {}

  static Map<String, AttributeValue> key(String account) {
    Map<String, AttributeValue> key = new HashMap<>(DynamoClientRow.key(account));
    key.put("sk", AttributeValue.fromS("rotation"));
    return Map.copyOf(key);
  }

  static Row<Stored<Rotation>> readStored(String account, Map<String, AttributeValue> attributes) {
    return DynamoRow.read(
        "rotation",
        attributes,
        row -> new Rotation(account, row.text("externalId"), row.flag("switched")));
  }

  static Map<String, AttributeValue> write(Stored<Rotation> stored) {
    return DynamoItem.of(key(stored.value().account()), KIND)
        .number("schema", (long) DynamoRow.SCHEMA)
        .text("externalId", stored.value().externalId())
        .flag("switched", stored.value().switched())
        .stamps(stored)
        .attributes();
  }
}
