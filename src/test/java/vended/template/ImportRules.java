package vended.template;

import static vended.template.StandInAccount.ROLE;
import static vended.template.StandInAccount.TABLE;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vended.template.StandInAccount.Thing;
import vended.template.StandInCloudFormation.Stack;

/**
 * What CloudFormation takes as an import (User Guide, "Import AWS resources into a CloudFormation
 * stack"; the message about outputs: awslabs/aws-security-assessment-solution, issue 6).
 */
final class ImportRules {
  /** User Guide, "Resource type support", and the property that identifies a resource. */
  private static final Map<String, String> IMPORTABLE =
      Map.of(ROLE, "RoleName", TABLE, "TableName");

  private ImportRules() {}

  /** The template has what the stack has, unchanged, what is imported, and nothing else. */
  static void check(StackTemplate next, Optional<Stack> stack, Set<String> imported) {
    Set<String> others = new LinkedHashSet<>(next.ids());
    others.removeAll(imported);
    Set<String> known = stack.map(old -> old.things.keySet()).orElse(Set.of());
    StackFailed.unless(others.equals(known), "an import changes nothing else: " + others);
    StackFailed.unless(
        next.outputs().equals(stack.map(old -> old.template.outputs()).orElse(Set.of())),
        "as part of an import, outputs can't be modified or added");
    stack.ifPresent(
        old ->
            others.forEach(
                id ->
                    StackFailed.unless(
                        old.template.properties(id).equals(next.properties(id)),
                        "an import changes nothing else: " + id)));
  }

  /** The resource that an identifier names, if it can be imported. */
  static Thing importable(
      StandInAccount account,
      String region,
      StackTemplate next,
      String id,
      Map.Entry<String, String> key) {
    StackFailed.unless(next.ids().contains(id), id + " is not in the template");
    String type = next.type(id);
    StackFailed.unless(
        key.getKey().equals(IMPORTABLE.get(type)), type + " is not identified by " + key.getKey());
    StackFailed.unless(
        Tree.textAt(next.resolved().resource(id), "DeletionPolicy") != null,
        id + " has no DeletionPolicy");
    Object named = next.properties(id).get(key.getKey());
    StackFailed.unless(named == null || named.equals(key.getValue()), id + " has another name");
    Thing thing = account.get(type, region, key.getValue());
    StackFailed.unless(thing.owner.isEmpty(), thing.name + " belongs to a stack");
    return thing;
  }
}
