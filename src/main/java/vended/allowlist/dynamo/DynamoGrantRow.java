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
import vended.allowlist.read.AllowListPages.GrantKey;
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

  /** The key of a row whose role may not be an ARN. */
  static Map<String, AttributeValue> key(CallerArn caller, String role) {
    return Map.of("pk", partitionKey(caller), "sk", AttributeValue.fromS(SORT_PREFIX + role));
  }

  /**
   * The role in a grant's key; it may not be an ARN.
   *
   * @throws IllegalArgumentException if this is not a grant's key
   */
  static String roleOf(Map<String, AttributeValue> attributes) {
    return DynamoItem.after(SORT_PREFIX, attributes, "sk")
        .orElseThrow(() -> new IllegalArgumentException("not a grant's key"));
  }

  /** The caller and role in a row's key; empty if it is not a grant's key. */
  static Optional<GrantKey> keyOf(Map<String, AttributeValue> attributes) {
    Optional<RoleArn> role =
        DynamoItem.after(SORT_PREFIX, attributes, "sk").flatMap(RoleArn::parse);
    return DynamoItem.after(PARTITION_PREFIX, attributes, "pk")
        .flatMap(CallerArn::canonical)
        .flatMap(caller -> role.map(which -> new GrantKey(caller, which)));
  }

  /** Reads a row of a list, whose caller and role only its key names. */
  static Row<Stored<Grant>> read(Map<String, AttributeValue> attributes) {
    return keyOf(attributes)
        .map(key -> read(key.caller(), key.role(), attributes))
        .orElseGet(() -> new Row.Corrupt<>("grant row: its key names no caller and role"));
  }

  static Row<Stored<Grant>> read(
      CallerArn caller, RoleArn role, Map<String, AttributeValue> attributes) {
    return DynamoRow.read(
        "grant",
        attributes,
        row ->
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
                row.version()));
  }

  /** A grant is either pinned to a unique ID or explicitly unpinned. */
  private static @Nullable String callerId(DynamoRow row) throws CorruptException {
    String callerId = row.optionalText("callerId");
    boolean unpinned = Boolean.TRUE.equals(row.optionalFlag("unpinned"));
    if (unpinned == (callerId != null)) {
      throw new CorruptException("must have either callerId or unpinned=true");
    }
    return callerId;
  }

  static Map<String, AttributeValue> write(Stored<Grant> stored) {
    Grant grant = stored.value();
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
        .stamps(stored)
        .attributes();
  }

  private static @Nullable Long seconds(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond();
  }

  private static int seconds(long number) {
    return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
