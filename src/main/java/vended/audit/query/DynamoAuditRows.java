package vended.audit.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.audit.AuditException;
import vended.audit.AuditIndex;
import vended.audit.AuditTime;

/**
 * Reads the audit table by its key and its indexes. Its role may query and get, and neither scan
 * nor write.
 */
public final class DynamoAuditRows implements AuditRows {
  /** More than a shard's even share of a step, so that one step is mostly enough. */
  private static final int SHARD_MARGIN = 8;

  private final DynamoDbClient client;
  private final String table;
  private final DynamoAuditLookup lookup;

  /**
   * Rows of a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoAuditRows(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
    this.lookup = new DynamoAuditLookup(client, table);
  }

  @Override
  public Slice read(AuditKey key, Period period, @Nullable Position from, int limit)
      throws AuditException {
    if (limit < 1 || limit > MAX_STEP) {
      throw new IllegalArgumentException("a step is of 1 to " + MAX_STEP + " rows");
    }
    if (period.isEmpty()) {
      return Slice.end();
    }
    return switch (key) {
      case AuditKey.OfVend(String vendId) -> vend(vendId, period, from, limit);
      case AuditKey.Indexed(AuditIndex index, String value) ->
          indexed(index, value, period, from, limit);
      case AuditKey.Hours hours -> hour(period, from, limit);
    };
  }

  @Override
  public Map<String, List<AuditRow>> ofVends(Collection<String> vendIds, Set<String> kinds)
      throws AuditException {
    return lookup.ofVends(vendIds, kinds);
  }

  /** A vend has a row of each kind at most, so all of them are read at once. */
  private Slice vend(String vendId, Period period, @Nullable Position from, int limit)
      throws AuditException {
    QueryRequest query =
        query()
            .consistentRead(true)
            .keyConditionExpression("pk = :pk")
            .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(vendId)))
            .build();
    String first = AuditTime.at(period.since());
    String end = AuditTime.at(period.until());
    List<AuditRow> rows =
        ask(query).items().stream()
            .map(item -> DynamoAuditRow.of(item, 0))
            .filter(row -> row.at().compareTo(first) >= 0 && row.at().compareTo(end) < 0)
            .sorted(
                Comparator.comparing(AuditRow::at)
                    .reversed()
                    // The later of two rows of one moment is the one that sorts later.
                    .thenComparing(AuditRow::kind, Comparator.reverseOrder()))
            .dropWhile(row -> from != null && !isBehind(row, from))
            .toList();
    return rows.size() <= limit
        ? new Slice(rows, null)
        : new Slice(rows.subList(0, limit), Position.behind(rows.get(limit - 1)));
  }

  private static boolean isBehind(AuditRow row, Position from) {
    int order = row.at().compareTo(from.at());
    return order < 0
        || (order == 0 && from.row() != null && row.kind().compareTo(from.row().kind()) < 0);
  }

  private Slice indexed(
      AuditIndex index, String value, Period period, @Nullable Position from, int limit)
      throws AuditException {
    QueryRequest.Builder query =
        query()
            .indexName(index.indexName())
            .scanIndexForward(false)
            .keyConditionExpression("#hash = :hash AND #at BETWEEN :first AND :last")
            .expressionAttributeNames(Map.of("#hash", index.hashKey(), "#at", "at"))
            .expressionAttributeValues(
                Map.of(
                    ":hash", AttributeValue.fromS(value),
                    ":first", AttributeValue.fromS(AuditTime.at(period.since())),
                    ":last", AttributeValue.fromS(AuditTime.at(period.last()))))
            .limit(limit);
    if (from != null && from.row() != null) {
      query.exclusiveStartKey(start(index, value, from.at(), from.row()));
    }
    QueryResponse answer = ask(query.build());
    List<AuditRow> rows = answer.items().stream().map(item -> DynamoAuditRow.of(item, 0)).toList();
    return new Slice(rows, hasMore(answer) ? Position.behind(rows.getLast()) : null);
  }

  /**
   * The newest hour that is not read to its end. Its shards are merged by the time of their rows;
   * of one millisecond, shard by shard. So one row tells for each of the shards how far it is read.
   */
  private Slice hour(Period period, @Nullable Position from, int limit) throws AuditException {
    Instant newest = from == null ? period.last() : last(from);
    Instant hour = newest.truncatedTo(ChronoUnit.HOURS);
    if (newest.isBefore(period.since())) {
      return Slice.end();
    }
    List<HourShard> shards = new ArrayList<>();
    String first = AuditTime.at(period.since());
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<QueryResponse>> answers = new ArrayList<>();
      for (int shard = 0; shard < AuditTime.SHARDS; shard++) {
        QueryRequest query = shard(hour, shard, period, from, limit);
        answers.add(executor.submit(() -> client.query(query)));
      }
      for (int shard = 0; shard < AuditTime.SHARDS; shard++) {
        QueryResponse answer = await(answers.get(shard));
        int number = shard;
        List<AuditRow> rows =
            answer.items().stream().map(item -> DynamoAuditRow.of(item, number)).toList();
        shards.add(new HourShard(rows, hasMore(answer)).since(first));
      }
    }
    return HourShard.merge(shards, limit, hour.isAfter(period.since()) ? hour : null);
  }

  /** The last moment that may still be read. */
  private static Instant last(Position from) {
    Instant at = Instant.parse(from.at());
    return from.row() == null ? at.minusMillis(1) : at;
  }

  private QueryRequest shard(
      Instant hour, int shard, Period period, @Nullable Position from, int limit) {
    AuditIndex index = AuditIndex.BY_HOUR;
    String value = AuditTime.hourShard(hour, shard);
    Position.Row row = from == null ? null : from.row();
    boolean inclusive = row != null && shard >= row.shard();
    QueryRequest.Builder query =
        query()
            .indexName(index.indexName())
            .scanIndexForward(false)
            .keyConditionExpression("#hash = :hash AND #at " + (inclusive ? "<=" : "<") + " :at")
            .expressionAttributeNames(Map.of("#hash", index.hashKey(), "#at", "at"))
            .expressionAttributeValues(
                Map.of(
                    ":hash", AttributeValue.fromS(value),
                    ":at",
                        AttributeValue.fromS(
                            from == null ? AuditTime.at(period.until()) : from.at())))
            .limit(limit / AuditTime.SHARDS + SHARD_MARGIN);
    if (from != null && row != null && shard == row.shard()) {
      query.exclusiveStartKey(start(index, value, from.at(), row));
    }
    return query.build();
  }

  private static Map<String, AttributeValue> start(
      AuditIndex index, String value, String at, Position.Row row) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    key.put(index.hashKey(), AttributeValue.fromS(value));
    key.put("at", AttributeValue.fromS(at));
    key.put("pk", AttributeValue.fromS(row.vendId()));
    key.put("sk", AttributeValue.fromS(row.kind()));
    return key;
  }

  private QueryRequest.Builder query() {
    return QueryRequest.builder().tableName(table);
  }

  static boolean hasMore(QueryResponse answer) {
    return answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty();
  }

  private QueryResponse ask(QueryRequest query) throws AuditException {
    try {
      return client.query(query);
    } catch (SdkException e) {
      throw new AuditException("the audit could not be read", e);
    }
  }

  private static QueryResponse await(Future<QueryResponse> answer) throws AuditException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new AuditException("the audit could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("the audit was not read to its end", e);
    }
  }
}
