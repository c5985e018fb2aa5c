package vended.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vended.iam.AccessRequest;
import vended.iam.Decision;
import vended.iam.Policy;
import vended.json.Json;

/** Requests with our decision, for another evaluator to decide. */
final class EvaluatorCases {
  private final List<Object> policies = new ArrayList<>();
  private final List<Map<String, Object>> cases = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private final Map<String, Integer> kinds = new TreeMap<>();

  int size() {
    return cases.size();
  }

  /** How many there are of each kind. */
  String summary() {
    return kinds.toString();
  }

  String json() {
    return Json.write(Map.of("policies", policies, "cases", cases));
  }

  /** What the caller's own policies say. */
  void identity(
      String kind,
      List<?> documents,
      String principal,
      String action,
      String resource,
      Map<String, List<String>> context) {
    var ours =
        Policy.evaluate(
            documents.stream().map(Policy::identity).toList(),
            request(principal, action, resource, context));
    var indexes = documents.stream().map(this::index).toList();
    add(
        kind,
        request(principal, action, resource, "111122223333", context),
        Map.of("identity", indexes),
        named(ours));
  }

  /**
   * What a resource's policy says to a caller whose own policy allows everything: in the same
   * account, what it does not deny; in another, what it allows.
   */
  void resource(String kind, Object document, String principal, String action, String resource) {
    var context = principalContext(principal);
    var ours = Policy.resource(document).evaluate(request(principal, action, resource, context));
    boolean sameAccount = resource.contains(":" + account(principal) + ":");
    add(
        kind,
        request(principal, action, resource, "111122223333", context),
        Map.of("resourcePolicy", index(document)),
        named(sameAccount && ours == Decision.IMPLICIT_DENY ? Decision.ALLOW : ours));
  }

  /** What an organization's policy denies to a caller whose own policy allows everything. */
  void control(String kind, Object document, String principal, String action, String resource) {
    var context = principalContext(principal);
    var ours = Policy.identity(document).evaluate(request(principal, action, resource, context));
    add(
        kind,
        request(principal, action, resource, "111122223333", context),
        Map.of("controlPolicy", index(document)),
        named(ours == Decision.IMPLICIT_DENY ? Decision.ALLOW : ours));
  }

  /** One line for each decision that is not ours. */
  List<String> disagreements(List<String> theirs) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < cases.size(); i++) {
      if (!theirs.get(i).equals(expected.get(i))) {
        lines.add("%s, not %s: %s".formatted(theirs.get(i), expected.get(i), cases.get(i)));
      }
    }
    return lines;
  }

  /** A context as YAML has it: texts, or lists of them. */
  static Map<String, List<String>> context(Object tree) {
    var context = new LinkedHashMap<String, List<String>>();
    Tree.map(tree)
        .keySet()
        .forEach(
            key ->
                context.put(key, Tree.listAt(tree, key).stream().map(Object::toString).toList()));
    return context;
  }

  private void add(
      String kind, Map<String, Object> request, Map<String, Object> policies, String decision) {
    var one = new LinkedHashMap<>(request);
    one.putAll(policies);
    cases.add(one);
    expected.add(decision);
    kinds.merge(kind, 1, Integer::sum);
  }

  private int index(Object document) {
    int index = policies.indexOf(document);
    if (index < 0) {
      policies.add(document);
      index = policies.size() - 1;
    }
    return index;
  }

  private static AccessRequest request(
      String principal, String action, String resource, Map<String, List<String>> context) {
    return new AccessRequest(Set.of(principal), action, resource, context);
  }

  private static Map<String, Object> request(
      String principal,
      String action,
      String resource,
      String account,
      Map<String, List<String>> context) {
    var values = new LinkedHashMap<String, Object>();
    context.forEach((key, list) -> values.put(key, list.size() == 1 ? list.getFirst() : list));
    return Map.of(
        "principal", principal,
        "action", action,
        "resource", resource,
        "account", account,
        "context", values);
  }

  private static Map<String, List<String>> principalContext(String principal) {
    return Map.of(
        "aws:PrincipalArn",
        List.of(principal),
        "aws:PrincipalAccount",
        List.of(account(principal)));
  }

  private static String account(String arn) {
    return arn.split(":", 6)[4];
  }

  private static String named(Decision decision) {
    return switch (decision) {
      case ALLOW -> "Allowed";
      case IMPLICIT_DENY -> "ImplicitlyDenied";
      case EXPLICIT_DENY -> "ExplicitlyDenied";
    };
  }
}
