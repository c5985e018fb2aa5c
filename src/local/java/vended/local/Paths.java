package vended.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSONPath as the Amazon States Language has it, in the forms that {@code template.yaml} uses:
 * names, one index, and the items of a list that have a member. Anything else is refused.
 */
final class Paths {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$((?:\\.[A-Za-z]+(?:\\[[0-9]\\])?)*)");
  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z]+)(?:\\[([0-9])\\])?");
  private static final Pattern FILTER =
      Pattern.compile("\\$\\[\\?\\(@\\.([A-Za-z]+)\\)\\]\\.([A-Za-z]+)");

  private Paths() {}

  /** What the path leads to; it must be there. */
  static Object get(Object data, String path) {
    Matcher filter = FILTER.matcher(path);
    if (filter.matches()) {
      return having((List<?>) data, filter.group(1), filter.group(2));
    }
    return find(data, path)
        .orElseThrow(() -> new IllegalArgumentException("States.Runtime: no " + path));
  }

  /** What the path leads to, if it is there. */
  static Optional<Object> find(Object data, String path) {
    Matcher reference = REFERENCE.matcher(path);
    if (!reference.matches()) {
      throw new IllegalArgumentException("a path that is not understood: " + path);
    }
    Object here = data;
    Matcher step = STEP.matcher(reference.group(1));
    while (here != null && step.find()) {
      here = here instanceof Map<?, ?> map ? map.get(step.group(1)) : null;
      String index = step.group(2);
      if (index != null) {
        int at = Integer.parseInt(index);
        here = here instanceof List<?> list && at < list.size() ? list.get(at) : null;
      }
    }
    return Optional.ofNullable(here);
  }

  private static List<Object> having(List<?> items, String member, String taken) {
    List<Object> found = new ArrayList<>();
    for (Object item : items) {
      if (item instanceof Map<?, ?> map && map.containsKey(member)) {
        found.add(get(map, "$." + taken));
      }
    }
    return found;
  }

  /** The data with a result at {@code $.name}; the result itself for {@code $} or no path. */
  static Object put(Object data, @Nullable String path, Object result) {
    if (path == null || path.equals("$")) {
      return result;
    }
    if (!path.matches("\\$\\.[A-Za-z]+")) {
      throw new IllegalArgumentException("a ResultPath that is not understood: " + path);
    }
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    ((Map<?, ?>) data).forEach((name, value) -> changed.put((String) name, value));
    changed.put(path.substring(2), result);
    return changed;
  }

  /** A template with each {@code "name.$": path} filled in. */
  static Object fill(Object template, Object data) {
    if (!(template instanceof Map<?, ?> map)) {
      return template;
    }
    Map<String, @Nullable Object> filled = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String name = (String) key;
          if (name.endsWith(".$")) {
            filled.put(name.substring(0, name.length() - 2), get(data, (String) value));
          } else {
            filled.put(name, fill(value, data));
          }
        });
    return filled;
  }
}
