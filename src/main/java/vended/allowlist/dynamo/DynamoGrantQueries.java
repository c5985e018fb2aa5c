package vended.allowlist.dynamo;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import vended.allowlist.AllowListException;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Selection;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** The queries that list grants. */
record DynamoGrantQueries(DynamoReads reads) {
  /** Grants in the order of an index, behind a position. */
  QueryRequest.Builder grants(Selection of, @Nullable GrantKey after) {
    QueryRequest.Builder query =
        switch (of) {
          case Selection.All all -> by(AllowListIndex.BY_KIND, DynamoGrantRow.KIND);
          case Selection.OfRole(RoleArn role) ->
              by(AllowListIndex.BY_ROLE, DynamoGrantRow.SORT_PREFIX + role.value());
          case Selection.OfCaller(CallerArn caller) ->
              reads.grantsOf(DynamoGrantRow.partitionKey(caller));
        };
    if (after != null) {
      Map<String, AttributeValue> key = DynamoGrantRow.key(after.caller(), after.role());
      query.exclusiveStartKey(of instanceof Selection.All ? start(key, DynamoGrantRow.KIND) : key);
    }
    return query;
  }

  QueryRequest.Builder by(AllowListIndex index, String value) {
    return reads
        .query()
        .indexName(index.indexName())
        .keyConditionExpression("#hash = :hash")
        .expressionAttributeNames(Map.of("#hash", index.hashKey()))
        .expressionAttributeValues(Map.of(":hash", AttributeValue.fromS(value)));
  }

  /** The key of a row in the index by kind, after which the page starts. */
  static Map<String, AttributeValue> start(Map<String, AttributeValue> key, String kind) {
    return DynamoItem.of(key, kind).attributes();
  }

  /**
   * The grant that a page ended with; null on the last page.
   *
   * @throws AllowListException if the page ends with an invalid key
   */
  static @Nullable GrantKey last(QueryResponse answer) throws AllowListException {
    if (answer.lastEvaluatedKey().isEmpty()) {
      return null;
    }
    return DynamoGrantRow.keyOf(answer.lastEvaluatedKey())
        .orElseThrow(() -> new AllowListException("a page ends with an invalid key", null));
  }
}
