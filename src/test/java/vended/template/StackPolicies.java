package vended.template;

import java.util.List;

/** Judges an update by a stack policy, as far as {@code policies/stack-policy.json} goes. */
final class StackPolicies {
  private StackPolicies() {}

  /**
   * Refuses an action, for example {@code Update:Delete}, on a resource if the policy denies it.
   */
  static void check(Object policy, String action, String logicalId) {
    for (Object statement : Tree.listAt(policy, "Statement")) {
      List<Object> actions = Tree.listAt(statement, "Action");
      boolean denies =
          "Deny".equals(Tree.textAt(statement, "Effect"))
              && (actions.contains(action) || actions.contains("Update:*"))
              && Tree.listAt(statement, "Resource").contains("LogicalResourceId/" + logicalId);
      if (denies) {
        throw new StackFailed("the stack policy denies " + action + " of " + logicalId);
      }
    }
  }
}
