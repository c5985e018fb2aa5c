package vended.audit.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** How many statements {@link #back} sends: for a day. */
  private static final int SIDE_BY_SIDE = 24 / HOURS;

  private static final Duration HINT = Duration.ofSeconds(1);

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
    return areEmpty(newest, hours, null);
  }

  private boolean areEmpty(Instant newest, int hours, @Nullable Duration most) {
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
      return areEmpty(statement, values, most);
    } catch (DynamoDbException e) {
      if (e.isThrottlingException() || e.statusCode() >= 500) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Goes back from an hour that is empty over those before it that are too, a day at most. This
   * only saves calls: it ends within a second or so, and where a statement fails, the hours are not
   * taken for empty.
   *
   * @param hour an hour that is empty
   * @param first the first hour that counts
   * @return the oldest of the hours in a row that are empty
   */
  Instant back(Instant hour, Instant first) {
    record Stretch(Instant oldest, Future<Boolean> isEmpty) {}
    List<Stretch> stretches = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Instant newest = hour.minus(Duration.ofHours(1));
      while (!newest.isBefore(first) && stretches.size() < SIDE_BY_SIDE) {
        Instant from = newest;
        int count = (int) Math.min(HOURS, Duration.between(first, newest).toHours() + 1);
        Instant oldest = newest.minus(Duration.ofHours(count - 1L));
        stretches.add(new Stretch(oldest, executor.submit(() -> areEmpty(from, count, HINT))));
        newest = oldest.minus(Duration.ofHours(1));
      }
    }
    Instant reached = hour;
    for (Stretch stretch : stretches) {
      if (stretch.isEmpty().state() != Future.State.SUCCESS || !stretch.isEmpty().resultNow()) {
        break;
      }
      reached = stretch.oldest();
    }
    return reached;
  }

  private boolean areEmpty(String statement, List<AttributeValue> values, @Nullable Duration most) {
    @Nullable String next = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      String token = next;
      ExecuteStatementResponse answer =
          client.executeStatement(
              call ->
                  call.statement(statement)
                      .parameters(values)
                      .nextToken(token)
                      .overrideConfiguration(limit -> limit.apiCallTimeout(most)));
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
