package vended.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy.
 *
 * @param actions patterns; with {@code notActions} the statement is about all others
 * @param resources patterns; empty in a trust policy, where the role itself is meant
 */
public record Statement(
    boolean allow,
    @Nullable Principals principals,
    List<String> actions,
    boolean notActions,
    List<String> resources,
    boolean notResources,
    List<Condition> conditions) {
  private static final Set<String> MEMBERS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  public Statement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = List.copyOf(conditions);
    for (var pattern : resources) {
      if (pattern.contains("${")) {
        throw new UnsupportedPolicyException("policy variables are not supported: " + pattern);
      }
    }
    for (var pattern : actions) {
      if (!pattern.equals("*") && !pattern.matches("[A-Za-z0-9-]+:[A-Za-z0-9*?]+")) {
        throw new UnsupportedPolicyException("not an action: " + pattern);
      }
    }
  }

  static Statement parse(Object tree, Policy.Kind kind) {
    var map = Tree.map(tree, "Statement");
    for (var name : map.keySet()) {
      if (!MEMBERS.contains(name)) {
        throw new UnsupportedPolicyException("a statement has " + name);
      }
    }
    kind.check(map.keySet());
    var principal = map.get("Principal");
    boolean notActions = isNegated(map, "Action");
    boolean notResources = kind.hasResource() && isNegated(map, "Resource");
    return new Statement(
        effect(map.get("Effect")),
        principal == null ? null : Principals.parse(principal),
        Tree.strings(map.get(notActions ? "NotAction" : "Action"), "Action"),
        notActions,
        kind.hasResource()
            ? Tree.strings(map.get(notResources ? "NotResource" : "Resource"), "Resource")
            : List.of(),
        notResources,
        conditions(map.get("Condition")));
  }

  private static boolean effect(@Nullable Object effect) {
    if ("Allow".equals(effect)) {
      return true;
    }
    if ("Deny".equals(effect)) {
      return false;
    }
    throw new UnsupportedPolicyException("an Effect of " + effect);
  }

  private static boolean isNegated(Map<String, Object> map, String name) {
    if (map.containsKey(name) == map.containsKey("Not" + name)) {
      throw new UnsupportedPolicyException(
          "a statement needs one of %1$s, Not%1$s".formatted(name));
    }
    return map.containsKey("Not" + name);
  }

  private static List<Condition> conditions(@Nullable Object tree) {
    var result = new ArrayList<Condition>();
    if (tree != null) {
      Tree.map(tree, "Condition")
          .forEach(
              (operator, keys) ->
                  Tree.map(keys, operator)
                      .forEach(
                          (key, values) ->
                              result.add(
                                  Condition.parse(operator, key, Tree.strings(values, key)))));
    }
    return result;
  }

  Decision evaluate(AccessRequest request) {
    boolean applies =
        (principals == null || principals.match(request.principals()))
            && matchesAction(request.action())
            && matchesResource(request.resource());
    // All conditions are looked at, even when the rest doesn't match: a strange one must not hide.
    for (var condition : conditions) {
      applies &= condition.holds(request);
    }
    if (!applies) {
      return Decision.IMPLICIT_DENY;
    }
    return allow ? Decision.ALLOW : Decision.EXPLICIT_DENY;
  }

  /** Whether this statement is about an action, whatever else it asks for. */
  public boolean matchesAction(String action) {
    return notActions
        != actions.stream().anyMatch(pattern -> Wildcards.matchesIgnoringCase(pattern, action));
  }

  /** Whether this statement is about a resource, whatever else it asks for. */
  public boolean matchesResource(String arn) {
    return (resources.isEmpty() && !notResources)
        || notResources
            != resources.stream().anyMatch(pattern -> Wildcards.matchesArn(pattern, arn));
  }
}
