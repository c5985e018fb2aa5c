package vended.template;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template as one stack has it.
 *
 * @param resolved its resources, those whose condition holds
 * @param needs the resources that each of them needs first
 * @param outputs the names of its outputs
 */
record StackTemplate(Template resolved, Map<String, Set<String>> needs, Set<String> outputs) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9]+)[.}]");

  /** Resolves a template. A parameter that it does not declare is an error. */
  static StackTemplate of(String region, String stack, String text, Map<String, String> given) {
    Map<String, String> all = new LinkedHashMap<>(given);
    all.put("AWS::Region", region);
    all.put("AWS::StackName", stack);
    Template resolved = Template.parse(text, all);
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    Map<String, Object> resources = Tree.mapAt(Yaml.parse(text), "Resources");
    for (String id : resolved.resources().keySet()) {
      Set<String> names = new LinkedHashSet<>();
      Tree.listAt(resources.get(id), "DependsOn").forEach(name -> names.add(name.toString()));
      collect(Tree.at(resources.get(id), "Properties"), names);
      names.retainAll(resolved.resources().keySet());
      names.remove(id);
      needs.put(id, names);
    }
    return new StackTemplate(resolved, needs, resolved.outputs().keySet());
  }

  private static void collect(@Nullable Object tree, Set<String> names) {
    switch (tree) {
      case Map<?, ?> map ->
          map.forEach(
              (key, value) -> {
                switch ((String) key) {
                  case "Ref" -> names.add(String.valueOf(value).replaceFirst("\\..*", ""));
                  case "Fn::GetAtt" -> names.add(String.valueOf(((List<?>) value).getFirst()));
                  case "Fn::Sub" ->
                      PLACEHOLDER
                          .matcher(String.valueOf(value))
                          .results()
                          .forEach(found -> names.add(found.group(1)));
                  default -> collect(value, names);
                }
              });
      case List<?> list -> list.forEach(item -> collect(item, names));
      case null, default -> {}
    }
  }

  Set<String> ids() {
    return resolved.resources().keySet();
  }

  String type(String id) {
    return Tree.requiredAt(resolved.resource(id), "Type");
  }

  Map<String, Object> properties(String id) {
    return resolved.properties(id);
  }

  /** {@code Delete}, unless the template says otherwise. */
  String deletionPolicy(String id) {
    String policy = Tree.textAt(resolved.resource(id), "DeletionPolicy");
    return policy == null ? "Delete" : policy;
  }

  boolean isKept(String id) {
    return deletionPolicy(id).startsWith("Retain");
  }
}
