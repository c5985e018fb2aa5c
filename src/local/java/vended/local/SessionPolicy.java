package vended.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;

/**
 * Whether IAM would take an inline session policy. Its form only: what it allows matters at the
 * services that the credentials are used on, and none of them is here.
 */
final class SessionPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT_MEMBERS =
      Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");

  private SessionPolicy() {}

  static void check(String policy) throws StsException {
    Optional<String> error = error(policy);
    if (error.isPresent()) {
      throw new StsException(400, "MalformedPolicyDocument", error.get());
    }
  }

  private static Optional<String> error(String policy) {
    JsonNode tree;
    try {
      tree = JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      return Optional.of("Syntax errors in policy.");
    }
    JsonNode statements = tree.path("Statement");
    boolean known = tree.propertyStream().allMatch(member -> MEMBERS.contains(member.getKey()));
    if (!tree.isObject() || !known || statements.isEmpty()) {
      return Optional.of("Syntax errors in policy.");
    }
    Iterable<JsonNode> all = statements.isArray() ? statements : Set.of(statements);
    for (JsonNode statement : all) {
      if (!isStatement(statement)) {
        return Optional.of("Policy statement must contain Effect, actions and resources only.");
      }
    }
    return Optional.empty();
  }

  private static boolean isStatement(JsonNode statement) {
    return statement.propertyStream().allMatch(m -> STATEMENT_MEMBERS.contains(m.getKey()))
        && Set.of("Allow", "Deny").contains(statement.path("Effect").asText())
        && statement.has("Action") != statement.has("NotAction")
        && statement.has("Resource") != statement.has("NotResource");
  }
}
