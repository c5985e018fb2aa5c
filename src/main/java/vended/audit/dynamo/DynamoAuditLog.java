package vended.audit.dynamo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.AuditRecord;

/**
 * The audit log in DynamoDB, written only by PartiQL's INSERT: it fails on an existing key, and its
 * permission, {@code dynamodb:PartiQLInsert}, allows neither update nor delete.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html">PartiQL
 *     insert statements for DynamoDB</a>
 */
public final class DynamoAuditLog implements AuditLog {
  private static final Set<String> DUPLICATE = Set.of("DuplicateItemException", "DuplicateItem");

  private final DynamoDbClient client;
  private final String table;
  private final Duration retention;
  private final Duration readBack;

  /**
   * A log in a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name: letters, digits, and {@code _.-}
   * @param retention how long DynamoDB keeps a record before its TTL deletes it
   * @param readBack the time limit to read a record back whose answer was lost
   */
  public DynamoAuditLog(
      DynamoDbClient client, String table, Duration retention, Duration readBack) {
    this.client = client;
    this.table = table;
    this.retention = retention;
    this.readBack = readBack;
  }

  @Override
  public void append(AuditRecord auditRecord) throws AuditException {
    try {
      insertOnce(rows(auditRecord));
    } catch (RuntimeException e) {
      // Not only SdkException: whatever failed, the caller must know that there may be no record.
      throw new AuditException("the record could not be added", e);
    }
  }

  /** The record, and with a probe's the pointer under its role's key. */
  private List<Map<String, AttributeValue>> rows(AuditRecord auditRecord) {
    Map<String, AttributeValue> item = DynamoAuditItem.of(auditRecord, retention);
    return DynamoProbePointer.of(auditRecord)
        .map(pointer -> List.of(item, pointer))
        .orElseGet(() -> List.of(item));
  }

  /** Inserts all of the rows or none. The first one is the record. */
  private void insertOnce(List<Map<String, AttributeValue>> items) throws AuditException {
    try {
      insert(items);
    } catch (DynamoDbException e) {
      if (!isDuplicate(e)) {
        throw e;
      }
      if (!isOurs(items.getFirst(), e.numAttempts())) {
        throw new AuditException("the record's key is taken", e);
      }
    }
  }

  private void insert(List<Map<String, AttributeValue>> items) {
    List<ParameterizedStatement> inserts = items.stream().map(this::insert).toList();
    if (inserts.size() == 1) {
      ParameterizedStatement insert = inserts.getFirst();
      client.executeStatement(
          call -> call.statement(insert.statement()).parameters(insert.parameters()));
    } else {
      // The SDK adds an idempotency token, so a retry is not a second transaction.
      client.executeTransaction(call -> call.transactStatements(inserts));
    }
  }

  private ParameterizedStatement insert(Map<String, AttributeValue> item) {
    // Values are parameters and the names are constants, so nothing can be injected.
    String names =
        item.keySet().stream()
            .map(name -> "'" + name + "': ?")
            .collect(Collectors.joining(", ", "{", "}"));
    return ParameterizedStatement.builder()
        .statement("INSERT INTO \"" + table + "\" VALUE " + names)
        .parameters(List.copyOf(item.values()))
        .build();
  }

  /** DynamoDB says DuplicateItemException; DynamoDB Local and batches say DuplicateItem. */
  private static boolean isDuplicate(DynamoDbException e) {
    if (e instanceof TransactionCanceledException canceled) {
      return canceled.cancellationReasons().stream()
          .anyMatch(reason -> reason.code() != null && DUPLICATE.contains(reason.code()));
    }
    // An error from elsewhere has no code, and Set.of(…).contains(null) throws.
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code != null && DUPLICATE.contains(code);
  }

  /**
   * Whether the existing row is this very record: if the SDK made several attempts, an earlier one
   * may have succeeded although its response was lost. At a first attempt it is somebody else's.
   */
  private boolean isOurs(Map<String, AttributeValue> item, @Nullable Integer attempts)
      throws AuditException {
    if (attempts == null || attempts < 2) {
      return false;
    }
    Map<String, AttributeValue> key = Map.of("pk", item.get("pk"), "sk", item.get("sk"));
    try {
      return client
          .getItem(
              call ->
                  call.tableName(table)
                      .key(key)
                      .consistentRead(true)
                      .overrideConfiguration(limits -> limits.apiCallTimeout(readBack)))
          .item()
          .equals(item);
    } catch (RuntimeException e) {
      throw new AuditException("the record could not be read back", e);
    }
  }
}
