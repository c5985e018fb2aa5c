package vended.audit.dynamo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import vended.audit.AuditException;
import vended.audit.query.LastUse;

/**
 * Finds the last use of a pair by {@link vended.audit.AuditIndex#BY_SESSION}: one short query,
 * unless other callers with the same name use the same role. Then the caller's own rows are read in
 * turn with these, and whichever way ends first has the answer.
 */
public final class DynamoLastUse implements LastUse {
  /** Fewer than the 50 connections that the client opens. */
  private static final int AT_ONCE = 40;

  /** The most rows of one way; they take some seconds to read. */
  private static final int MAX_ROWS = 10_000;

  private final DynamoDbClient client;
  private final String table;
  private final Clock clock;

  /**
   * Last uses in a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoLastUse(DynamoDbClient client, String table, Clock clock) {
    this.client = client;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public Map<Pair, Use> before(Collection<Pair> pairs, Instant until, Duration within)
      throws AuditException {
    Instant end = clock.instant().plus(within);
    Set<Pair> distinct = new LinkedHashSet<>(pairs);
    Semaphore free = new Semaphore(AT_ONCE);
    Map<Pair, Future<@Nullable Use>> found = new LinkedHashMap<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Pair pair : distinct) {
        found.put(pair, executor.submit(() -> lookUp(pair, until, end, free)));
      }
    }
    return known(found);
  }

  /** Null if there was no time. */
  private @Nullable Use lookUp(Pair pair, Instant until, Instant end, Semaphore free)
      throws InterruptedException {
    free.acquire();
    try {
      return lookUp(pair, until, end);
    } finally {
      free.release();
    }
  }

  private @Nullable Use lookUp(Pair pair, Instant until, Instant end) {
    DynamoUseWalk sessions = DynamoUseWalk.bySession(table, pair, until);
    DynamoUseWalk calls = DynamoUseWalk.byCaller(table, pair, until);
    DynamoUseWalk walk = sessions;
    while (clock.instant().isBefore(end)) {
      if (walk.rows() >= MAX_ROWS) {
        Instant one = sessions.reached();
        Instant other = calls.reached();
        return new Use.NotSince(one.isBefore(other) ? one : other);
      }
      Use use = walk.next(client);
      if (use != null) {
        return use;
      }
      walk = walk == sessions ? calls : sessions;
    }
    return null;
  }

  private static Map<Pair, Use> known(Map<Pair, Future<@Nullable Use>> found)
      throws AuditException {
    Map<Pair, Use> known = new HashMap<>();
    Throwable fault = null;
    for (Map.Entry<Pair, Future<@Nullable Use>> one : found.entrySet()) {
      try {
        Use use = one.getValue().get();
        if (use != null) {
          known.put(one.getKey(), use);
        }
      } catch (ExecutionException e) {
        fault = e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AuditException("last uses were not read to their end", e);
      }
    }
    if (known.isEmpty() && !found.isEmpty()) {
      throw new AuditException("no last use could be read", fault);
    }
    return known;
  }
}
