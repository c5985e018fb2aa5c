package vended.audit.dynamo;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import vended.audit.AuditIndex;
import vended.audit.AuditTime;

/**
 * Finds out which hours have rows at all, by reading a small index to its end.
 *
 * @param client one whose calls end within a few seconds
 * @param table the audit table's name
 */
record DynamoHoursWithRows(DynamoDbClient client, String table) {
  /** A page is 1 MB of rows, which costs 128 read units, and some 500 vends. */
  static final int MAX_PAGES = 4;

  /**
   * All hours that have rows.
   *
   * @return empty if the index is larger, or could not be read: the hours are then asked for
   */
  Optional<NavigableSet<Instant>> find() {
    TreeSet<Instant> hours = new TreeSet<>();
    Map<String, AttributeValue> start = Map.of();
    try {
      for (int page = 0; page < MAX_PAGES; page++) {
        ScanResponse answer = page(start);
        answer.items().forEach(item -> add(hours, item));
        start = new HashMap<>(answer.lastEvaluatedKey());
        if (start.isEmpty()) {
          return Optional.of(Collections.unmodifiableNavigableSet(hours));
        }
      }
    } catch (SdkException e) {
      // Nothing depends on it, and what is wrong meets the next call too.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private ScanResponse page(Map<String, AttributeValue> start) {
    return client.scan(
        call ->
            call.tableName(table)
                .indexName(AuditIndex.BY_HOUR.indexName())
                .projectionExpression("#hash")
                .expressionAttributeNames(Map.of("#hash", AuditIndex.BY_HOUR.hashKey()))
                .exclusiveStartKey(start.isEmpty() ? null : start));
  }

  /** What is no shard of an hour is in no partition that a sweep reads. */
  private static void add(NavigableSet<Instant> hours, Map<String, AttributeValue> item) {
    AttributeValue value = item.get(AuditIndex.BY_HOUR.hashKey());
    if (value != null && value.s() != null) {
      AuditTime.parse(value.s().replaceFirst("#.*", "") + ":00:00Z").ifPresent(hours::add);
    }
  }
}
