package vended.audit.dynamo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;

/** Reads the audit table by its key and its indexes. Never scans, and never writes. */
public final class DynamoAuditRows implements AuditRows {
  /** Of two rows of a vend with the same time, the later kind is the later row. */
  private static final Comparator<AuditRow> OLDEST_FIRST =
      Comparator.comparing(AuditRow::at)
          .thenComparing(AuditRow::vendId)
          .thenComparing(AuditRow::kind);

  private final DynamoDbClient client;
  private final DynamoAuditQueries queries;
  private final DynamoAuditLookup lookup;
  private final DynamoEmptyHours emptyHours;

  /**
   * Rows of a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoAuditRows(DynamoDbClient client, String table) {
    this.client = client;
    this.queries = new DynamoAuditQueries(table);
    this.lookup = new DynamoAuditLookup(client, table);
    this.emptyHours = new DynamoEmptyHours(client, table);
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
      case AuditKey.OfVends(List<String> vendIds) -> vends(vendIds, period, from, limit);
      case AuditKey.Indexed indexed ->
          indexed.values().size() == 1
              ? indexed(
                  queries.indexed(
                      indexed.index(), indexed.values().getFirst(), period, from, limit))
              : PartRows.merge(
                  parts(queries.indexed(indexed, period, from, limit), period), limit, null);
      case AuditKey.Hours hours -> hour(period, from, limit);
    };
  }

  @Override
  public Map<String, List<AuditRow>> ofVends(Collection<String> vendIds, Set<String> kinds)
      throws AuditException {
    return lookup.ofVends(vendIds, kinds);
  }

  private Slice vends(List<String> vendIds, Period period, @Nullable Position from, int limit)
      throws AuditException {
    String first = AuditTime.at(period.since());
    String end = AuditTime.at(period.until());
    List<AuditRow> rows =
        ask(vendIds.stream().map(queries::vend).toList()).stream()
            .flatMap(answer -> rows(answer, 0).stream())
            .filter(row -> row.at().compareTo(first) >= 0 && row.at().compareTo(end) < 0)
            .sorted(OLDEST_FIRST.reversed())
            .dropWhile(row -> from != null && !isBehind(row, from))
            .toList();
    return rows.size() <= limit
        ? new Slice(rows, null)
        : new Slice(rows.subList(0, limit), Position.after(rows.get(limit - 1)));
  }

  private static boolean isBehind(AuditRow row, Position from) {
    Position.RowKey last = from.row();
    return last == null
        ? row.at().compareTo(from.at()) < 0
        : OLDEST_FIRST.compare(
                row, new AuditRow(last.vendId(), last.kind(), from.at(), 0, Map.of()))
            < 0;
  }

  private Slice indexed(QueryRequest query) throws AuditException {
    QueryResponse answer = ask(query);
    List<AuditRow> rows = rows(answer, 0);
    return new Slice(rows, hasMore(answer) ? Position.after(rows.getLast()) : null);
  }

  /** Reads from the newest hour that has rows left. */
  private Slice hour(Period period, @Nullable Position from, int limit) throws AuditException {
    Instant newest = from == null ? period.last() : last(from);
    if (newest.isBefore(period.since())) {
      return Slice.end();
    }
    Instant hour = newest.truncatedTo(ChronoUnit.HOURS);
    Slice slice =
        PartRows.merge(
            parts(queries.shards(hour, period, from, limit), period), limit, older(hour, period));
    if (!slice.rows().isEmpty() || slice.next() == null) {
      return slice;
    }
    Instant empty = emptyHours.back(hour, period.since().truncatedTo(ChronoUnit.HOURS));
    Instant older = older(empty, period);
    return older == null ? Slice.end() : new Slice(List.of(), Position.before(older));
  }

  /** The hour itself if there is an older one to read, otherwise null. */
  private static @Nullable Instant older(Instant hour, Period period) {
    return hour.isAfter(period.since()) ? hour : null;
  }

  /** Reads partitions side by side. */
  private List<PartRows> parts(List<QueryRequest> queries, Period period) throws AuditException {
    String first = AuditTime.at(period.since());
    List<QueryResponse> answers = ask(queries);
    return IntStream.range(0, answers.size())
        .mapToObj(
            part ->
                new PartRows(rows(answers.get(part), part), hasMore(answers.get(part)))
                    .since(first))
        .toList();
  }

  private List<QueryResponse> ask(List<QueryRequest> queries) throws AuditException {
    List<QueryResponse> answers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<QueryResponse>> futures =
          queries.stream().map(query -> executor.submit(() -> client.query(query))).toList();
      for (Future<QueryResponse> future : futures) {
        answers.add(await(future));
      }
    }
    return answers;
  }

  /** The latest time that is still to be read. */
  private static Instant last(Position from) {
    Instant at = Instant.parse(from.at());
    return from.row() == null ? at.minusMillis(1) : at;
  }

  private static List<AuditRow> rows(QueryResponse answer, int shard) {
    return answer.items().stream().map(item -> DynamoAuditRow.of(item, shard)).toList();
  }

  private static boolean hasMore(QueryResponse answer) {
    return answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty();
  }

  private QueryResponse ask(QueryRequest query) throws AuditException {
    try {
      return client.query(query);
    } catch (RuntimeException e) {
      throw new AuditException("the audit could not be read", e);
    }
  }

  private static QueryResponse await(Future<QueryResponse> answer) throws AuditException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new AuditException("the audit could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("the audit was not read to its end", e);
    }
  }
}
