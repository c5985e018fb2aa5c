package vended.allowlist.dynamo;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Client;
import vended.allowlist.Client.VerifiedRole;
import vended.allowlist.Row;
import vended.allowlist.dynamo.DynamoRow.CorruptException;
import vended.identity.RoleArn;

/** The form of a client in the table. */
final class DynamoClientRow {
  static final String SORT_KEY = "client";

  private DynamoClientRow() {}

  static Map<String, AttributeValue> key(String account) {
    return Map.of(
        "pk", AttributeValue.fromS("account#" + account), "sk", AttributeValue.fromS(SORT_KEY));
  }

  static Row<Client> read(String account, Map<String, AttributeValue> attributes) {
    DynamoRow row = new DynamoRow(attributes);
    try {
      row.checkSchema();
      row.skip("pk", "sk", "kind", "createdAt", "createdBy", "updatedAt", "updatedBy");
      Client client =
          new Client(
              account,
              row.text("name"),
              row.optionalText("externalId"),
              row.flag("suspended"),
              row.flag("ownAccount"),
              roles(row.map("roles")),
              row.version());
      row.checkNothingLeft();
      return new Row.Found<>(client);
    } catch (CorruptException | IllegalArgumentException e) {
      return new Row.Corrupt<>("client row: " + e.getMessage());
    }
  }

  /** Whether a sound row has the role, verified or not. */
  static boolean isKnown(RoleArn role, Map<String, AttributeValue> attributes) {
    AttributeValue roles = attributes.get("roles");
    return roles != null && roles.m().containsKey(role.value());
  }

  /** Only roles that a probe has verified; the others are known and not yet to be vended. */
  private static Map<RoleArn, VerifiedRole> roles(Map<String, AttributeValue> roles)
      throws CorruptException {
    Map<RoleArn, VerifiedRole> verified = new LinkedHashMap<>();
    for (var entry : roles.entrySet()) {
      RoleArn role =
          RoleArn.parse(entry.getKey())
              .orElseThrow(() -> new CorruptException("roles holds what is no role's ARN"));
      if (!entry.getValue().hasM()) {
        throw new CorruptException("roles holds something that is not a map");
      }
      DynamoRow row = new DynamoRow(entry.getValue().m());
      row.optionalText("probeId");
      boolean drifted = row.optionalText("drift") != null;
      if (row.optionalText("verifiedAt") != null) {
        // Whoever marks a drift takes verifiedAt away, and whoever verifies takes drift away.
        if (drifted) {
          throw new CorruptException("roles holds one with both verifiedAt and drift");
        }
        verified.put(
            role,
            new VerifiedRole(
                row.time("verifiedAt"), row.flag("sourceIdentity"), row.flag("sessionTags")));
      }
      row.skip("sourceIdentity", "sessionTags");
      row.checkNothingLeft();
    }
    return verified;
  }
}
