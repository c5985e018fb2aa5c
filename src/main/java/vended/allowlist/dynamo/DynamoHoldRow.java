package vended.allowlist.dynamo;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.identity.AccountId;

/**
 * The form of a client's own suspension in the table. Its partition keys begin with a prefix of
 * their own, by which template.yaml lets one role write these rows, and no others.
 */
final class DynamoHoldRow {
  static final String KIND = "hold";
  private static final String PREFIX = "mine#";

  private DynamoHoldRow() {}

  static Map<String, AttributeValue> key(String account) {
    return Map.of(
        "pk", AttributeValue.fromS(PREFIX + account), "sk", AttributeValue.fromS("suspension"));
  }

  /** The account in a row's key; empty if it is not such a key. */
  static Optional<String> account(Map<String, AttributeValue> attributes) {
    return DynamoItem.after(PREFIX, attributes, "pk").filter(AccountId::matches);
  }

  static Row<Stored<Hold>> readStored(String account, Map<String, AttributeValue> attributes) {
    return DynamoRow.read(
        "hold", attributes, row -> new Hold(account, row.flag("suspended"), row.version()));
  }

  static Row<Hold> read(String account, Map<String, AttributeValue> attributes) {
    return readStored(account, attributes).map(Stored::value);
  }

  static Map<String, AttributeValue> write(Stored<Hold> stored) {
    return DynamoItem.of(key(stored.value().account()), KIND)
        .number("schema", (long) DynamoRow.SCHEMA)
        .flag("suspended", stored.value().suspended())
        .number("version", stored.value().version())
        .stamps(stored)
        .attributes();
  }
}
