package vended.allowlist;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.DynamoRow.CorruptException;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** The form of a grant in the table. */
final class DynamoGrantRow {
  static final String SORT_PREFIX = "role#";

  private DynamoGrantRow() {}

  static AttributeValue partitionKey(CallerArn caller) {
    return AttributeValue.fromS("caller#" + caller.value());
  }

  static Map<String, AttributeValue> key(CallerArn caller, RoleArn role) {
    return Map.of(
        "pk", partitionKey(caller), "sk", AttributeValue.fromS(SORT_PREFIX + role.value()));
  }

  /** Reads a row whose role is told by its sort key alone. */
  static Row<Grant> read(CallerArn caller, Map<String, AttributeValue> attributes) {
    AttributeValue sortKey = attributes.get("sk");
    Optional<RoleArn> role =
        sortKey == null || sortKey.s() == null || !sortKey.s().startsWith(SORT_PREFIX)
            ? Optional.empty()
            : RoleArn.parse(sortKey.s().substring(SORT_PREFIX.length()));
    return role.isPresent()
        ? read(caller, role.get(), attributes)
        : new Row.Corrupt<>("grant row: sk names no role's ARN");
  }

  static Row<Grant> read(CallerArn caller, RoleArn role, Map<String, AttributeValue> attributes) {
    DynamoRow row = new DynamoRow(attributes);
    try {
      row.checkSchema();
      row.skip("pk", "sk", "createdAt", "createdBy", "updatedAt", "updatedBy");
      Grant grant =
          new Grant(
              caller,
              role,
              callerId(row),
              seconds(row.number("maxDurationSeconds")),
              row.optionalText("policy"),
              row.optionalTexts("policyArns"),
              row.optionalTextMap("tags"),
              row.optionalSeconds("notBefore"),
              row.optionalSeconds("expiresAt"),
              row.flag("disabled"),
              row.optionalText("description"),
              row.number("version"));
      row.checkNothingLeft();
      return new Row.Found<>(grant);
    } catch (CorruptException | IllegalArgumentException e) {
      return new Row.Corrupt<>("grant row: " + e.getMessage());
    }
  }

  /** A grant is pinned to an ID or says that it is not: never neither, never both. */
  private static @Nullable String callerId(DynamoRow row) throws CorruptException {
    String callerId = row.optionalText("callerId");
    boolean unpinned = Boolean.TRUE.equals(row.optionalFlag("unpinned"));
    if (unpinned == (callerId != null)) {
      throw new CorruptException("either callerId or unpinned=true must be there, and not both");
    }
    return callerId;
  }

  private static int seconds(long number) {
    return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
