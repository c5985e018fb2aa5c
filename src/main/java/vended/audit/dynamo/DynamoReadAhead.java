package vended.audit.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditSweep;
import vended.audit.query.AuditSweep.Place;
import vended.audit.query.Period;

/**
 * Reads the shards of a sweep in their order, with the next calls under way. After an hour without
 * rows it asks whether the next hours are empty, too, before it reads them; after a day without
 * rows, once, which hours of all have any.
 */
final class DynamoReadAhead {
  /**
   * How many calls are under way, or answered and waiting. Each answer has at most 1 MB. There can
   * be twice as many where hours turn out not to be empty.
   */
  private static final int MOST = 16;

  /** So many statements in a row that find no row are a day. */
  private static final int QUIET = 4;

  private final ExecutorService executor;
  private final DynamoDbClient client;
  private final DynamoAuditQueries queries;
  private final DynamoEmptyHours emptyHours;
  private final DynamoHoursWithRows hoursWithRows;
  private final Period period;
  private final Set<String> attributes;
  private final Deque<Call> calls = new ArrayDeque<>();
  private @Nullable Place unplanned;
  private int emptyShards;
  private int emptyAnswers;
  private boolean hasLooked;

  /** All hours that have rows, if that is known: then no others are read. */
  private @Nullable NavigableSet<Instant> known;

  /**
   * Nothing is read yet.
   *
   * @param attributes those to read besides the keys and the time; empty for all
   * @param from where to start; null for the end of the period
   */
  DynamoReadAhead(
      ExecutorService executor,
      DynamoDbClient client,
      String table,
      Period period,
      Set<String> attributes,
      @Nullable Place from) {
    this.executor = executor;
    this.client = client;
    this.queries = new DynamoAuditQueries(table);
    this.emptyHours = new DynamoEmptyHours(client, table);
    this.hoursWithRows = new DynamoHoursWithRows(client, table);
    this.period = period;
    this.attributes = attributes;
    this.unplanned = from == null ? new Place(hour(period.last()), 0, null) : from;
  }

  /** Rows, and where those after them start; null at the end. */
  record Step(List<AuditRow> rows, @Nullable Place next) {}

  private sealed interface Call {
    /** Null if there is nothing to wait for. */
    @Nullable DynamoCall<?> answer();
  }

  /** The rows from a place to the end of its shard, or of 1 MB. */
  private record Shard(Place place, DynamoCall<QueryResponse> answer) implements Call {}

  /** Whether hours are empty, going back from the newest. */
  private record Hours(Instant newest, int count, DynamoCall<Boolean> answer) implements Call {}

  /** Hours that are known to be empty. */
  private record Skipped(@Nullable Place next) implements Call {
    @Override
    public @Nullable DynamoCall<?> answer() {
      return null;
    }
  }

  /** The next rows, or none of hours that are empty; null at the end. */
  @Nullable Step next() throws AuditException {
    while (true) {
      plan();
      calls.stream().limit(MOST).forEach(this::start);
      switch (calls.poll()) {
        case null -> {
          return null;
        }
        case Shard(Place place, DynamoCall<QueryResponse> answer) -> {
          return page(place, answer.await());
        }
        case Skipped(Place next) -> {
          return new Step(List.of(), next);
        }
        case Hours(Instant newest, int count, DynamoCall<Boolean> answer) -> {
          if (answer.await()) {
            lookOnce();
            return new Step(List.of(), before(newest.minus(Duration.ofHours(count - 1L))));
          }
          emptyShards = 0;
          emptyAnswers = 0;
          readFirst(newest, count);
        }
      }
    }
  }

  /** After a day without rows, asks which hours have any, unless all that is left is planned. */
  private void lookOnce() {
    emptyAnswers++;
    if (emptyAnswers >= QUIET && !hasLooked && unplanned != null) {
      hasLooked = true;
      known = hoursWithRows.find().orElse(null);
    }
  }

  private void start(Call call) {
    DynamoCall<?> answer = call.answer();
    if (answer != null) {
      answer.start(executor);
    }
  }

  private Step page(Place place, QueryResponse answer) {
    List<AuditRow> rows =
        answer.items().stream().map(item -> DynamoAuditRow.of(item, place.shard())).toList();
    boolean isEmpty = rows.isEmpty() && place.after() == null;
    emptyShards = isEmpty ? emptyShards + 1 : 0;
    emptyAnswers = isEmpty ? emptyAnswers : 0;
    if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
      return new Step(rows, following(place));
    }
    Place next = AuditSweep.after(place.hour(), rows.getLast());
    Shard more = shard(next);
    more.answer().start(executor);
    calls.addFirst(more);
    return new Step(rows, next);
  }

  /** Reads hours, which are not empty, before what is planned. */
  private void readFirst(Instant newest, int count) {
    for (int hour = count - 1; hour >= 0; hour--) {
      for (int shard = AuditTime.SHARDS - 1; shard >= 0; shard--) {
        calls.addFirst(shard(new Place(newest.minus(Duration.ofHours(hour)), shard, null)));
      }
    }
  }

  private void plan() {
    while (unplanned != null && calls.size() < MOST) {
      boolean isWholeHour = unplanned.shard() == 0 && unplanned.after() == null;
      if (isWholeHour && known != null && !known.contains(unplanned.hour())) {
        unplanned = newest(known.lower(unplanned.hour()));
        calls.add(new Skipped(unplanned));
      } else if (isWholeHour && known == null && emptyShards >= AuditTime.SHARDS) {
        if (!hasLooked && calls.stream().filter(Hours.class::isInstance).count() >= QUIET) {
          return;
        }
        Hours hours = hours(unplanned.hour());
        calls.add(hours);
        unplanned = before(hours.newest().minus(Duration.ofHours(hours.count() - 1L)));
      } else {
        calls.add(shard(unplanned));
        unplanned = following(unplanned);
      }
    }
  }

  /** The first place of an hour, if it belongs to the period. */
  private @Nullable Place newest(@Nullable Instant hour) {
    return hour == null || hour.isBefore(hour(period.since())) ? null : new Place(hour, 0, null);
  }

  private Hours hours(Instant newest) {
    long left = Duration.between(hour(period.since()), newest).toHours() + 1;
    int count = (int) Math.min(left, DynamoEmptyHours.HOURS);
    return new Hours(newest, count, new DynamoCall<>(() -> emptyHours.areEmpty(newest, count)));
  }

  private Shard shard(Place place) {
    var query = queries.sweep(place, period, attributes);
    return new Shard(place, new DynamoCall<>(() -> client.query(query)));
  }

  private @Nullable Place following(Place place) {
    return place.shard() + 1 < AuditTime.SHARDS
        ? new Place(place.hour(), place.shard() + 1, null)
        : before(place.hour());
  }

  /** The first place of the hour before. */
  private @Nullable Place before(Instant hour) {
    return hour.isAfter(period.since())
        ? new Place(hour.minus(Duration.ofHours(1)), 0, null)
        : null;
  }

  private static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }
}
