package vended.audit.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.audit.AuditIndex;
import vended.audit.AuditTime;
import vended.audit.Outcome;
import vended.audit.VendId;
import vended.audit.query.LastUse.Pair;
import vended.audit.query.LastUse.Use;
import vended.audit.query.Period;

/** One way to a pair's last use: through an index, from the newest row to the oldest. */
final class DynamoUseWalk {
  /** The first page is short: nearly always, the newest rows are of the pair. */
  private static final int FIRST_ROWS = 20;

  private static final int ROWS = 1000;

  /** An outcome is recorded within the 15 s of the function. */
  private static final Duration LATEST_OUTCOME = Duration.ofMinutes(1);

  private final QueryRequest query;
  private final Pair pair;
  private final String end;
  private Map<String, AttributeValue> start = Map.of();
  private int rows;
  private Instant reached;

  private DynamoUseWalk(QueryRequest query, Pair pair, Instant until) {
    this.query = query;
    this.pair = pair;
    this.end = VendId.least(until).value();
    this.reached = until;
  }

  /** Through the role's sessions of all callers with this name, which others may share. */
  static DynamoUseWalk bySession(String table, Pair pair, Instant until) {
    String prefix = VendId.sessionPrefix(pair.caller().name());
    return new DynamoUseWalk(
        by(table, AuditIndex.BY_SESSION)
            .keyConditionExpression("#hash = :hash AND #range BETWEEN :first AND :last")
            .expressionAttributeValues(
                Map.of(
                    ":hash", AttributeValue.fromS(pair.role().value()),
                    ":first", AttributeValue.fromS(prefix + VendId.least(Period.FIRST).value()),
                    ":last", AttributeValue.fromS(prefix + VendId.least(until).value())))
            .build(),
        pair,
        until);
  }

  /** Through everything that the caller did. */
  static DynamoUseWalk byCaller(String table, Pair pair, Instant until) {
    Instant last = until.isBefore(Period.END) ? until.plus(LATEST_OUTCOME) : until;
    return new DynamoUseWalk(
        by(table, AuditIndex.BY_CALLER)
            .keyConditionExpression("#hash = :hash AND #range <= :last")
            .filterExpression("roleArn = :role AND outcome = :granted")
            .expressionAttributeValues(
                Map.of(
                    ":hash", AttributeValue.fromS(pair.caller().value()),
                    ":last", AttributeValue.fromS(AuditTime.at(last)),
                    ":role", AttributeValue.fromS(pair.role().value()),
                    ":granted", AttributeValue.fromS(Outcome.GRANTED.code())))
            .build(),
        pair,
        until);
  }

  private static QueryRequest.Builder by(String table, AuditIndex index) {
    return QueryRequest.builder()
        .tableName(table)
        .indexName(index.indexName())
        .scanIndexForward(false)
        .expressionAttributeNames(Map.of("#hash", index.hashKey(), "#range", index.rangeKey()));
  }

  /** How many rows were read. */
  int rows() {
    return rows;
  }

  /** The pair was not used after this, as far as this walk went. */
  Instant reached() {
    return reached;
  }

  /**
   * Reads a page.
   *
   * @return the last use, or that there is none; null if more rows follow
   */
  @Nullable Use next(DynamoDbClient client) {
    QueryResponse answer =
        client.query(
            query.toBuilder()
                .exclusiveStartKey(start.isEmpty() ? null : start)
                .limit(rows == 0 ? FIRST_ROWS : ROWS)
                .build());
    for (Map<String, AttributeValue> item : answer.items()) {
      Optional<Instant> at = AuditTime.parse(text(item, "at"));
      if (isUse(item) && at.isPresent()) {
        return new Use.Used(at.get());
      }
    }
    rows += answer.scannedCount();
    start = new HashMap<>(answer.lastEvaluatedKey());
    if (start.isEmpty()) {
      return new Use.Never();
    }
    // Vends behind this row began no later: by the time of their records, or by that in their IDs.
    AuditTime.parse(text(start, "at"))
        .or(() -> VendId.parse(text(start, "pk")).map(VendId::time))
        .ifPresent(time -> reached = time);
    return null;
  }

  /** Exactly this caller's: others can have its name, or one that begins like it. */
  private boolean isUse(Map<String, AttributeValue> item) {
    String vendId = text(item, "pk");
    return pair.caller().value().equals(text(item, "caller"))
        && Outcome.GRANTED.code().equals(text(item, "outcome"))
        && vendId != null
        && vendId.compareTo(end) < 0;
  }

  private static @Nullable String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }
}
