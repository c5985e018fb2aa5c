package vended.local;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Rows of the allow-list, written here by hand and not by the service's own code, so that a change
 * of the form shows. Each map can be changed, to make a row wrong on purpose.
 */
public final class AllowListRows {
  private AllowListRows() {}

  /** A client with one role, which a probe has found to be in order. */
  public static Map<String, AttributeValue> client(
      String account, String name, String externalId, String roleArn, Instant at) {
    Map<String, AttributeValue> role =
        Map.of(
            "verifiedAt", text(at.toString()),
            "probeId", text("01JZ0000000000000000000000"),
            "sourceIdentity", AttributeValue.fromBool(true),
            "sessionTags", AttributeValue.fromBool(true));
    Map<String, AttributeValue> row = row("account#" + account, "client", at);
    row.put("kind", text("client"));
    row.put("name", text(name));
    row.put("externalId", text(externalId));
    row.put("suspended", AttributeValue.fromBool(false));
    row.put("ownAccount", AttributeValue.fromBool(false));
    row.put("roles", AttributeValue.fromM(Map.of(roleArn, AttributeValue.fromM(role))));
    return row;
  }

  /** A grant of a role to a user or role, pinned to its unique ID. */
  public static Map<String, AttributeValue> grant(
      String callerArn, String callerId, String roleArn, Instant at) {
    Map<String, AttributeValue> row = row("caller#" + callerArn, "role#" + roleArn, at);
    row.put("kind", text("grant"));
    row.put("callerId", text(callerId));
    row.put("maxDurationSeconds", AttributeValue.fromN("3600"));
    row.put("disabled", AttributeValue.fromBool(false));
    row.put("description", text("For the demonstration"));
    return row;
  }

  /** A client's own suspension. Without it, the client has not suspended itself. */
  public static Map<String, AttributeValue> hold(String account, boolean suspended, Instant at) {
    Map<String, AttributeValue> row = row("mine#" + account, "suspension", at);
    row.put("kind", text("hold"));
    row.put("suspended", AttributeValue.fromBool(suspended));
    return row;
  }

  /** The switch of all vending. Without it, vending runs. */
  public static Map<String, AttributeValue> vending(boolean stopped, Instant at) {
    Map<String, AttributeValue> row = row("vending", "switch", at);
    row.put("kind", text("switch"));
    row.put("stopped", AttributeValue.fromBool(stopped));
    return row;
  }

  private static Map<String, AttributeValue> row(String pk, String sk, Instant at) {
    Map<String, AttributeValue> row = new LinkedHashMap<>();
    row.put("pk", text(pk));
    row.put("sk", text(sk));
    row.put("schema", AttributeValue.fromN("1"));
    row.put("version", AttributeValue.fromN("1"));
    row.put("createdAt", text(at.toString()));
    row.put("createdBy", text("local"));
    row.put("updatedAt", text(at.toString()));
    row.put("updatedBy", text("local"));
    return row;
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
