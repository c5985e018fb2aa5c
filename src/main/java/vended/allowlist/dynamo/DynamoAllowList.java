package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.allowlist.AllowList;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.dynamo.DynamoBatch;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * The allow-list in DynamoDB. Every read is strongly consistent, so a revoked grant is refused by
 * the very next call.
 */
public final class DynamoAllowList implements AllowList {
  private static final int TRIES = 2;

  /** The time limit of the second try. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** A query reads 1 MB, some hundred rows at least; so a page ends within 9 s. */
  private static final int MAX_QUERIES = 4;

  private final DynamoDbClient client;
  private final String table;
  private final DynamoBatch batch;

  /**
   * An allow-list in a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoAllowList(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
    this.batch = new DynamoBatch(client, table, TRIES, AGAIN);
  }

  @Override
  public Entry find(CallerArn caller, RoleArn role) throws AllowListException {
    Map<String, AttributeValue> switchKey = DynamoVendingRow.KEY;
    Map<String, AttributeValue> clientKey = DynamoClientRow.key(role.account());
    Map<String, AttributeValue> grantKey = DynamoGrantRow.key(caller, role);
    List<Map<String, AttributeValue>> items = read(List.of(switchKey, clientKey, grantKey));
    Map<String, AttributeValue> switchItem = withKey(items, switchKey);
    Map<String, AttributeValue> clientItem = withKey(items, clientKey);
    Map<String, AttributeValue> grantItem = withKey(items, grantKey);
    return new Entry(
        switchItem == null
            ? new Row.Missing<>()
            : DynamoVendingRow.read(switchItem).map(Stored::value),
        clientItem == null ? new Row.Missing<>() : DynamoClientRow.read(role.account(), clientItem),
        grantItem == null ? new Row.Missing<>() : DynamoGrantRow.read(caller, role, grantItem));
  }

  @Override
  public Row<Client> clientOf(RoleArn role) throws AllowListException {
    Map<String, AttributeValue> key = DynamoClientRow.key(role.account());
    Map<String, AttributeValue> item = withKey(read(List.of(key)), key);
    return item == null ? new Row.Missing<>() : DynamoClientRow.read(role.account(), item);
  }

  private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys)
      throws AllowListException {
    Optional<List<Map<String, AttributeValue>>> items;
    try {
      items = batch.get(keys);
    } catch (RuntimeException e) {
      throw new AllowListException("the allow-list could not be read", e);
    }
    return items.orElseThrow(
        () -> new AllowListException("the allow-list was not read in full", null));
  }

  private static @Nullable Map<String, AttributeValue> withKey(
      List<Map<String, AttributeValue>> items, Map<String, AttributeValue> key) {
    for (Map<String, AttributeValue> item : items) {
      if (item.entrySet().containsAll(key.entrySet())) {
        return item;
      }
    }
    return null;
  }

  @Override
  public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit)
      throws AllowListException {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, AttributeValue> start =
        after == null ? Map.of() : DynamoGrantRow.key(caller, after);
    try {
      // One row more than asked for tells whether there is a next page.
      for (int i = 0; i < MAX_QUERIES && items.size() <= limit; i++) {
        QueryResponse answer = client.query(grants(caller, start, limit + 1 - items.size()));
        items.addAll(answer.items());
        start = answer.lastEvaluatedKey();
        if (start.isEmpty()) {
          break;
        }
      }
      return page(caller, items, start, limit);
    } catch (RuntimeException e) {
      throw new AllowListException("the grants could not be read", e);
    }
  }

  /** Throws a RuntimeException if the answers don't say where the next page begins. */
  private static GrantPage page(
      CallerArn caller,
      List<Map<String, AttributeValue>> items,
      Map<String, AttributeValue> next,
      int limit) {
    List<Map<String, AttributeValue>> page = items.subList(0, Math.min(items.size(), limit));
    Map<String, AttributeValue> last = items.size() > limit ? page.getLast() : next;
    return new GrantPage(
        page.stream().map(item -> DynamoGrantRow.read(caller, item)).toList(),
        last.isEmpty() ? null : DynamoGrantRow.roleOf(last));
  }

  private QueryRequest grants(CallerArn caller, Map<String, AttributeValue> start, int limit) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
        .expressionAttributeValues(
            Map.of(
                ":pk", DynamoGrantRow.partitionKey(caller),
                ":prefix", AttributeValue.fromS(DynamoGrantRow.SORT_PREFIX)))
        .exclusiveStartKey(start.isEmpty() ? null : start)
        .consistentRead(true)
        .limit(limit)
        .build();
  }
}
