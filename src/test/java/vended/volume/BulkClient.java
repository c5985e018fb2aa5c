package vended.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What the audit log's adapter inserts, written 25 rows at a time: one call for each row would take
 * most of an hour for 31 days. Transactions go through as they are.
 */
final class BulkClient implements DynamoDbClient {
  /** DynamoDB's own limit of a BatchWriteItem. */
  private static final int BATCH = 25;

  /** How many batches may wait, so that the writer cannot run ahead of the memory. */
  private static final int MOST_WAITING = 64;

  private static final Pattern INSERT = Pattern.compile("INSERT INTO \"([^\"]+)\" VALUE \\{(.*)}");
  private static final Pattern NAME = Pattern.compile("'([^']+)': \\?");

  private final DynamoDbClient client;
  private final ExecutorService executor = Executors.newFixedThreadPool(4);
  private final List<Future<?>> waiting = new ArrayList<>();
  private List<WriteRequest> batch = new ArrayList<>();
  private String table = "";
  private long written;

  BulkClient(DynamoDbClient client) {
    this.client = client;
  }

  @Override
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    Matcher insert = INSERT.matcher(request.statement());
    if (!insert.matches()) {
      throw new IllegalArgumentException("not an insert: " + request.statement());
    }
    table = insert.group(1);
    Map<String, AttributeValue> item = item(insert.group(2), request.parameters());
    batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
    if (batch.size() == BATCH) {
      send();
    }
    return ExecuteStatementResponse.builder().build();
  }

  private static Map<String, AttributeValue> item(String names, List<AttributeValue> values) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    Matcher name = NAME.matcher(names);
    while (name.find()) {
      item.put(name.group(1), values.get(item.size()));
    }
    if (item.size() != values.size()) {
      throw new IllegalArgumentException("other names than values: " + names);
    }
    return item;
  }

  @Override
  public ExecuteTransactionResponse executeTransaction(ExecuteTransactionRequest request) {
    written += 1;
    return client.executeTransaction(request);
  }

  private void send() {
    List<WriteRequest> full = batch;
    batch = new ArrayList<>();
    written += full.size();
    waiting.add(
        executor.submit(
            () -> client.batchWriteItem(call -> call.requestItems(Map.of(table, full)))));
    if (waiting.size() >= MOST_WAITING) {
      await(waiting.removeFirst());
    }
  }

  /** Returns when everything is stored. */
  void flush() {
    if (!batch.isEmpty()) {
      send();
    }
    waiting.forEach(BulkClient::await);
    waiting.clear();
  }

  /** How many records were written. */
  long written() {
    return written;
  }

  private static void await(Future<?> write) {
    try {
      write.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("not written", e);
    }
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  /** Not the client, which has another owner. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
