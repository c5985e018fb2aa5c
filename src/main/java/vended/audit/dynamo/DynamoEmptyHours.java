package vended.audit.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import vended.audit.AuditIndex;
import vended.audit.AuditTime;

/**
 * Finds out with one statement that several hours have no rows, where a query of each shard would
 * be 48 calls. It only says that there are none: rows are read by queries.
 *
 * @param client one whose calls end within a few seconds
 * @param table the audit table's name
 */
record DynamoEmptyHours(DynamoDbClient client, String table) {
  /**
   * IN takes at most 50 values of a partition key, and its answers come in pages of up to 10 items
   * (developer guide, "PartiQL operators").
   */
  static final int HOURS = 6;

  /** Pages without an item, of which each may stand for some of the values. */
  private static final int MAX_PAGES = 10;

  /**
   * Whether some hours certainly have no rows. If the statement fails for another reason than
   * throttling, for example because the function's role may not run it, nothing is certain.
   *
   * @param newest the first moment of the newest of them
   * @param hours how many, going back, up to {@link #HOURS}
   * @throws SdkClientException if there was no answer
   * @throws DynamoDbException if DynamoDB was throttling or failed
   */
  boolean areEmpty(Instant newest, int hours) {
    List<AttributeValue> values = new ArrayList<>();
    for (int i = 0; i < hours; i++) {
      for (int shard = 0; shard < AuditTime.SHARDS; shard++) {
        Instant hour = newest.minus(Duration.ofHours(i));
        values.add(AttributeValue.fromS(AuditTime.hourShard(hour, shard)));
      }
    }
    String statement =
        "SELECT \"%1$s\" FROM \"%2$s\".\"%3$s\" WHERE \"%1$s\" IN [%4$s]"
            .formatted(
                AuditIndex.BY_HOUR.hashKey(),
                table,
                AuditIndex.BY_HOUR.indexName(),
                String.join(",", Collections.nCopies(values.size(), "?")));
    try {
      return areEmpty(statement, values);
    } catch (DynamoDbException e) {
      if (e.isThrottlingException() || e.statusCode() >= 500) {
        throw e;
      }
      return false;
    }
  }

  private boolean areEmpty(String statement, List<AttributeValue> values) {
    @Nullable String next = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      String token = next;
      ExecuteStatementResponse answer =
          client.executeStatement(
              call -> call.statement(statement).parameters(values).nextToken(token));
      if (!answer.items().isEmpty()) {
        return false;
      }
      next = answer.nextToken();
      if (next == null) {
        return true;
      }
    }
    return false;
  }
}
