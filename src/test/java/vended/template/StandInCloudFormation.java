package vended.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import vended.template.StandInAccount.Thing;

/**
 * A stand-in for CloudFormation, with the rules that decide whether a stack can be deleted, brought
 * back, and given another table. It compares templates only, as CloudFormation does: what somebody
 * changed in between, it neither sees nor repairs.
 */
final class StandInCloudFormation {
  private final StandInAccount account;
  private final Map<String, Stack> stacks = new TreeMap<>();

  /** A stack: its template, and what it owns by logical ID. */
  static final class Stack {
    final String region;
    final String name;
    final Map<String, Thing> things = new LinkedHashMap<>();
    StackTemplate template;
    Map<String, String> parameters;
    Object policy = Map.of();

    private Stack(
        String region, String name, StackTemplate template, Map<String, String> parameters) {
      this.region = region;
      this.name = name;
      this.template = template;
      this.parameters = parameters;
    }

    Thing thing(String id) {
      return Objects.requireNonNull(things.get(id), id);
    }
  }

  StandInCloudFormation(StandInAccount account) {
    this.account = account;
  }

  Optional<Stack> find(String region, String name) {
    return Optional.ofNullable(stacks.get(region + " " + name));
  }

  Stack get(String region, String name) {
    return find(region, name).orElseThrow(() -> new StackFailed("there is no stack " + name));
  }

  /** Creates a stack. If it fails, the stack is gone, and what it could not delete is left. */
  Stack create(String region, String name, String text, Map<String, String> given) {
    Stack stack = new Stack(region, name, StackTemplate.of(region, name, text, given), given);
    if (stacks.putIfAbsent(region + " " + name, stack) != null) {
      throw new StackFailed("the stack " + name + " exists");
    }
    try {
      make(stack, stack.template, stack.template.ids());
    } catch (StackFailed e) {
      stacks.remove(region + " " + name);
      throw e;
    }
    return stack;
  }

  /**
   * Updates a stack.
   *
   * @param free whether the stack policy is overridden for this update
   */
  void update(Stack stack, String text, Map<String, String> given, boolean free) {
    StackTemplate next = StackTemplate.of(stack.region, stack.name, text, given);
    Set<String> gone = new LinkedHashSet<>(stack.things.keySet());
    gone.removeAll(next.ids());
    Set<String> fresh = new LinkedHashSet<>(next.ids());
    fresh.removeAll(stack.things.keySet());
    if (!free) {
      gone.forEach(id -> StackPolicies.check(stack.policy, "Update:Delete", id));
    }
    for (String id : stack.things.keySet()) {
      if (next.ids().contains(id)) {
        change(stack, id, next, free);
      }
    }
    make(stack, next, fresh);
    for (String id : List.copyOf(gone).reversed()) {
      drop(stack, stack.template, id);
    }
    stack.template = next;
    stack.parameters = given;
  }

  /** Puts the properties whose texts differ. */
  private static void change(Stack stack, String id, StackTemplate next, boolean free) {
    Map<String, Object> old = stack.template.properties(id);
    Map<String, Object> wanted = next.properties(id);
    Thing thing = stack.thing(id);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(wanted.keySet());
    names.removeIf(name -> Objects.equals(old.get(name), wanted.get(name)));
    if (names.contains(StandInAccount.NAMES.getOrDefault(thing.type, ""))) {
      if (!free) {
        StackPolicies.check(stack.policy, "Update:Replace", id);
      }
      throw new StackFailed("the stand-in replaces nothing: " + id);
    }
    for (String name : names) {
      Object value = wanted.get(name);
      // UpdateTimeToLive: "TimeToLive is already enabled" (issues of
      // cloudposse/terraform-aws-dynamodb).
      if (name.equals("TimeToLiveSpecification")
          && value != null
          && thing.properties.get(name) != null) {
        throw new StackFailed(thing.name + ": TimeToLive is already enabled");
      }
      if (value == null) {
        thing.properties.remove(name);
      } else {
        thing.properties.put(name, value);
      }
    }
  }

  /**
   * Imports resources into a stack, or into a new one. It puts no property.
   *
   * @param identifiers of each resource to import, by logical ID: property and value
   */
  void importing(
      String region,
      String name,
      String text,
      Map<String, String> given,
      Map<String, Map.Entry<String, String>> identifiers) {
    StackTemplate next = StackTemplate.of(region, name, text, given);
    Optional<Stack> existing = find(region, name);
    ImportRules.check(next, existing, identifiers.keySet());
    Map<String, Thing> imported = new LinkedHashMap<>();
    identifiers.forEach(
        (id, key) -> imported.put(id, ImportRules.importable(account, region, next, id, key)));
    Stack stack = existing.orElseGet(() -> new Stack(region, name, next, given));
    stacks.put(region + " " + name, stack);
    imported.forEach(
        (id, thing) -> {
          thing.owner = Optional.of(name);
          stack.things.put(id, thing);
        });
    stack.template = next;
    stack.parameters = given;
  }

  /** Deletes a stack; a resource that can't be deleted leaves it as it is. */
  void delete(String region, String name) {
    Stack stack = get(region, name);
    stack.things.forEach(
        (id, thing) ->
            StackFailed.unless(
                !thing.attached, thing.name + ": can't delete a policy that is attached"));
    for (String id : List.copyOf(stack.things.keySet()).reversed()) {
      drop(stack, stack.template, id);
    }
    stacks.remove(region + " " + name);
  }

  private void drop(Stack stack, StackTemplate template, String id) {
    Thing thing = stack.thing(id);
    stack.things.remove(id);
    if (template.isKept(id)) {
      thing.owner = Optional.empty();
    } else {
      account.remove(stack.region, thing);
    }
  }

  /**
   * Makes resources in parallel where nothing orders them. At worst all that can be made is made
   * before a failure counts, so this is what it does.
   */
  private void make(Stack stack, StackTemplate template, Set<String> wanted) {
    List<String> made = new ArrayList<>();
    Map<String, String> failures = new TreeMap<>();
    boolean more = true;
    while (more) {
      more = false;
      for (String id : wanted) {
        boolean ready =
            stack.things.keySet().containsAll(template.needs().getOrDefault(id, Set.of()));
        if (ready && !stack.things.containsKey(id) && !failures.containsKey(id)) {
          more = true;
          try {
            stack.things.put(id, made(stack, template, id));
            made.add(id);
          } catch (StackFailed e) {
            failures.put(id, String.valueOf(e.getMessage()));
          }
        }
      }
    }
    if (!failures.isEmpty()) {
      made.reversed().forEach(id -> rollBack(stack, template, id));
      throw new StackFailed(failures.toString());
    }
    StackFailed.unless(stack.things.keySet().containsAll(wanted), "a circle of dependencies");
  }

  private Thing made(Stack stack, StackTemplate template, String id) {
    Thing thing =
        account.make(
            template.type(id), stack.region, stack.name + "-" + id, template.properties(id));
    thing.owner = Optional.of(stack.name);
    return thing;
  }

  /** Retain holds for a resource of a failed creation, too; RetainExceptOnCreate does not. */
  private void rollBack(Stack stack, StackTemplate template, String id) {
    Thing thing = stack.thing(id);
    stack.things.remove(id);
    if (template.deletionPolicy(id).equals("Retain")) {
      thing.owner = Optional.empty();
    } else {
      account.remove(stack.region, thing);
    }
  }
}
