package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.allowlist.AllowListException;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListEntries;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.AllowListPages.GrantKey;

/** Reads keys by the indexes, and the rows themselves by BatchGetItem. */
public final class DynamoAllowListEntries implements AllowListEntries {
  private final DynamoReads reads;
  private final DynamoGrantQueries queries;

  /**
   * The entries of a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   * @param again the time limit of a second try to read rows that were left unread
   */
  public DynamoAllowListEntries(DynamoDbClient client, String table, Duration again) {
    this.reads = new DynamoReads(client, table, again);
    this.queries = new DynamoGrantQueries(reads);
  }

  @Override
  public Keys keys(Selection of, @Nullable GrantKey after, int limit) throws AllowListException {
    QueryRequest.Builder query =
        switch (of) {
          case Selection.Listed(AllowListPages.Selection selection) ->
              queries.grants(selection, after);
          case Selection.OfAccount all -> queries.grants(new AllowListPages.Selection.All(), after);
        };
    QueryResponse answer = reads.ask(query.projectionExpression("pk, sk").limit(limit).build());
    List<GrantKey> keys = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    for (Map<String, AttributeValue> item : answer.items()) {
      Optional<GrantKey> key = DynamoGrantRow.keyOf(item);
      key.filter(k -> isOf(of, k)).ifPresent(keys::add);
      if (key.isEmpty() && of instanceof Selection.Listed) {
        unusable.add(
            "%s %s: grant row: its key names no caller and role"
                .formatted(DynamoItem.textOf(item, "pk"), DynamoItem.textOf(item, "sk")));
      }
    }
    return new Keys(keys, unusable, DynamoGrantQueries.last(answer));
  }

  private static boolean isOf(Selection of, GrantKey key) {
    return switch (of) {
      case Selection.Listed all -> true;
      case Selection.OfAccount(String account) -> key.role().account().equals(account);
    };
  }

  @Override
  public Entries of(Collection<GrantKey> keys) throws AllowListException {
    if (keys.size() > MAX_GRANTS) {
      throw new IllegalArgumentException("too many grants to be read at once");
    }
    Set<Map<String, AttributeValue>> wanted = new LinkedHashSet<>();
    wanted.add(DynamoVendingRow.KEY);
    keys.forEach(key -> wanted.add(DynamoClientRow.key(key.role().account())));
    keys.forEach(key -> wanted.add(DynamoHoldRow.key(key.role().account())));
    keys.forEach(key -> wanted.add(DynamoGrantRow.key(key.caller(), key.role())));
    var rows = rows(List.copyOf(wanted));
    Map<String, AllowList.Owner> owners = new HashMap<>();
    Map<GrantKey, Row<Stored<Grant>>> grants = new HashMap<>();
    for (GrantKey key : keys) {
      owners.computeIfAbsent(key.role().account(), account -> DynamoAllowList.owner(account, rows));
      var item = rows.getOrDefault(DynamoGrantRow.key(key.caller(), key.role()), Map.of());
      grants.put(key, DynamoGrantRow.read(key.caller(), key.role(), item));
    }
    return new Entries(
        DynamoVendingRow.read(rows.getOrDefault(DynamoVendingRow.KEY, Map.of())), owners, grants);
  }

  /** Side by side: up to 16 calls, which one after the other could outlast the function. */
  private Map<Map<String, AttributeValue>, Map<String, AttributeValue>> rows(
      List<Map<String, AttributeValue>> keys) throws AllowListException {
    List<Future<Map<Map<String, AttributeValue>, Map<String, AttributeValue>>>> parts =
        new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0; from < keys.size(); from += DynamoReads.MAX_KEYS) {
        var part = keys.subList(from, Math.min(from + DynamoReads.MAX_KEYS, keys.size()));
        parts.add(executor.submit(() -> reads.rows(part)));
      }
    }
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> rows = new HashMap<>();
    for (var part : parts) {
      try {
        rows.putAll(part.get());
      } catch (ExecutionException e) {
        throw new AllowListException("the allow-list was not read in full", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AllowListException("the allow-list was not read to its end", e);
      }
    }
    return rows;
  }
}
