package vended;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One row of {@code hostile.yaml}, whose head says what its members mean. */
record HostileRow(Map<String, Object> members) {
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "caller",
          "policy",
          "body",
          "padding",
          "route",
          "switch",
          "client",
          "grant",
          "hold",
          "sts",
          "network",
          "dynamodb",
          "status",
          "code",
          "credentials",
          "audit",
          "errors",
          "stsCalls",
          "metrics");

  /** A member that is misspelt would test nothing. */
  HostileRow {
    checkKnown(members, KNOWN.toArray(String[]::new));
  }

  static void checkKnown(Map<?, ?> members, String... known) {
    if (!List.of(known).containsAll(members.keySet())) {
      throw new IllegalArgumentException("unknown members in " + members);
    }
  }

  static List<HostileRow> all() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HostileRow.class.getResourceAsStream("/vended/hostile.yaml"))) {
      List<?> rows = (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return rows.stream().map(row -> new HostileRow(map(row))).toList();
    }
  }

  String text(String name, String otherwise) {
    return String.valueOf(members.getOrDefault(name, otherwise));
  }

  int number(String name, int otherwise) {
    return (int) members.getOrDefault(name, otherwise);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  List<Object> list(String name) {
    return members.get(name) instanceof List<?> list ? List.copyOf(list) : List.of();
  }

  Map<String, Object> map(String name) {
    return members.get(name) instanceof Map<?, ?> map ? map(map) : Map.of();
  }

  /** Whether DynamoDB or STS does not answer, so that time limits count. */
  boolean hangs() {
    return Stream.concat(list("dynamodb").stream(), list("network").stream())
        .anyMatch(fault -> fault instanceof Map<?, ?> map && "hang".equals(map.get("answer")));
  }

  /** A row of the allow-list as this row has it: with its changes, or not at all. */
  @Nullable Map<String, AttributeValue> changed(
      String name, Map<String, AttributeValue> sound, String role, Instant now) {
    if (Boolean.FALSE.equals(members.get(name))) {
      return null;
    }
    Map<String, AttributeValue> changed = new LinkedHashMap<>(sound);
    map(name)
        .forEach(
            (attribute, value) -> {
              changed.remove(attribute);
              if (value != null) {
                changed.put(attribute, attribute(value, role, now));
              }
            });
    return changed;
  }

  @Override
  public String toString() {
    return text("name", "");
  }

  /** A time {@code now} seconds from now, or the value itself. */
  static Object timed(Object value, Instant now) {
    return value instanceof Map<?, ?> map && map.get("now") instanceof Integer seconds
        ? now.plusSeconds(seconds)
        : value;
  }

  private static AttributeValue attribute(Object value, String role, Instant now) {
    return switch (timed(value, now)) {
      case Instant time -> AttributeValue.fromN(Long.toString(time.getEpochSecond()));
      case String text -> AttributeValue.fromS(text);
      case Integer number -> AttributeValue.fromN(number.toString());
      case Long number -> AttributeValue.fromN(number.toString());
      case Boolean flag -> AttributeValue.fromBool(flag);
      case Map<?, ?> map -> {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        map.forEach(
            (key, entry) ->
                entries.put(
                    String.valueOf(key).replace("{role}", role), attribute(entry, role, now)));
        yield AttributeValue.fromM(entries);
      }
      case Object other -> throw new IllegalArgumentException("no attribute for " + other);
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object map) {
    return (Map<String, Object>) map;
  }
}
