package vended.audit.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** Makes DynamoDB return the cost of each call by index, and adds it up. */
public final class Meter implements ExecutionInterceptor {
  private final List<String> operations = new ArrayList<>();
  private final Map<String, Double> units = new LinkedHashMap<>();

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return switch (context.request()) {
      case QueryRequest query ->
          query.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.INDEXES).build();
      case BatchGetItemRequest get ->
          get.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.INDEXES).build();
      case GetItemRequest get ->
          get.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.INDEXES).build();
      case ExecuteStatementRequest statement ->
          statement.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.INDEXES).build();
      default -> context.request();
    };
  }

  @Override
  public synchronized void afterExecution(
      Context.AfterExecution context, ExecutionAttributes attributes) {
    operations.add(context.request().getClass().getSimpleName().replace("Request", ""));
    SdkResponse answer = context.response();
    switch (answer) {
      case QueryResponse query -> add(query.consumedCapacity());
      case BatchGetItemResponse get -> get.consumedCapacity().forEach(this::add);
      case GetItemResponse get -> add(get.consumedCapacity());
      case ExecuteStatementResponse statement -> add(statement.consumedCapacity());
      default -> {}
    }
  }

  private void add(@Nullable ConsumedCapacity capacity) {
    if (capacity == null) {
      return;
    }
    if (capacity.table() != null && capacity.table().capacityUnits() > 0) {
      units.merge("table", capacity.table().capacityUnits(), Double::sum);
    }
    capacity
        .globalSecondaryIndexes()
        .forEach((index, used) -> units.merge(index, used.capacityUnits(), Double::sum));
  }

  public synchronized void reset() {
    operations.clear();
    units.clear();
  }

  /** The names of the calls, in order. */
  public synchronized List<String> operations() {
    return List.copyOf(operations);
  }

  /** Read units by index. */
  public synchronized Map<String, Double> units() {
    return Map.copyOf(units);
  }

  public synchronized double total() {
    return units.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
