package vended.template;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The template's parameters with their values, checked as CloudFormation would check them. */
final class Parameters {
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::AccountId", "111122223333",
          "AWS::Partition", "aws",
          "AWS::Region", "eu-west-1",
          "AWS::StackName", "vended",
          "AWS::StackId", "arn:aws:cloudformation:eu-west-1:111122223333:stack/vended/5b0c7a10",
          "AWS::URLSuffix", "amazonaws.com");

  private final Map<String, Object> values = new LinkedHashMap<>(PSEUDO);

  Parameters(Map<String, Object> declared, Map<String, String> given) {
    var unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(declared.keySet());
    unknown.removeAll(PSEUDO.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("the template has no parameters " + unknown);
    }
    given.forEach((name, value) -> values.replace(name, value));
    declared.forEach((name, about) -> values.put(name, value(name, about, given.get(name))));
  }

  @Nullable Object get(String name) {
    return values.get(name);
  }

  String pseudo(String name) {
    var value = values.get("AWS::" + name);
    if (value == null) {
      throw new IllegalArgumentException("no pseudo parameter " + name);
    }
    return value.toString();
  }

  private static Object value(String name, Object about, @Nullable String given) {
    var value = given != null ? given : Tree.textAt(about, "Default");
    if (value == null) {
      throw new IllegalArgumentException("the parameter " + name + " needs a value");
    }
    if (!Tree.requiredAt(about, "Type").endsWith("List")
        && !Tree.requiredAt(about, "Type").startsWith("List<")) {
      check(name, about, value);
      return value;
    }
    var items = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    items.forEach(item -> check(name, about, item));
    return List.copyOf(items);
  }

  private static void check(String name, Object about, String value) {
    var pattern = Tree.textAt(about, "AllowedPattern");
    var allowed = Tree.listAt(about, "AllowedValues").stream().map(Object::toString).toList();
    boolean ok =
        (pattern == null || value.matches(pattern))
            && (allowed.isEmpty() || allowed.contains(value))
            && value.length() >= limit(about, "MinLength", 0)
            && value.length() <= limit(about, "MaxLength", Integer.MAX_VALUE);
    if (ok && Tree.requiredAt(about, "Type").equals("Number")) {
      ok =
          Long.parseLong(value) >= limit(about, "MinValue", Long.MIN_VALUE)
              && Long.parseLong(value) <= limit(about, "MaxValue", Long.MAX_VALUE);
    }
    if (!ok) {
      var why = Tree.textAt(about, "ConstraintDescription");
      throw new IllegalArgumentException(name + " can't be \"" + value + "\": " + why);
    }
  }

  private static long limit(Object about, String name, long otherwise) {
    var text = Tree.textAt(about, name);
    return text == null ? otherwise : Long.parseLong(text);
  }
}
