package vended.allowlist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import vended.identity.CallerArn;
import vended.identity.Hashes;
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
  private static final String UNCHANGED = "#version = :expected";
  private static final String ABSENT = "attribute_not_exists(pk)";

  private final DynamoDbClient client;
  private final String table;

  /**
   * An editor of a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoAllowListEditor(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Row<Kept<KnownClient>> client(String account) throws AllowListException {
    Map<String, AttributeValue> item = read(DynamoClientRow.key(account));
    return item.isEmpty() ? new Row.Missing<>() : DynamoKnownClient.read(account, item);
  }

  @Override
  public Row<Kept<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException {
    Map<String, AttributeValue> item = read(DynamoGrantRow.key(caller, role));
    return item.isEmpty() ? new Row.Missing<>() : DynamoGrantRow.readKept(caller, role, item);
  }

  @Override
  public Row<Kept<Vending>> vendingSwitch() throws AllowListException {
    Map<String, AttributeValue> item = read(DynamoVendingRow.KEY);
    return item.isEmpty() ? new Row.Missing<>() : DynamoVendingRow.read(item);
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
    List<TransactWriteItem> writes = writes(change);
    try {
      client.transactWriteItems(call -> call.transactItems(writes));
      return new Change.Done();
    } catch (TransactionCanceledException e) {
      return canceled(writes.getFirst(), e);
    } catch (RuntimeException e) {
      throw new AllowListException("the change could not be made", e);
    }
  }

  private List<TransactWriteItem> writes(Change change) {
    return switch (change) {
      case Change.PutClient(Kept<KnownClient> next) -> putClient(next);
      case Change.PutGrant(Kept<Grant> next) ->
          List.of(put(DynamoGrantRow.write(next), next.value().version()));
      case Change.PutSwitch(Kept<Vending> next) ->
          List.of(put(DynamoVendingRow.write(next), next.value().version()));
      case Change.RemoveGrant(CallerArn caller, RoleArn role, long version) ->
          List.of(delete(DynamoGrantRow.key(caller, role), version));
    };
  }

  private List<TransactWriteItem> putClient(Kept<KnownClient> next) {
    Client row = next.value().client();
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(put(DynamoKnownClient.write(next), row.version()));
    if (row.version() == 1 && row.externalId() != null) {
      // Two clients that are made at once with one ExternalId would both not see the other.
      writes.add(put(externalIdRow(row.externalId(), row.account()), 1));
    }
    return writes;
  }

  private static Map<String, AttributeValue> externalIdRow(String externalId, String account) {
    return new DynamoItem()
        .text("pk", "external-id#" + Hashes.sha256(externalId))
        .text("sk", "external-id")
        .text("account", account)
        .attributes();
  }

  private TransactWriteItem put(Map<String, AttributeValue> item, long version) {
    Put.Builder put =
        Put.builder()
            .tableName(table)
            .item(item)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (version == 1) {
      put.conditionExpression(ABSENT);
    } else {
      put.conditionExpression(UNCHANGED)
          .expressionAttributeNames(Map.of("#version", "version"))
          .expressionAttributeValues(expected(version - 1));
    }
    return TransactWriteItem.builder().put(put.build()).build();
  }

  private TransactWriteItem delete(Map<String, AttributeValue> key, long version) {
    Delete delete =
        Delete.builder()
            .tableName(table)
            .key(key)
            .conditionExpression(UNCHANGED)
            .expressionAttributeNames(Map.of("#version", "version"))
            .expressionAttributeValues(expected(version))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return TransactWriteItem.builder().delete(delete).build();
  }

  private static Map<String, AttributeValue> expected(long version) {
    return Map.of(":expected", AttributeValue.fromN(Long.toString(version)));
  }

  /** The reasons stand in the order of the writes; the first write is of the row itself. */
  private Change.Made canceled(TransactWriteItem first, TransactionCanceledException e)
      throws AllowListException {
    List<CancellationReason> reasons = e.cancellationReasons();
    if (is(reasons, 0, "ConditionalCheckFailed")) {
      return new Change.Conflict(version(reasons.getFirst().item()));
    }
    if (is(reasons, 1, "ConditionalCheckFailed")) {
      return new Change.ExternalIdTaken();
    }
    if (is(reasons, 0, "TransactionConflict")) {
      // Somebody else's change of this row is under way at this very moment.
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
