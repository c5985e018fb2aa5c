package vended.iam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the plain maps, lists and scalars that JSON and YAML give, and names what is wrong. */
final class Tree {
  private Tree() {}

  static Map<String, Object> map(@Nullable Object tree, String what) {
    if (!(tree instanceof Map<?, ?> map)) {
      throw new UnsupportedPolicyException(what + " is not an object: " + tree);
    }
    var result = new LinkedHashMap<String, Object>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name) || value == null) {
            throw new UnsupportedPolicyException(what + " has a strange member: " + key);
          }
          result.put(name, value);
        });
    return result;
  }

  /** IAM takes one value for a list of one. */
  static List<Object> list(@Nullable Object tree) {
    if (tree instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    return tree == null ? List.of() : List.of(tree);
  }

  /** Scalars as text: a policy may say {@code true} or {@code "true"}, 900 or "900". */
  static List<String> strings(@Nullable Object tree, String what) {
    var result = new ArrayList<String>();
    for (var value : list(tree)) {
      if (!(value instanceof String || value instanceof Boolean || value instanceof Number)) {
        throw new UnsupportedPolicyException(what + " holds something else than text: " + value);
      }
      result.add(value.toString());
    }
    if (result.isEmpty()) {
      throw new UnsupportedPolicyException(what + " is empty");
    }
    return result;
  }
}
