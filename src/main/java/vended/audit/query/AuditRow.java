package vended.audit.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vended.audit.Outcome;

/**
 * A row of the audit table. Parsed leniently: whatever version of the service wrote it, unknown
 * kinds and attributes are retained and shown.
 *
 * @param vendId its {@code pk}
 * @param kind its {@code sk}: {@code intent}, {@code outcome}, {@code probe}, {@code admin}, {@code
 *     admin-outcome}, or a word of a newer version
 * @param at its time, as stored; empty if it has none
 * @param shard the shard of the hour that it was read from; 0 where rows are not read by the hour
 * @param attributes the others, without those that only DynamoDB needs: strings, longs, doubles,
 *     booleans, lists and maps; in the order in which people read them
 */
public record AuditRow(
    String vendId, String kind, String at, int shard, Map<String, Object> attributes) {
  /** Written before STS is called. */
  public static final String INTENT = "intent";

  /** How a vend ended. */
  public static final String OUTCOME = "outcome";

  /** The result of a probe. */
  public static final String PROBE = "probe";

  /** Written before the allow-list is changed. */
  public static final String ADMIN = "admin";

  /** How a change ended. */
  public static final String ADMIN_OUTCOME = "admin-outcome";

  /** The kinds that say how an intent ended. */
  public static final Set<String> OUTCOMES = Set.of(OUTCOME, PROBE, ADMIN_OUTCOME);

  private static final List<String> ORDER =
      List.of(
          """
          outcome reason action target passed withExternalId withoutExternalId withWrongExternalId
          allowsSourceIdentity allowsSessionTags ownAccount propagating externalIdSha256
          caller callerId callerSession callerAccount callerAccessKeyId sourceIp userAgent
          roleArn clientAccount clientName durationSeconds expiration accessKeyId assumedRoleId
          sessionName sourceIdentity policySha256 packedPolicySize grantVersion stsRequestId
          apiRequestId before after\
          """
              .split("\\s+"));

  /** Sorts the attributes: the known ones as people read them, then the others by name. */
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

  /** The known attributes, in the order in which people read them. */
  public static List<String> knownAttributes() {
    return ORDER;
  }

  /** A text attribute; null if it is missing or not a text. */
  public @Nullable String text(String name) {
    return attributes.get(name) instanceof String text ? text : null;
  }

  /** Whether the row records this outcome of a vend. */
  public boolean has(Outcome outcome) {
    return outcome.code().equals(text("outcome"));
  }

  /** Whether another row says how this one ended: of a vend, a probe or a change. */
  public boolean isIntent() {
    return kind.equals(INTENT) || kind.equals(ADMIN);
  }

  /** Whether this row says how an intent ended. */
  public boolean isOutcome() {
    return OUTCOMES.contains(kind);
  }

  /** The whole row, as JSON members. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("vendId", vendId);
    members.put("kind", kind);
    members.put("at", at);
    attributes.forEach(members::putIfAbsent);
    return members;
  }
}
