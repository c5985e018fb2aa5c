package vended.allowlist.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.identity.AccountId;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Lists of the allow-list's table by its indexes, never by a scan. */
public final class DynamoAllowListPages implements AllowListPages {
  private static final String ACCOUNT_PREFIX = "account#";

  private final DynamoDbClient client;
  private final String table;

  /**
   * Lists of a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoAllowListPages(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Page<Client, String> clients(@Nullable String after, int limit) throws AllowListException {
    QueryRequest.Builder query =
        by("kind", DynamoClientRow.KIND).indexName(AllowListIndex.BY_KIND.indexName());
    if (after != null) {
      query.exclusiveStartKey(start(DynamoClientRow.key(after), DynamoClientRow.KIND));
    }
    QueryResponse answer = ask(query.limit(limit).build());
    List<Stored<Client>> rows = new ArrayList<>();
    List<String> corrupt = new ArrayList<>();
    for (Map<String, AttributeValue> item : answer.items()) {
      Row<Stored<Client>> row =
          account(item)
              .map(account -> DynamoClientRow.readStored(account, item))
              .orElseGet(() -> new Row.Corrupt<>("client row: pk names no account"));
      collect(row, item, rows, corrupt);
    }
    return new Page<>(rows, corrupt, last(answer, DynamoAllowListPages::account));
  }

  @Override
  public Page<Grant, GrantKey> grants(Selection of, @Nullable GrantKey after, int limit)
      throws AllowListException {
    QueryRequest.Builder query =
        switch (of) {
          case Selection.All all ->
              by("kind", DynamoGrantRow.KIND).indexName(AllowListIndex.BY_KIND.indexName());
          case Selection.OfRole(RoleArn role) ->
              by("sk", DynamoGrantRow.SORT_PREFIX + role.value())
                  .indexName(AllowListIndex.BY_ROLE.indexName());
          case Selection.OfCaller(CallerArn caller) -> ofCaller(caller).consistentRead(true);
        };
    if (after != null) {
      Map<String, AttributeValue> key = DynamoGrantRow.key(after.caller(), after.role());
      query.exclusiveStartKey(of instanceof Selection.All ? start(key, DynamoGrantRow.KIND) : key);
    }
    QueryResponse answer = ask(query.limit(limit).build());
    List<Stored<Grant>> rows = new ArrayList<>();
    List<String> corrupt = new ArrayList<>();
    for (Map<String, AttributeValue> item : answer.items()) {
      Row<Stored<Grant>> row =
          key(item)
              .map(key -> DynamoGrantRow.readKept(key.caller(), key.role(), item))
              .orElseGet(() -> new Row.Corrupt<>("grant row: its key names no caller and role"));
      collect(row, item, rows, corrupt);
    }
    return new Page<>(rows, corrupt, last(answer, DynamoAllowListPages::key));
  }

  @Override
  public boolean hasExternalId(String externalId) throws AllowListException {
    QueryRequest query =
        QueryRequest.builder()
            .tableName(table)
            .indexName(AllowListIndex.BY_KIND.indexName())
            .keyConditionExpression("#kind = :kind")
            .filterExpression("externalId = :externalId")
            .projectionExpression("pk")
            .expressionAttributeNames(Map.of("#kind", "kind"))
            .expressionAttributeValues(
                Map.of(
                    ":kind", AttributeValue.fromS(DynamoClientRow.KIND),
                    ":externalId", AttributeValue.fromS(externalId)))
            .build();
    try {
      return client.queryPaginator(query).items().stream().findAny().isPresent();
    } catch (RuntimeException e) {
      throw new AllowListException("the clients could not be read", e);
    }
  }

  private QueryRequest.Builder by(String attribute, String value) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("#hash = :hash")
        .expressionAttributeNames(Map.of("#hash", attribute))
        .expressionAttributeValues(Map.of(":hash", AttributeValue.fromS(value)));
  }

  /** A caller's partition has more than grants in it. */
  private QueryRequest.Builder ofCaller(CallerArn caller) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
        .expressionAttributeValues(
            Map.of(
                ":pk", DynamoGrantRow.partitionKey(caller),
                ":prefix", AttributeValue.fromS(DynamoGrantRow.SORT_PREFIX)));
  }

  private QueryResponse ask(QueryRequest query) throws AllowListException {
    try {
      return client.query(query);
    } catch (RuntimeException e) {
      throw new AllowListException("the list could not be read", e);
    }
  }

  /** The key of a row in the index by kind, where a page goes on after it. */
  private static Map<String, AttributeValue> start(Map<String, AttributeValue> key, String kind) {
    return DynamoItem.of(key, kind).attributes();
  }

  private static <T> void collect(
      Row<Stored<T>> row,
      Map<String, AttributeValue> item,
      List<Stored<T>> rows,
      List<String> corrupt) {
    switch (row) {
      case Row.Found<Stored<T>>(Stored<T> kept) -> rows.add(kept);
      case Row.Corrupt<Stored<T>>(String fault) ->
          corrupt.add(
              "%s %s: %s"
                  .formatted(DynamoItem.textOf(item, "pk"), DynamoItem.textOf(item, "sk"), fault));
      case Row.Missing<Stored<T>> missing -> {}
    }
  }

  private static <K> @Nullable K last(
      QueryResponse answer, Function<Map<String, AttributeValue>, Optional<K>> of)
      throws AllowListException {
    if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
      return null;
    }
    return of.apply(answer.lastEvaluatedKey())
        .orElseThrow(() -> new AllowListException("a page ends with a row of no sound key", null));
  }

  private static Optional<String> account(Map<String, AttributeValue> item) {
    String pk = DynamoItem.textOf(item, "pk");
    return after(ACCOUNT_PREFIX, pk).filter(AccountId::matches);
  }

  private static Optional<GrantKey> key(Map<String, AttributeValue> item) {
    Optional<CallerArn> caller =
        after(DynamoGrantRow.PARTITION_PREFIX, DynamoItem.textOf(item, "pk"))
            .flatMap(CallerArn::canonical);
    Optional<RoleArn> role =
        after(DynamoGrantRow.SORT_PREFIX, DynamoItem.textOf(item, "sk")).flatMap(RoleArn::parse);
    return caller.flatMap(who -> role.map(which -> new GrantKey(who, which)));
  }

  private static Optional<String> after(String prefix, @Nullable String text) {
    return text != null && text.startsWith(prefix)
        ? Optional.of(text.substring(prefix.length()))
        : Optional.empty();
  }
}
