package vended.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks maps and lists; a missing step on the way gives null, a wrong type an exception. */
final class Tree {
  private Tree() {}

  static @Nullable Object at(@Nullable Object tree, String... path) {
    var here = tree;
    for (var step : path) {
      here = here == null ? null : map(here).get(step);
    }
    return here;
  }

  static Map<String, Object> map(@Nullable Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("not a mapping: " + tree);
    }
    var result = new LinkedHashMap<String, Object>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            result.put((String) key, value);
          }
        });
    return result;
  }

  static Map<String, Object> mapAt(@Nullable Object tree, String... path) {
    var found = at(tree, path);
    return found == null ? Map.of() : map(found);
  }

  static List<Object> listAt(@Nullable Object tree, String... path) {
    return switch (at(tree, path)) {
      case null -> List.of();
      case List<?> list -> List.copyOf(list);
      case Object one -> List.of(one);
    };
  }

  /** The text of a scalar; null where there is none. */
  static @Nullable String textAt(@Nullable Object tree, String... path) {
    var found = at(tree, path);
    if (found instanceof Map || found instanceof List) {
      throw new IllegalArgumentException(String.join(".", path) + " is not text: " + found);
    }
    return found == null ? null : found.toString();
  }

  static String requiredAt(@Nullable Object tree, String... path) {
    var text = textAt(tree, path);
    if (text == null) {
      throw new IllegalArgumentException(String.join(".", path) + " is missing in " + tree);
    }
    return text;
  }
}
