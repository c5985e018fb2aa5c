package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.json.JsonObject;

/** Compares records that the audit shows with those that it must have. */
final class Records {
  /** The members that are compared; no other fact has a say in them. */
  private static final List<String> MEMBERS =
      List.of(
          "caller",
          "callerId",
          "callerSession",
          "sourceIp",
          "userAgent",
          "roleArn",
          "clientAccount",
          "clientName",
          "action",
          "target",
          "accessKeyId",
          "passed",
          "outcome",
          "reason");

  private Records() {}

  /** The members of a JSON object. */
  static Map<String, @Nullable Object> object(String json) {
    return switch (JsonObject.readForeign(json)) {
      case JsonObject.Read(JsonObject object) -> object.members();
      case JsonObject.Unreadable unreadable ->
          throw new AssertionError(
              unreadable + ": " + json.substring(0, Math.min(500, json.length())));
    };
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> object(@Nullable Object value) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  static List<@Nullable Object> list(@Nullable Object value) {
    return (List<@Nullable Object>) Objects.requireNonNull(value);
  }

  /** Each record once, and each as it was written. */
  static long assertSame(Stream<Map<String, @Nullable Object>> shown, Stream<Fact> facts) {
    Map<String, Fact> expected = facts.collect(Collectors.toMap(Fact::key, Function.identity()));
    int count = expected.size();
    shown.forEach(
        (Map<String, @Nullable Object> record) -> {
          Fact fact = expected.remove(record.get("vendId") + " " + record.get("kind"));
          assertThat(fact).as("is not expected, or comes twice: %s", record).isNotNull();
          if (!picked(record).equals(picked(Objects.requireNonNull(fact)))) {
            assertThat(picked(record)).as("%s", record).isEqualTo(picked(fact));
          }
        });
    assertThat(expected.values().stream().limit(5)).as("%d are missing", expected.size()).isEmpty();
    return count;
  }

  private static Map<String, @Nullable Object> picked(Map<String, @Nullable Object> record) {
    Map<String, @Nullable Object> picked = new HashMap<>();
    picked.put("at", record.get("at"));
    MEMBERS.stream().filter(record::containsKey).forEach(n -> picked.put(n, record.get(n)));
    if (record.get("claimed") != null) {
      picked.put("ticket", object(record.get("claimed")).get("ticket"));
    }
    return picked;
  }

  private static Map<String, @Nullable Object> picked(Fact fact) {
    Map<String, @Nullable Object> picked = new LinkedHashMap<>(fact.members());
    picked.put("at", Service.at(fact.at()));
    if (fact.about().claimed() != null) {
      picked.put("ticket", fact.about().claimed());
    }
    return picked;
  }
}
