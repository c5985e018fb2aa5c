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

  static Map<String, AttributeValue> write(Stored<Vending> kept) {
    return DynamoItem.of(KEY, "switch")
        .flag("stopped", kept.value().stopped())
        .number("version", kept.value().version())
        .text("updatedAt", kept.updatedAt())
        .text("updatedBy", kept.updatedBy())
        .attributes();
  }
}
