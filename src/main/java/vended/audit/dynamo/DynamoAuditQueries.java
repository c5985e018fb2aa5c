package vended.audit.dynamo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import vended.audit.AuditIndex;
import vended.audit.AuditTime;
import vended.audit.query.Period;
import vended.audit.query.Position;

/** The queries of the audit table, each of one partition. */
final class DynamoAuditQueries {
  /** Rows beyond a shard's even share, so that one step is usually enough. */
  private static final int SHARD_MARGIN = 8;

  private final String table;

  DynamoAuditQueries(String table) {
    this.table = table;
  }

  /** A vend has at most one row of each kind, so all of them are read at once. */
  QueryRequest vend(String vendId) {
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression("pk = :pk")
        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(vendId)))
        .build();
  }

  QueryRequest indexed(
      AuditIndex index, String value, Period period, @Nullable Position from, int limit) {
    QueryRequest.Builder query =
        by(index, "#at BETWEEN :first AND :last")
            .expressionAttributeValues(
                Map.of(
                    ":hash", AttributeValue.fromS(value),
                    ":first", AttributeValue.fromS(AuditTime.at(period.since())),
                    ":last", AttributeValue.fromS(AuditTime.at(period.last()))))
            .limit(limit);
    if (from != null && from.row() != null) {
      query.exclusiveStartKey(start(index, value, from.at(), from.row()));
    }
    return query.build();
  }

  /**
   * A shard of an hour, behind a position. Rows of one millisecond are ordered by shard: shards
   * with a lower number are already read, those with a higher one not at all.
   */
  QueryRequest shard(Instant hour, int shard, Period period, @Nullable Position from, int limit) {
    AuditIndex index = AuditIndex.BY_HOUR;
    String value = AuditTime.hourShard(hour, shard);
    String at = from == null ? AuditTime.at(period.until()) : from.at();
    Position.RowKey row = from == null ? null : from.row();
    boolean inclusive = row != null && shard >= row.shard();
    QueryRequest.Builder query =
        by(index, inclusive ? "#at <= :at" : "#at < :at")
            .expressionAttributeValues(
                Map.of(":hash", AttributeValue.fromS(value), ":at", AttributeValue.fromS(at)))
            .limit(limit / AuditTime.SHARDS + SHARD_MARGIN);
    if (row != null && shard == row.shard()) {
      query.exclusiveStartKey(start(index, value, at, row));
    }
    return query.build();
  }

  private QueryRequest.Builder by(AuditIndex index, String times) {
    return QueryRequest.builder()
        .tableName(table)
        .indexName(index.indexName())
        .scanIndexForward(false)
        .keyConditionExpression("#hash = :hash AND " + times)
        .expressionAttributeNames(Map.of("#hash", index.hashKey(), "#at", "at"));
  }

  private static Map<String, AttributeValue> start(
      AuditIndex index, String value, String at, Position.RowKey row) {
    Map<String, AttributeValue> key = new HashMap<>();
    key.put(index.hashKey(), AttributeValue.fromS(value));
    key.put("at", AttributeValue.fromS(at));
    key.put("pk", AttributeValue.fromS(row.vendId()));
    key.put("sk", AttributeValue.fromS(row.kind()));
    return key;
  }
}
