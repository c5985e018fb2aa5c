package vended.allowlist.dynamo;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Client;

/**
 * The row that identifies a client's last suspension. It is a separate row, since an attribute that
 * an older version of the functions doesn't know would make the client's row corrupt.
 */
final class DynamoSuspensionMark {
  private static final AttributeValue SORT_KEY = AttributeValue.fromS("last-suspension");

  private DynamoSuspensionMark() {}

  static Map<String, AttributeValue> key(String account) {
    Map<String, AttributeValue> key = new HashMap<>(DynamoClientRow.key(account));
    key.put("sk", SORT_KEY);
    return key;
  }

  /** The mark of the suspension that made this version of the client. */
  static Map<String, AttributeValue> write(Client client) {
    Map<String, AttributeValue> item = key(client.account());
    item.put("version", AttributeValue.fromN(Long.toString(client.version())));
    return item;
  }

  static String read(Map<String, AttributeValue> item) {
    AttributeValue version = item.get("version");
    return version == null ? "" : version.toString();
  }
}
