package vended.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves CloudFormation's functions; one that it doesn't know is an error, not text. */
final class Intrinsics {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");
  private static final Object NO_VALUE = new Object();

  private final Parameters parameters;
  private final Map<String, Object> conditions;
  private final PhysicalIds ids;

  Intrinsics(Parameters parameters, Map<String, Object> conditions, Map<String, Object> resources) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.ids = new PhysicalIds(parameters, resources, this);
  }

  /** The tree without functions; null if it was AWS::NoValue. */
  @Nullable Object resolve(@Nullable Object tree) {
    var value = value(tree);
    return value == NO_VALUE ? null : value;
  }

  String text(@Nullable Object tree) {
    var value = resolve(tree);
    if (value == null || value instanceof Map || value instanceof List) {
      throw new IllegalArgumentException("no text: " + tree);
    }
    return value.toString();
  }

  private @Nullable Object value(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map when function(map) != null ->
          call(Objects.requireNonNull(function(map)), map.values().iterator().next());
      case Map<?, ?> map -> {
        var result = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> put(result, (String) key, value(value)));
        yield result;
      }
      case List<?> list -> {
        var result = new ArrayList<@Nullable Object>();
        list.stream().map(this::value).filter(v -> v != NO_VALUE).forEach(result::add);
        yield result;
      }
      case null, default -> tree;
    };
  }

  private static void put(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
    if (value != NO_VALUE) {
      map.put(key, value);
    }
  }

  private static @Nullable String function(Map<?, ?> map) {
    if (map.size() != 1) {
      return null;
    }
    var key = (String) map.keySet().iterator().next();
    // A policy statement's Condition is a mapping, a reference to a condition is a name.
    boolean condition = key.equals("Condition") && map.values().iterator().next() instanceof String;
    return key.equals("Ref") || key.startsWith("Fn::") || condition ? key : null;
  }

  private @Nullable Object call(String function, @Nullable Object argument) {
    return switch (function) {
      case "Ref" -> reference(text(argument));
      case "Fn::GetAtt" -> ids.attribute(text(item(argument, 0)), text(item(argument, 1)));
      case "Fn::Sub" -> substitute(argument);
      case "Fn::Join" ->
          list(item(argument, 1)).stream()
              .map(this::text)
              .collect(Collectors.joining(text(item(argument, 0))));
      case "Fn::Split" ->
          List.of(text(item(argument, 1)).split(Pattern.quote(text(item(argument, 0))), -1));
      case "Fn::Select" -> list(item(argument, 1)).get(Integer.parseInt(text(item(argument, 0))));
      case "Fn::If" -> value(item(argument, holds(text(item(argument, 0))) ? 1 : 2));
      case "Condition", "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or" ->
          test(Map.of(function, Objects.requireNonNull(argument)));
      default -> throw new IllegalArgumentException("the function " + function);
    };
  }

  private Object reference(String name) {
    if (name.equals("AWS::NoValue")) {
      return NO_VALUE;
    }
    var value = parameters.get(name);
    return value != null ? value : ids.reference(name);
  }

  private String substitute(@Nullable Object argument) {
    boolean hasNames = argument instanceof List;
    var template = text(hasNames ? item(argument, 0) : argument);
    var names = hasNames ? Tree.map(item(argument, 1)) : Map.<String, Object>of();
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(placeholder(found, names)));
  }

  private String placeholder(MatchResult found, Map<String, Object> names) {
    var name = found.group(2);
    if (!found.group(1).isEmpty()) {
      return "${" + name + "}";
    }
    if (names.containsKey(name)) {
      return text(names.get(name));
    }
    if (parameters.get(name) != null || !name.contains(".")) {
      return text(reference(name));
    }
    // SAM's own references to what it makes beside a function are no attributes.
    if (name.endsWith(".Alias") || name.endsWith(".Version")) {
      return ids.reference(name);
    }
    var parts = name.split("\\.", 2);
    return ids.attribute(parts[0], parts[1]);
  }

  boolean holds(String condition) {
    var rule = conditions.get(condition);
    if (rule == null) {
      throw new IllegalArgumentException("no condition " + condition);
    }
    return test(rule);
  }

  private boolean test(Object rule) {
    var entry = Tree.map(rule).entrySet().iterator().next();
    var argument = entry.getValue();
    return switch (entry.getKey()) {
      case "Condition" -> holds(text(argument));
      case "Fn::Equals" -> Objects.equals(text(item(argument, 0)), text(item(argument, 1)));
      case "Fn::Not" -> !test(Objects.requireNonNull(item(argument, 0)));
      case "Fn::And" -> ((List<?>) argument).stream().allMatch(this::test);
      case "Fn::Or" -> ((List<?>) argument).stream().anyMatch(this::test);
      default -> throw new IllegalArgumentException("not a condition: " + rule);
    };
  }

  private List<?> list(@Nullable Object tree) {
    if (!(resolve(tree) instanceof List<?> list)) {
      throw new IllegalArgumentException("not a list: " + tree);
    }
    return list;
  }

  private static @Nullable Object item(@Nullable Object tree, int index) {
    if (!(tree instanceof List<?> list) || list.size() <= index) {
      throw new IllegalArgumentException("a function lacks an argument: " + tree);
    }
    return list.get(index);
  }
}
