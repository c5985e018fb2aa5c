package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.allowlist.AllowListException;
import vended.dynamo.DynamoBatch;

/**
 * Reads the allow-list's table. A row that does not exist has no attributes.
 *
 * @param client one whose calls end within a few seconds
 * @param table the table's name
 * @param again the time limit of a second try to read rows that were left unread
 */
record DynamoReads(DynamoDbClient client, String table, Duration again) {
  /** BatchGetItem's own limit. */
  static final int MAX_KEYS = 100;

  private static final int TRIES = 2;

  /** One row, in a strongly consistent read. */
  Map<String, AttributeValue> row(Map<String, AttributeValue> key) throws AllowListException {
    return called(
        () -> client.getItem(call -> call.tableName(table).key(key).consistentRead(true)).item());
  }

  /**
   * The rows that exist, by their keys, in one strongly consistent read.
   *
   * @param keys 1 to {@value #MAX_KEYS}
   */
  Map<Map<String, AttributeValue>, Map<String, AttributeValue>> rows(
      List<Map<String, AttributeValue>> keys) throws AllowListException {
    return called(() -> new DynamoBatch(client, table, TRIES, again).get(keys))
        .orElseThrow(() -> new AllowListException("the allow-list was not read in full", null));
  }

  QueryRequest.Builder query() {
    return QueryRequest.builder().tableName(table);
  }

  /** A query of one caller's grants; the caller's partition has other rows too. */
  QueryRequest.Builder grantsOf(AttributeValue partitionKey) {
    return query()
        .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
        .expressionAttributeValues(
            Map.of(
                ":pk", partitionKey, ":prefix", AttributeValue.fromS(DynamoGrantRow.SORT_PREFIX)))
        .consistentRead(true);
  }

  QueryResponse ask(QueryRequest query) throws AllowListException {
    return called(() -> client.query(query));
  }

  /** Runs a call of the SDK, which fails with a RuntimeException. */
  static <T> T called(Supplier<T> call) throws AllowListException {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw new AllowListException("the allow-list could not be read", e);
    }
  }
}
