package vended.audit.dynamo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import vended.audit.AuditIndex;
import vended.audit.AuditTime;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditSweep;
import vended.audit.query.Period;
import vended.audit.query.Position;

/** The queries of the audit table, each of one partition. */
final class DynamoAuditQueries {
  /** Rows beyond a part's even share, so that one step is usually enough. */
  private static final int MARGIN = 8;

  /** One of some values of an index can have nearly all rows. */
  private static final int LEAST_OF_VALUE = 32;

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

  /** The shards of an hour, each behind a position. */
  List<QueryRequest> shards(Instant hour, Period period, @Nullable Position from, int limit) {
    int share = limit / AuditTime.SHARDS + MARGIN;
    return IntStream.range(0, AuditTime.SHARDS)
        .mapToObj(
            shard ->
                part(
                    AuditIndex.BY_HOUR,
                    AuditTime.hourShard(hour, shard),
                    shard,
                    period,
                    from,
                    share))
        .toList();
  }

  /** Some values of an index, each behind a position. */
  List<QueryRequest> indexed(
      AuditKey.Indexed key, Period period, @Nullable Position from, int limit) {
    List<String> values = key.values();
    int share = Math.min(limit, Math.max(limit / values.size(), LEAST_OF_VALUE)) + MARGIN;
    return IntStream.range(0, values.size())
        .mapToObj(i -> part(key.index(), values.get(i), i, period, from, share))
        .toList();
  }

  /**
   * One of some partitions that are read side by side, behind a position. Rows of one millisecond
   * are ordered by part: parts with a lower number are already read, those with a higher one not at
   * all.
   */
  private QueryRequest part(
      AuditIndex index, String value, int part, Period period, @Nullable Position from, int limit) {
    String at = from == null ? AuditTime.at(period.until()) : from.at();
    Position.RowKey row = from == null ? null : from.row();
    boolean inclusive = row != null && part >= row.shard();
    QueryRequest.Builder query =
        by(index, inclusive ? "#at <= :at" : "#at < :at")
            .expressionAttributeValues(
                Map.of(":hash", AttributeValue.fromS(value), ":at", AttributeValue.fromS(at)))
            .limit(limit);
    if (row != null && part == row.shard()) {
      query.exclusiveStartKey(start(index, value, at, row));
    }
    return query.build();
  }

  /** The rows of a sweep's shard from a place on, as many as one answer holds: 1 MB. */
  QueryRequest sweep(AuditSweep.Place place, Period period, Set<String> attributes) {
    AuditIndex index = AuditIndex.BY_HOUR;
    String value = AuditTime.hourShard(place.hour(), place.shard());
    QueryRequest.Builder query =
        by(index, "#at BETWEEN :first AND :last")
            .expressionAttributeValues(
                Map.of(
                    ":hash", AttributeValue.fromS(value),
                    ":first", AttributeValue.fromS(AuditTime.at(period.since())),
                    ":last", AttributeValue.fromS(AuditTime.at(period.last()))));
    if (!attributes.isEmpty()) {
      project(query, index, attributes);
    }
    AuditSweep.Row after = place.after();
    if (after != null) {
      Position.RowKey row = new Position.RowKey(place.shard(), after.vendId(), after.kind());
      query.exclusiveStartKey(start(index, value, after.at(), row));
    }
    return query.build();
  }

  /** By placeholders, since some attributes have names that expressions reserve. */
  private static void project(QueryRequest.Builder query, AuditIndex index, Set<String> read) {
    Map<String, String> names = new HashMap<>(Map.of("#hash", index.hashKey(), "#at", "at"));
    List<String> placeholders = new ArrayList<>(List.of("pk", "sk", "#at"));
    for (String attribute : read) {
      String placeholder = "#" + attribute;
      names.put(placeholder, attribute);
      placeholders.add(placeholder);
    }
    query.expressionAttributeNames(names).projectionExpression(String.join(",", placeholders));
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
