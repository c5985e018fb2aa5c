package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientNames;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowListPages;
import vended.identity.RoleArn;

/** Reads lists from the allow-list's table by its indexes, never with a scan. */
public final class DynamoAllowListPages implements AllowListPages {
  private final DynamoReads reads;
  private final DynamoGrantQueries queries;

  /**
   * The lists in a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   * @param again the time limit of a second try to read rows that were left unread
   */
  public DynamoAllowListPages(DynamoDbClient client, String table, Duration again) {
    this.reads = new DynamoReads(client, table, again);
    this.queries = new DynamoGrantQueries(reads);
  }

  @Override
  public Page<Client, String> clients(@Nullable String after, int limit) throws AllowListException {
    QueryRequest.Builder query = queries.by(AllowListIndex.BY_KIND, DynamoClientRow.KIND);
    if (after != null) {
      query.exclusiveStartKey(
          DynamoGrantQueries.start(DynamoClientRow.key(after), DynamoClientRow.KIND));
    }
    QueryResponse answer = reads.ask(query.limit(limit).build());
    return page(answer, DynamoClientRow::readStored, DynamoClientRow::account);
  }

  @Override
  public Page<Grant, GrantKey> grants(Selection of, @Nullable GrantKey after, int limit)
      throws AllowListException {
    QueryResponse answer = reads.ask(queries.grants(of, after).limit(limit).build());
    return page(answer, DynamoGrantRow::read, DynamoGrantRow::keyOf);
  }

  private static <T, K> Page<T, K> page(
      QueryResponse answer,
      Function<Map<String, AttributeValue>, Row<Stored<T>>> read,
      Function<Map<String, AttributeValue>, Optional<K>> keyOf)
      throws AllowListException {
    List<Stored<T>> rows = new ArrayList<>();
    List<String> corrupt = new ArrayList<>();
    for (Map<String, AttributeValue> item : answer.items()) {
      switch (read.apply(item)) {
        case Row.Found<Stored<T>>(Stored<T> stored) -> rows.add(stored);
        case Row.Corrupt<Stored<T>>(String fault) ->
            corrupt.add(
                "%s %s: %s"
                    .formatted(
                        DynamoItem.textOf(item, "pk"), DynamoItem.textOf(item, "sk"), fault));
        case Row.Missing<Stored<T>> missing -> {}
      }
    }
    if (answer.lastEvaluatedKey().isEmpty()) {
      return new Page<>(rows, corrupt, null);
    }
    K last =
        keyOf
            .apply(answer.lastEvaluatedKey())
            .orElseThrow(() -> new AllowListException("a page ends with an invalid key", null));
    return new Page<>(rows, corrupt, last);
  }

  @Override
  public ClientNames clientNames() throws AllowListException {
    QueryRequest query =
        queries
            .by(AllowListIndex.BY_KIND, DynamoClientRow.KIND)
            .projectionExpression("pk, #name")
            .expressionAttributeNames(
                Map.of("#hash", AllowListIndex.BY_KIND.hashKey(), "#name", "name"))
            .build();
    return DynamoReads.called(
        () ->
            new ClientNames(
                reads.client().queryPaginator(query).items().stream()
                    .flatMap(item -> named(item).stream())
                    .toList()));
  }

  private static Optional<ClientNames.Named> named(Map<String, AttributeValue> item) {
    return DynamoClientRow.account(item)
        .map(
            account ->
                new ClientNames.Named(
                    account, Objects.requireNonNullElse(DynamoItem.textOf(item, "name"), "")));
  }

  @Override
  public boolean hasExternalId(String externalId) throws AllowListException {
    QueryRequest query =
        queries
            .by(AllowListIndex.BY_KIND, DynamoClientRow.KIND)
            .filterExpression("externalId = :externalId")
            .projectionExpression("pk")
            .expressionAttributeValues(
                Map.of(
                    ":hash", AttributeValue.fromS(DynamoClientRow.KIND),
                    ":externalId", AttributeValue.fromS(externalId)))
            .build();
    return DynamoReads.called(
        () -> reads.client().queryPaginator(query).items().stream().findAny().isPresent());
  }

  @Override
  public Set<RoleArn> dangling(Set<RoleArn> roles) throws AllowListException {
    List<Map<String, AttributeValue>> keys =
        roles.stream().map(RoleArn::account).distinct().map(DynamoClientRow::key).toList();
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> clients = new HashMap<>();
    for (int from = 0; from < keys.size(); from += DynamoReads.MAX_KEYS) {
      int to = Math.min(from + DynamoReads.MAX_KEYS, keys.size());
      clients.putAll(reads.rows(keys.subList(from, to)));
    }
    return roles.stream()
        .filter(
            role -> {
              var item = clients.getOrDefault(DynamoClientRow.key(role.account()), Map.of());
              return switch (DynamoClientRow.read(role.account(), item)) {
                case Row.Missing<Client> missing -> true;
                case Row.Found<Client>(Client client) -> !client.roles().containsKey(role);
                case Row.Corrupt<Client> corrupt -> false;
              };
            })
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Map<String, Row<Stored<Hold>>> holds() throws AllowListException {
    return byAccount(DynamoHoldRow.KIND, DynamoHoldRow::account, DynamoHoldRow::readStored);
  }

  @Override
  public Map<String, Row<Stored<Rotation>>> rotations() throws AllowListException {
    return byAccount(
        DynamoRotationRow.KIND, DynamoClientRow::account, DynamoRotationRow::readStored);
  }

  private <T> Map<String, Row<Stored<T>>> byAccount(
      String kind,
      Function<Map<String, AttributeValue>, Optional<String>> accountOf,
      BiFunction<String, Map<String, AttributeValue>, Row<Stored<T>>> read)
      throws AllowListException {
    QueryRequest query = queries.by(AllowListIndex.BY_KIND, kind).build();
    Map<String, Row<Stored<T>>> rows = new TreeMap<>();
    return DynamoReads.called(
        () -> {
          for (Map<String, AttributeValue> item : reads.client().queryPaginator(query).items()) {
            accountOf
                .apply(item)
                .ifPresent(account -> rows.put(account, read.apply(account, item)));
          }
          return rows;
        });
  }

  @Override
  public Row<Stored<Vending>> vendingSwitch() throws AllowListException {
    return DynamoVendingRow.read(reads.row(DynamoVendingRow.KEY));
  }
}
