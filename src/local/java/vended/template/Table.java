package vended.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table of the template. */
public record Table(
    String logicalId, String name, String arn, Map<String, Object> resource, List<Index> indexes) {

  /** A global secondary index. */
  public record Index(String name, String hashKey, @Nullable String rangeKey) {}

  public Table {
    resource = Map.copyOf(resource);
    indexes = List.copyOf(indexes);
  }

  static Table of(String logicalId, String name, String arn, Map<String, Object> resource) {
    var indexes = new ArrayList<Index>();
    for (var index : Tree.listAt(resource, "Properties", "GlobalSecondaryIndexes")) {
      indexes.add(
          new Index(
              Tree.requiredAt(index, "IndexName"),
              Objects.requireNonNull(key(index, "HASH")),
              key(index, "RANGE")));
    }
    return new Table(logicalId, name, arn, resource, indexes);
  }

  private static @Nullable String key(Object tree, String type) {
    return Tree.listAt(tree, "KeySchema").stream()
        .filter(key -> type.equals(Tree.textAt(key, "KeyType")))
        .map(key -> Tree.requiredAt(key, "AttributeName"))
        .findFirst()
        .orElse(null);
  }

  /** The attribute by which DynamoDB drops old rows; null if the table keeps them for ever. */
  public @Nullable String timeToLiveAttribute() {
    var about = Tree.at(resource, "Properties", "TimeToLiveSpecification");
    boolean enabled = Boolean.parseBoolean(Tree.textAt(about, "Enabled"));
    return enabled ? Tree.textAt(about, "AttributeName") : null;
  }

  /** Makes the same table, by another name, for example in DynamoDB Local. */
  public CreateTableRequest createRequest(String tableName) {
    var properties = Tree.at(resource, "Properties");
    var attributes =
        Tree.listAt(properties, "AttributeDefinitions").stream()
            .map(
                attribute ->
                    AttributeDefinition.builder()
                        .attributeName(Tree.requiredAt(attribute, "AttributeName"))
                        .attributeType(
                            ScalarAttributeType.fromValue(
                                Tree.requiredAt(attribute, "AttributeType")))
                        .build())
            .toList();
    var request =
        CreateTableRequest.builder()
            .tableName(tableName)
            .attributeDefinitions(attributes)
            .keySchema(keySchema(properties))
            .billingMode(BillingMode.fromValue(Tree.requiredAt(properties, "BillingMode")));
    var made =
        Tree.listAt(properties, "GlobalSecondaryIndexes").stream().map(Table::index).toList();
    return made.isEmpty() ? request.build() : request.globalSecondaryIndexes(made).build();
  }

  private static GlobalSecondaryIndex index(Object tree) {
    return GlobalSecondaryIndex.builder()
        .indexName(Tree.requiredAt(tree, "IndexName"))
        .keySchema(keySchema(tree))
        .projection(projection(Tree.at(tree, "Projection")))
        .build();
  }

  private static Projection projection(@Nullable Object tree) {
    var attributes = Tree.listAt(tree, "NonKeyAttributes").stream().map(String::valueOf).toList();
    return Projection.builder()
        .projectionType(ProjectionType.fromValue(Tree.requiredAt(tree, "ProjectionType")))
        .nonKeyAttributes(attributes.isEmpty() ? null : attributes)
        .build();
  }

  private static List<KeySchemaElement> keySchema(@Nullable Object tree) {
    return Tree.listAt(tree, "KeySchema").stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(Tree.requiredAt(key, "AttributeName"))
                    .keyType(KeyType.fromValue(Tree.requiredAt(key, "KeyType")))
                    .build())
        .toList();
  }
}
