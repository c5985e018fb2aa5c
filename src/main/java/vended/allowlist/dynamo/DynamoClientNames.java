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
  private final DynamoDbClient client;

  private final String table;
  private final Duration time;

  /**
   * Names in a table.
   *
   * @param table the table's name
   * @param time how long names are waited for
   */
  public DynamoClientNames(DynamoDbClient client, String table, Duration time) {
    this.client = client;
    this.table = table;
    this.time = time;
  }

  @Override
  public Map<String, String> namesOf(Set<String> accounts) throws AllowListException {
    KeysAndAttributes keys =
        KeysAndAttributes.builder()
            .keys(accounts.stream().map(DynamoClientRow::key).toList())
            .projectionExpression("pk, sk, #name")
            .expressionAttributeNames(Map.of("#name", "name"))
            .build();
    Map<String, String> names = new HashMap<>();
    for (Map<String, AttributeValue> item : DynamoReads.called(() -> read(keys))) {
      String account = DynamoClientRow.account(item).orElse("");
      String name = DynamoItem.textOf(item, "name");
      if (name != null && accounts.contains(account)) {
        names.put(account, name);
      }
    }
    return names;
  }

  /** Clients that DynamoDB leaves unread under load have no name. */
  private List<Map<String, AttributeValue>> read(KeysAndAttributes keys) {
    return client
        .batchGetItem(
            call ->
                call.requestItems(Map.of(table, keys))
                    .overrideConfiguration(limits -> limits.apiCallTimeout(time)))
        .responses()
        .getOrDefault(table, List.of());
  }
}
