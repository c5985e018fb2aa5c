package vended.probe;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One row of {@code probes.yaml}, whose head says what its members mean. */
record ProbeRow(Map<String, Object> members) {
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "trust",
          "settles",
          "verified",
          "sts",
          "passed",
          "propagating",
          "sourceIdentity",
          "sessionTags",
          "with",
          "without",
          "wrong",
          "says",
          "waited");

  /** A member that is misspelt would test nothing. */
  ProbeRow {
    if (!KNOWN.containsAll(members.keySet())) {
      throw new IllegalArgumentException("unknown members in " + members);
    }
  }

  static List<ProbeRow> all() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ProbeRow.class.getResourceAsStream("/vended/probes.yaml"))) {
      List<?> rows = (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return rows.stream().map(row -> new ProbeRow(texts((Map<?, ?>) row))).toList();
    }
  }

  /** Whether there is a role at all. */
  boolean hasRole() {
    return members.get("trust") instanceof List;
  }

  /** The trust policy, for this vendor and client. */
  Map<String, Object> trust(Map<String, String> names) {
    return Map.of(
        "Version", "2012-10-17", "Statement", filled(members.getOrDefault("trust", ""), names));
  }

  List<String> list(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  int number(String name) {
    return (int) members.getOrDefault(name, 0);
  }

  String text(String name) {
    return String.valueOf(members.get(name));
  }

  @Override
  public String toString() {
    return text("name");
  }

  static Object filled(Object value, Map<String, String> names) {
    return switch (value) {
      case String text -> {
        String filled = text;
        for (var name : names.entrySet()) {
          filled = filled.replace("{" + name.getKey() + "}", name.getValue());
        }
        yield filled;
      }
      case List<?> list -> list.stream().map(item -> filled(item, names)).toList();
      case Map<?, ?> map -> {
        Map<String, Object> filled = new LinkedHashMap<>();
        texts(map).forEach((key, item) -> filled.put(key, filled(item, names)));
        yield filled;
      }
      default -> value;
    };
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    Map<String, Object> texts = new LinkedHashMap<>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), value));
    return texts;
  }
}
