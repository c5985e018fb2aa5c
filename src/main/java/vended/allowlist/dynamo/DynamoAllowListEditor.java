package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.GrantSlot;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.dynamo.DynamoBatch;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * Changes the allow-list in DynamoDB. Every change is a transaction, also one of a single row: a
 * transaction has a token, so that a second try of the SDK whose first try landed is told of
 * success and not of a conflict with itself.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">DynamoDB
 *     transactions</a>
 */
public final class DynamoAllowListEditor implements AllowListEditor {
  /** For keys that the first read left unread. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final DynamoDbClient client;
  private final String table;
  private final DynamoWrites writes;
  private final DynamoBatch batch;

  /**
   * An editor of a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoAllowListEditor(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
    this.writes = new DynamoWrites(table);
    this.batch = new DynamoBatch(client, table, 2, AGAIN);
  }

  @Override
  public Row<Stored<Client>> client(String account) throws AllowListException {
    Map<String, AttributeValue> item = read(DynamoClientRow.key(account));
    return item.isEmpty() ? new Row.Missing<>() : DynamoClientRow.readStored(account, item);
  }

  @Override
  public String lastSuspension(String account) throws AllowListException {
    return DynamoSuspensionMark.read(read(DynamoSuspensionMark.key(account)));
  }

  @Override
  public Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException {
    Map<String, AttributeValue> item = read(DynamoGrantRow.key(caller, role));
    return item.isEmpty() ? new Row.Missing<>() : DynamoGrantRow.readKept(caller, role, item);
  }

  @Override
  public GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException {
    Map<String, AttributeValue> key = DynamoGrantRow.key(caller, role);
    Map<String, AttributeValue> counterKey = DynamoGrantCounter.key(caller, role);
    Map<String, AttributeValue> item = Map.of();
    Map<String, AttributeValue> counter = Map.of();
    for (var found : read(List.of(key, counterKey))) {
      if (found.entrySet().containsAll(key.entrySet())) {
        item = found;
      } else {
        counter = found;
      }
    }
    return DynamoGrantCounter.slot(
        item.isEmpty() ? new Row.Missing<>() : DynamoGrantRow.readKept(caller, role, item),
        counter);
  }

  @Override
  public Row<Stored<Vending>> vendingSwitch() throws AllowListException {
    Map<String, AttributeValue> item = read(DynamoVendingRow.KEY);
    return item.isEmpty() ? new Row.Missing<>() : DynamoVendingRow.read(item);
  }

  private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys)
      throws AllowListException {
    Optional<List<Map<String, AttributeValue>>> items;
    try {
      items = batch.get(keys);
    } catch (RuntimeException e) {
      throw new AllowListException("the rows could not be read", e);
    }
    return items.orElseThrow(() -> new AllowListException("the rows were not all read", null));
  }

  /** The attributes of a row; none where there is no row. */
  private Map<String, AttributeValue> read(Map<String, AttributeValue> key)
      throws AllowListException {
    try {
      return client.getItem(call -> call.tableName(table).key(key).consistentRead(true)).item();
    } catch (RuntimeException e) {
      throw new AllowListException("the row could not be read", e);
    }
  }

  @Override
  public Change.Made make(Change change) throws AllowListException {
    List<TransactWriteItem> parts = writes.of(change);
    try {
      client.transactWriteItems(call -> call.transactItems(parts));
      return new Change.Done();
    } catch (TransactionCanceledException e) {
      return canceled(change, parts.getFirst(), e);
    } catch (RuntimeException e) {
      throw new AllowListException("the change could not be made", e);
    }
  }

  /** The reasons stand in the order of the writes; the first write is of the row itself. */
  private Change.Made canceled(
      Change change, TransactWriteItem first, TransactionCanceledException e)
      throws AllowListException {
    List<CancellationReason> reasons = e.cancellationReasons();
    if (is(reasons, 0, "ConditionalCheckFailed")) {
      return new Change.Conflict(version(reasons.getFirst().item()));
    }
    if (is(reasons, 1, "ConditionalCheckFailed") && change instanceof Change.PutClient) {
      return new Change.ExternalIdTaken();
    }
    // Or somebody else's change of one of the rows is under way at this very moment.
    if (is(reasons, 1, "ConditionalCheckFailed")
        || is(reasons, 0, "TransactionConflict")
        || is(reasons, 1, "TransactionConflict")) {
      return new Change.Conflict(version(read(keyOf(first))));
    }
    throw new AllowListException("the change could not be made", e);
  }

  private static boolean is(List<CancellationReason> reasons, int index, String code) {
    return reasons.size() > index && code.equals(reasons.get(index).code());
  }

  private static Map<String, AttributeValue> keyOf(TransactWriteItem write) {
    Map<String, AttributeValue> item =
        write.put() == null ? write.delete().key() : write.put().item();
    return Map.of("pk", item.get("pk"), "sk", item.get("sk"));
  }

  /** The version of a row that was changed meanwhile; 0 if there is none. */
  private static long version(Map<String, AttributeValue> item) throws AllowListException {
    AttributeValue version = item.get("version");
    try {
      return version == null || version.n() == null ? 0 : Long.parseLong(version.n());
    } catch (NumberFormatException e) {
      throw new AllowListException("the row's version can't be read", e);
    }
  }
}
