package vended.audit.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row as it stands in the table. It is read kindly: whatever version of the service wrote it, it
 * is shown.
 *
 * @param vendId its {@code pk}
 * @param kind its {@code sk}: {@code intent}, {@code outcome}, {@code probe}, {@code admin}, {@code
 *     admin-outcome}, or a word of a newer version
 * @param at when, as the table has it; empty if it does not
 * @param shard the part of its hour that it was read from; 0 where it was not read by the hour
 * @param attributes the others, but for those that only DynamoDB needs: strings, longs, doubles,
 *     booleans, lists and maps; in the order in which people read them
 */
public record AuditRow(
    String vendId, String kind, String at, int shard, Map<String, Object> attributes) {
  /** Before STS is called. */
  public static final String INTENT = "intent";

  /** How a vend ended. */
  public static final String OUTCOME = "outcome";

  /** What a probe found. */
  public static final String PROBE = "probe";

  /** Before the allow-list is changed. */
  public static final String ADMIN = "admin";

  /** How a change ended. */
  public static final String ADMIN_OUTCOME = "admin-outcome";

  private static final List<String> ORDER =
      List.of(
          "outcome",
          "reason",
          "action",
          "target",
          "passed",
          "withExternalId",
          "withoutExternalId",
          "withWrongExternalId",
          "allowsSourceIdentity",
          "allowsSessionTags",
          "ownAccount",
          "propagating",
          "externalIdSha256",
          "caller",
          "callerId",
          "callerSession",
          "callerAccount",
          "callerAccessKeyId",
          "sourceIp",
          "userAgent",
          "roleArn",
          "clientAccount",
          "clientName",
          "durationSeconds",
          "expiration",
          "accessKeyId",
          "assumedRoleId",
          "sessionName",
          "sourceIdentity",
          "policySha256",
          "packedPolicySize",
          "grantVersion",
          "stsRequestId",
          "apiRequestId",
          "before",
          "after");

  /** Copies the attributes, in order. */
  public AuditRow {
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (String name : ORDER) {
      Object value = attributes.get(name);
      if (value != null) {
        ordered.put(name, value);
      }
    }
    new TreeMap<>(attributes).forEach(ordered::putIfAbsent);
    attributes = Collections.unmodifiableMap(ordered);
  }

  /** The attributes that are known, in the order in which people read them. */
  public static List<String> knownAttributes() {
    return ORDER;
  }

  /** An attribute that is a text; none if it is not there, or no text. */
  public @Nullable String text(String name) {
    return attributes.get(name) instanceof String text ? text : null;
  }

  /**
   * Whether another row tells how it went on: an intent is followed by an outcome or a probe, an
   * {@code admin} by an {@code admin-outcome}.
   */
  public boolean isFirstOfTwo() {
    return kind.equals(INTENT) || kind.equals(ADMIN);
  }

  /** Whether this row tells how another one went on. */
  public boolean isSecondOfTwo() {
    return kind.equals(OUTCOME) || kind.equals(PROBE) || kind.equals(ADMIN_OUTCOME);
  }

  /** All of it, for JSON. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("vendId", vendId);
    members.put("kind", kind);
    members.put("at", at);
    attributes.forEach(members::putIfAbsent);
    return members;
  }
}
