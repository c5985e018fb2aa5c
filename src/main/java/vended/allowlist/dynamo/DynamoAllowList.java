package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.allowlist.AllowListException;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.StoredEntries;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * The allow-list in DynamoDB. Every read is strongly consistent, so the very next call refuses a
 * revoked grant.
 */
public final class DynamoAllowList implements AllowList, StoredEntries {
  /** A query reads 1 MB, at least some hundred rows; four of them take 9 s at most. */
  private static final int MAX_QUERIES = 4;

  private final DynamoReads reads;

  /**
   * The allow-list in a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   * @param again the time limit of a second try to read rows that were left unread
   */
  public DynamoAllowList(DynamoDbClient client, String table, Duration again) {
    this.reads = new DynamoReads(client, table, again);
  }

  @Override
  public Entry find(CallerArn caller, RoleArn role) throws AllowListException {
    return stored(caller, role).entry();
  }

  @Override
  public StoredEntry stored(CallerArn caller, RoleArn role) throws AllowListException {
    Map<String, AttributeValue> switchKey = DynamoVendingRow.KEY;
    Map<String, AttributeValue> clientKey = DynamoClientRow.key(role.account());
    Map<String, AttributeValue> holdKey = DynamoHoldRow.key(role.account());
    Map<String, AttributeValue> grantKey = DynamoGrantRow.key(caller, role);
    var items = reads.rows(List.of(switchKey, clientKey, holdKey, grantKey));
    return new StoredEntry(
        DynamoVendingRow.read(items.getOrDefault(switchKey, Map.of())),
        DynamoClientRow.readDeciding(role.account(), items.getOrDefault(clientKey, Map.of())),
        DynamoHoldRow.readStored(role.account(), items.getOrDefault(holdKey, Map.of())),
        DynamoGrantRow.read(caller, role, items.getOrDefault(grantKey, Map.of())));
  }

  @Override
  public Owner clientOf(RoleArn role) throws AllowListException {
    String account = role.account();
    Map<String, AttributeValue> rotation = DynamoRotationRow.key(account);
    var items =
        reads.rows(List.of(DynamoClientRow.key(account), DynamoHoldRow.key(account), rotation));
    Owner owner = owner(account, items);
    return new Owner(
        owner.client(),
        owner.hold(),
        DynamoRotationRow.readStored(account, items.getOrDefault(rotation, Map.of()))
            .map(Stored::value));
  }

  static Owner owner(
      String account, Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items) {
    return new Owner(
        DynamoClientRow.read(account, items.getOrDefault(DynamoClientRow.key(account), Map.of())),
        DynamoHoldRow.read(account, items.getOrDefault(DynamoHoldRow.key(account), Map.of())));
  }

  @Override
  public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit)
      throws AllowListException {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, AttributeValue> start =
        after == null ? Map.of() : DynamoGrantRow.key(caller, after);
    // One row more than asked for shows whether there is a next page.
    for (int i = 0; i < MAX_QUERIES && items.size() <= limit; i++) {
      QueryRequest.Builder query =
          reads
              .grantsOf(DynamoGrantRow.partitionKey(caller))
              .exclusiveStartKey(start.isEmpty() ? null : start)
              .limit(limit + 1 - items.size());
      QueryResponse answer = reads.ask(query.build());
      items.addAll(answer.items());
      start = answer.lastEvaluatedKey();
      if (start.isEmpty()) {
        break;
      }
    }
    Map<String, AttributeValue> next = start;
    return DynamoReads.called(() -> page(items, next, limit));
  }

  @Override
  public Clients clientsOf(Set<String> accounts) throws AllowListException {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    keys.add(DynamoVendingRow.KEY);
    accounts.forEach(account -> keys.add(DynamoClientRow.key(account)));
    accounts.forEach(account -> keys.add(DynamoHoldRow.key(account)));
    var items = reads.rows(keys);
    Map<String, Owner> clients = new HashMap<>();
    accounts.forEach(account -> clients.put(account, owner(account, items)));
    var vending = items.getOrDefault(DynamoVendingRow.KEY, Map.of());
    return new Clients(DynamoVendingRow.read(vending).map(Stored::value), clients);
  }

  /** Throws a RuntimeException if the answers don't show where the next page begins. */
  private static GrantPage page(
      List<Map<String, AttributeValue>> items, Map<String, AttributeValue> next, int limit) {
    List<Map<String, AttributeValue>> page = items.subList(0, Math.min(items.size(), limit));
    Map<String, AttributeValue> last = items.size() > limit ? page.getLast() : next;
    return new GrantPage(
        page.stream().map(item -> DynamoGrantRow.read(item).map(Stored::value)).toList(),
        last.isEmpty() ? null : DynamoGrantRow.roleOf(last));
  }
}
