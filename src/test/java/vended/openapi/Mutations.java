package vended.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vended.json.Json;

/** Bodies that differ from a valid one in one member. Most of them are invalid. */
final class Mutations {
  private Mutations() {}

  /**
   * All of them, as JSON.
   *
   * @param members the names that a body may have
   */
  static List<String> of(Map<?, ?> valid, Collection<String> members) {
    List<String> all = new ArrayList<>();
    add(all, valid, body -> body.put("other", 1));
    for (String name : members) {
      if (valid.containsKey(name)) {
        add(all, valid, body -> body.remove(name));
        add(all, valid, body -> body.put(name.toUpperCase(Locale.ROOT), body.remove(name)));
      }
      for (Object value : values(valid.get(name))) {
        add(all, valid, body -> body.put(name, value == NULL ? null : value));
      }
    }
    return all;
  }

  private static final Object NULL = new Object();

  private static List<Object> values(@Nullable Object valid) {
    if (valid == null) {
      return List.of(NULL, 1.5, "\u0007", List.of(1));
    }
    List<Object> values =
        new ArrayList<>(
            List.of(NULL, 0, 1.5, 10_000_000_000L, true, "", " ", "\u0007", "*", "x".repeat(2000)));
    values.add(List.of());
    values.add(List.of(1));
    values.add(Map.of("", ""));
    values.add(Map.of("aws:x", 1));
    if (valid instanceof String text) {
      values.add(text + "*");
      values.add(text + "\n");
      values.add(" " + text);
      values.add(List.of(text, 1));
    }
    if (valid instanceof List<?> list && !list.isEmpty()) {
      values.add(List.of(list.getFirst(), list.getFirst()));
      values.add(List.of(list.getFirst() + "*"));
    }
    return values;
  }

  private static void add(
      List<String> all, Map<?, ?> valid, Consumer<Map<String, @Nullable Object>> change) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    valid.forEach((name, value) -> body.put((String) name, value));
    change.accept(body);
    all.add(Json.write(body));
  }
}
