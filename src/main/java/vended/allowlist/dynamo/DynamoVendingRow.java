package vended.allowlist.dynamo;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;

/** The form of the switch in the table: one row for all vending. */
final class DynamoVendingRow {
  static final Map<String, AttributeValue> KEY =
      Map.of("pk", AttributeValue.fromS("vending"), "sk", AttributeValue.fromS("switch"));

  private DynamoVendingRow() {}

  static Row<Stored<Vending>> read(Map<String, AttributeValue> attributes) {
    return DynamoRow.read(
        "switch", attributes, row -> new Vending(row.flag("stopped"), row.version()));
  }

  static Map<String, AttributeValue> write(Stored<Vending> stored) {
    return DynamoItem.of(KEY, "switch")
        .flag("stopped", stored.value().stopped())
        .number("version", stored.value().version())
        .text("updatedAt", stored.updatedAt())
        .text("updatedBy", stored.updatedBy())
        .attributes();
  }
}
