package vended.dynamo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads rows by their keys with BatchGetItem, always strongly consistent. Under load, DynamoDB may
 * leave keys unread; they are requested again.
 *
 * @param client one whose calls end within a few seconds
 * @param table the table's name
 * @param tries how often unread keys are requested, the first time included
 * @param again the time limit of each try but the first; null for the client's own limit
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>
 */
public record DynamoBatch(
    DynamoDbClient client, String table, int tries, @Nullable Duration again) {
  /**
   * The rows that exist, by their keys, and no others.
   *
   * @param keys 1 to 100, with {@code pk} and {@code sk}, each once
   * @return empty if some stayed unread
   * @throws software.amazon.awssdk.core.exception.SdkException if a call failed
   */
  public Optional<Map<Map<String, AttributeValue>, Map<String, AttributeValue>>> get(
      List<Map<String, AttributeValue>> keys) {
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new LinkedHashMap<>();
    List<Map<String, AttributeValue>> unread = keys;
    for (int i = 0; i < tries; i++) {
      BatchGetItemResponse answer = client.batchGetItem(request(unread, i > 0));
      for (Map<String, AttributeValue> item : answer.responses().getOrDefault(table, List.of())) {
        found.putIfAbsent(key(item), item);
      }
      found.keySet().retainAll(keys);
      // The next request repeats our own keys, not UnprocessedKeys: a key that was altered there
      // would make a row look absent, and its ConsistentRead may differ from ours.
      unread = unread.stream().filter(key -> !found.containsKey(key)).toList();
      if (unread.isEmpty() || answer.unprocessedKeys().isEmpty()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private BatchGetItemRequest request(List<Map<String, AttributeValue>> keys, boolean isAgain) {
    BatchGetItemRequest.Builder request =
        BatchGetItemRequest.builder()
            .requestItems(
                Map.of(table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build()));
    if (isAgain && again != null) {
      request.overrideConfiguration(limits -> limits.apiCallTimeout(again));
    }
    return request.build();
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    AttributeValue pk = item.get("pk");
    AttributeValue sk = item.get("sk");
    return pk == null || sk == null ? Map.of() : Map.of("pk", pk, "sk", sk);
  }
}
