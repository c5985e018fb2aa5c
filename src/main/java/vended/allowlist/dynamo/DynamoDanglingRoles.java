package vended.allowlist.dynamo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.DanglingRoles;
import vended.allowlist.Row;
import vended.dynamo.DynamoBatch;
import vended.identity.RoleArn;

/** Reads the clients of roles from DynamoDB, all at once. */
public final class DynamoDanglingRoles implements DanglingRoles {
  /** BatchGetItem's own limit. */
  private static final int MAX_KEYS = 100;

  /** For keys that the first read left unread. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final DynamoBatch batch;

  /**
   * Of the clients in a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoDanglingRoles(DynamoDbClient client, String table) {
    this.batch = new DynamoBatch(client, table, 2, AGAIN);
  }

  @Override
  public Set<RoleArn> among(Set<RoleArn> roles) throws AllowListException {
    List<Map<String, AttributeValue>> keys =
        roles.stream().map(RoleArn::account).distinct().map(DynamoClientRow::key).toList();
    Map<AttributeValue, Map<String, AttributeValue>> clients = new HashMap<>();
    for (int from = 0; from < keys.size(); from += MAX_KEYS) {
      for (var item : read(keys.subList(from, Math.min(from + MAX_KEYS, keys.size())))) {
        clients.put(item.get("pk"), item);
      }
    }
    return roles.stream()
        .filter(role -> dangles(role, clients.get(DynamoClientRow.key(role.account()).get("pk"))))
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys)
      throws AllowListException {
    Optional<List<Map<String, AttributeValue>>> items;
    try {
      items = batch.get(keys);
    } catch (RuntimeException e) {
      throw new AllowListException("the clients could not be read", e);
    }
    return items.orElseThrow(() -> new AllowListException("the clients were not all read", null));
  }

  private static boolean dangles(RoleArn role, @Nullable Map<String, AttributeValue> item) {
    return item == null
        || (DynamoClientRow.read(role.account(), item) instanceof Row.Found<Client>(Client client)
            && !client.roles().containsKey(role));
  }
}
