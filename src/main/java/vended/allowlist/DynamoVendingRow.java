package vended.allowlist;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.DynamoRow.CorruptException;

/** The form of the switch in the table: one row for all vending. */
final class DynamoVendingRow {
  private DynamoVendingRow() {}

  static Map<String, AttributeValue> key() {
    return Map.of("pk", AttributeValue.fromS("vending"), "sk", AttributeValue.fromS("switch"));
  }

  static Row<Vending> read(Map<String, AttributeValue> attributes) {
    DynamoRow row = new DynamoRow(attributes);
    try {
      row.checkSchema();
      row.skip("pk", "sk", "kind", "createdAt", "createdBy", "updatedAt", "updatedBy");
      Vending vending = new Vending(row.flag("stopped"), row.number("version"));
      row.checkNothingLeft();
      return new Row.Found<>(vending);
    } catch (CorruptException e) {
      return new Row.Corrupt<>("switch row: " + e.getMessage());
    }
  }
}
