package vended.allowlist.dynamo;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.dynamo.DynamoRow.CorruptException;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** The form of a grant in the table. */
final class DynamoGrantRow {
  static final String SORT_PREFIX = "role#";
  static final String PARTITION_PREFIX = "caller#";
  static final String KIND = "grant";

  private DynamoGrantRow() {}

  static AttributeValue partitionKey(CallerArn caller) {
    return AttributeValue.fromS(PARTITION_PREFIX + caller.value());
  }

  static Map<String, AttributeValue> key(CallerArn caller, RoleArn role) {
    return key(caller, role.value());
  }

  /** The key of a row of which the role may be no ARN. */
  static Map<String, AttributeValue> key(CallerArn caller, String role) {
    return Map.of("pk", partitionKey(caller), "sk", AttributeValue.fromS(SORT_PREFIX + role));
  }

  /**
   * The role of a grant's row, by its key; it may be no ARN.
   *
   * @throws IllegalArgumentException if this is no grant's key
   */
  static String roleOf(Map<String, AttributeValue> attributes) {
    AttributeValue sortKey = attributes.get("sk");
    if (sortKey == null || sortKey.s() == null || !sortKey.s().startsWith(SORT_PREFIX)) {
      throw new IllegalArgumentException("no grant's key");
    }
    return sortKey.s().substring(SORT_PREFIX.length());
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
      row.skip("pk", "sk", "kind", "createdAt", "createdBy", "updatedAt", "updatedBy");
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
              row.version());
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

  /** A sound row's grant, with who made and who changed it. */
  static Row<Stored<Grant>> readKept(
      CallerArn caller, RoleArn role, Map<String, AttributeValue> attributes) {
    return read(caller, role, attributes).map(grant -> DynamoItem.kept(grant, attributes));
  }

  static Map<String, AttributeValue> write(Stored<Grant> kept) {
    Grant grant = kept.value();
    return DynamoItem.of(key(grant.caller(), grant.role()), KIND)
        .number("schema", (long) DynamoRow.SCHEMA)
        .text("callerId", grant.callerId())
        .flag("unpinned", grant.callerId() == null ? true : null)
        .number("maxDurationSeconds", (long) grant.maxDurationSeconds())
        .text("policy", grant.policy())
        .texts("policyArns", grant.policyArns())
        .textMap("tags", grant.tags())
        .number("notBefore", seconds(grant.notBefore()))
        .number("expiresAt", seconds(grant.expiresAt()))
        .flag("disabled", grant.disabled())
        .text("description", grant.description())
        .number("version", grant.version())
        .stamps(kept)
        .attributes();
  }

  private static @Nullable Long seconds(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond();
  }

  private static int seconds(long number) {
    return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
