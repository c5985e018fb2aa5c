package vended.fuzz.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** A table that answers every read with all its items, whatever was asked for. */
final class TableClient implements DynamoDbClient {
  final List<Map<String, AttributeValue>> items = new ArrayList<>();
  private final String table;

  TableClient(String table) {
    this.table = table;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return BatchGetItemResponse.builder()
        .responses(Map.of(table, items))
        .unprocessedKeys(Map.of())
        .build();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(
      Consumer<TransactWriteItemsRequest.Builder> request) {
    TransactWriteItemsRequest.Builder builder = TransactWriteItemsRequest.builder();
    request.accept(builder);
    builder.build().transactItems().forEach(write -> items.add(write.put().item()));
    return TransactWriteItemsResponse.builder().build();
  }
}
