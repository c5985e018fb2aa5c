package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.GrantSlot;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * Changes the allow-list in DynamoDB. Every change is a transaction, even of a single row: its
 * token makes it idempotent, so a retry by the SDK whose first attempt landed succeeds, instead of
 * finding a conflict with itself.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">DynamoDB
 *     transactions</a>
 */
public final class DynamoAllowListEditor implements AllowListEditor {
  /**
   * Of a table or index with provisioned capacity, and of one on demand. The SDK retries neither.
   */
  private static final Set<String> THROTTLED =
      Set.of("ProvisionedThroughputExceeded", "ThrottlingError");

  private final DynamoDbClient client;
  private final DynamoWrites writes;
  private final DynamoReads reads;

  /**
   * An editor of a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   * @param again the time limit of a second try to read rows that were left unread
   */
  public DynamoAllowListEditor(DynamoDbClient client, String table, Duration again) {
    this.client = client;
    this.writes = new DynamoWrites(table);
    this.reads = new DynamoReads(client, table, again);
  }

  @Override
  public Row<Stored<Client>> client(String account) throws AllowListException {
    return DynamoClientRow.readStored(account, reads.row(DynamoClientRow.key(account)));
  }

  @Override
  public String lastSuspension(String account) throws AllowListException {
    return DynamoVersionRows.mark(reads.row(DynamoVersionRows.lastSuspension(account)));
  }

  @Override
  public long lastVersion(String account) throws AllowListException {
    return version(reads.row(DynamoVersionRows.lastClient(account)));
  }

  @Override
  public Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException {
    return DynamoGrantRow.read(caller, role, reads.row(DynamoGrantRow.key(caller, role)));
  }

  @Override
  public GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException {
    Map<String, AttributeValue> key = DynamoGrantRow.key(caller, role);
    Map<String, AttributeValue> last = DynamoVersionRows.lastGrant(caller, role);
    var items = reads.rows(List.of(key, last));
    return DynamoVersionRows.slot(
        DynamoGrantRow.read(caller, role, items.getOrDefault(key, Map.of())),
        items.getOrDefault(last, Map.of()));
  }

  @Override
  public Row<Stored<Rotation>> rotation(String account) throws AllowListException {
    return DynamoRotationRow.readStored(account, reads.row(DynamoRotationRow.key(account)));
  }

  @Override
  public Row<Stored<Hold>> hold(String account) throws AllowListException {
    return DynamoHoldRow.readStored(account, reads.row(DynamoHoldRow.key(account)));
  }

  @Override
  public Row<Stored<Vending>> vendingSwitch() throws AllowListException {
    return DynamoVendingRow.read(reads.row(DynamoVendingRow.KEY));
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

  /** The reasons are in the order of the writes; the first write is that of the row itself. */
  private Change.Made canceled(
      Change change, TransactWriteItem first, TransactionCanceledException e)
      throws AllowListException {
    List<CancellationReason> reasons = e.cancellationReasons();
    if (is(reasons, 0, "ConditionalCheckFailed")) {
      return new Change.Conflict(version(reasons.getFirst().item()));
    }
    if (is(reasons, 1, "ConditionalCheckFailed")
        && (change instanceof Change.PutClient || change instanceof Change.Rotate)) {
      return new Change.ExternalIdTaken();
    }
    if (is(reasons, 1, "ConditionalCheckFailed")) {
      return new Change.Conflict(version(reads.row(keyOf(first))));
    }
    // The other transaction may fail, so the row may keep its version.
    if (reasons.stream().anyMatch(reason -> "TransactionConflict".equals(reason.code()))) {
      return new Change.Busy();
    }
    // Only in an answer to this very transaction: a token in use by another attempt has its own
    // error.
    if (reasons.stream()
        .anyMatch(reason -> reason.code() != null && THROTTLED.contains(reason.code()))) {
      return new Change.Throttled();
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

  /** The version of a row that was changed in the meantime; 0 if there is no row. */
  private static long version(Map<String, AttributeValue> item) throws AllowListException {
    AttributeValue version = item.get("version");
    try {
      return version == null || version.n() == null ? 0 : Long.parseLong(version.n());
    } catch (NumberFormatException e) {
      throw new AllowListException("the row's version can't be read", e);
    }
  }
}
