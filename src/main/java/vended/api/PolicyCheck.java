package vended.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.json.JsonObject;

/**
 * Checks the structure of a session policy by the rules without which IAM refuses any policy.
 * Otherwise the first to say so would be STS, at every vend.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar
 *     of the IAM JSON policy language</a>
 */
public final class PolicyCheck {
  private static final List<String> VERSIONS = List.of("2012-10-17", "2008-10-17");

  private final List<String> faults = new ArrayList<>();

  private PolicyCheck() {}

  /**
   * Checks a policy.
   *
   * @param policy one JSON object without duplicate names
   * @return the errors, each with its place in the policy
   */
  public static List<String> faults(String policy) {
    PolicyCheck check = new PolicyCheck();
    if (JsonObject.read(policy) instanceof JsonObject.Read(JsonObject object)) {
      check.document(object.members());
    }
    return check.faults;
  }

  private void document(Map<?, ?> policy) {
    Object version = policy.get("Version");
    if (policy.containsKey("Version")
        && !(version instanceof String text && VERSIONS.contains(text))) {
      fault("Version", "must be 2012-10-17 or 2008-10-17");
    }
    switch (policy.get("Statement")) {
      case Map<?, ?> statement -> statement("Statement", statement);
      case List<?> statements when !statements.isEmpty() -> {
        for (int i = 0; i < statements.size(); i++) {
          String place = "Statement/" + i;
          if (statements.get(i) instanceof Map<?, ?> statement) {
            statement(place, statement);
          } else {
            fault(place, "must be an object");
          }
        }
      }
      case null, default -> fault("Statement", "must be an object, or a non-empty list of objects");
    }
  }

  private void statement(String place, Map<?, ?> statement) {
    Object effect = statement.get("Effect");
    if (!"Allow".equals(effect) && !"Deny".equals(effect)) {
      fault(place + "/Effect", "must be Allow or Deny");
    }
    oneOf(place, statement, "Action", "NotAction");
    oneOf(place, statement, "Resource", "NotResource");
    if (statement.containsKey("Condition") && !isCondition(statement.get("Condition"))) {
      fault(
          place + "/Condition",
          "must be an object of operators, each an object of keys with a value or a list of"
              + " values");
    }
    if (statement.containsKey("Principal") || statement.containsKey("NotPrincipal")) {
      fault(place, "must have no Principal: a session policy is the session's own");
    }
  }

  private void oneOf(String place, Map<?, ?> statement, String name, String other) {
    if (statement.containsKey(name) == statement.containsKey(other)) {
      fault(place, "must have either %s or %s".formatted(name, other));
      return;
    }
    String there = statement.containsKey(name) ? name : other;
    Object value = statement.get(there);
    boolean texts =
        value instanceof String
            || (value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(String.class::isInstance));
    if (!texts) {
      fault(place + "/" + there, "must be a string, or a non-empty list of strings");
    }
  }

  private static boolean isCondition(@Nullable Object condition) {
    return condition instanceof Map<?, ?> operators
        && operators.values().stream()
            .allMatch(
                keys ->
                    keys instanceof Map<?, ?> values
                        && values.values().stream().allMatch(PolicyCheck::isValue));
  }

  private static boolean isValue(@Nullable Object value) {
    return isScalar(value)
        || (value instanceof List<?> list && list.stream().allMatch(PolicyCheck::isScalar));
  }

  private static boolean isScalar(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private void fault(String place, String rule) {
    faults.add("must be a valid IAM policy: %s %s".formatted(place, rule));
  }
}
