package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import vended.allowlist.AllowListException;
import vended.allowlist.ClientNames;

/** Reads clients' names from the allow-list's table, in one BatchGetItem of just the names. */
public final class DynamoClientNames implements ClientNames {
  /** Short, since a name is a nicety: without it, the account is shown. */
  private static final Duration TIME = Duration.ofSeconds(1);

  private final DynamoDbClient client;
  private final String table;

  /**
   * Names in a table.
   *
   * @param table the table's name
   */
  public DynamoClientNames(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Map<String, String> namesOf(Set<String> accounts) throws AllowListException {
    Map<Map<String, AttributeValue>, String> byKey = new HashMap<>();
    accounts.forEach(account -> byKey.put(DynamoClientRow.key(account), account));
    KeysAndAttributes keys =
        KeysAndAttributes.builder()
            .keys(byKey.keySet())
            .projectionExpression("pk, sk, #name")
            .expressionAttributeNames(Map.of("#name", "name"))
            .build();
    return DynamoReads.called(() -> names(read(keys), byKey));
  }

  /** Clients that DynamoDB leaves unread under load have no name. */
  private List<Map<String, AttributeValue>> read(KeysAndAttributes keys) {
    return client
        .batchGetItem(
            call ->
                call.requestItems(Map.of(table, keys))
                    .overrideConfiguration(limits -> limits.apiCallTimeout(TIME)))
        .responses()
        .getOrDefault(table, List.of());
  }

  private static Map<String, String> names(
      List<Map<String, AttributeValue>> items, Map<Map<String, AttributeValue>, String> byKey) {
    Map<String, String> names = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      AttributeValue name = item.get("name");
      Map<String, AttributeValue> key = new HashMap<>(item);
      key.remove("name");
      String account = byKey.get(key);
      if (name != null && name.s() != null && account != null) {
        names.put(account, name.s());
      }
    }
    return names;
  }
}
