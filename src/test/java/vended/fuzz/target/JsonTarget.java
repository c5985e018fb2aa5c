package vended.fuzz.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.fuzz.oracle.StrictJson;
import vended.fuzz.oracle.StrictJson.Parsed;
import vended.fuzz.oracle.StrictJson.Written;
import vended.json.Json;
import vended.json.JsonObject;

/**
 * JSON: read exactly as its grammar says or not at all, and written as it was read, by both
 * readers.
 */
public final class JsonTarget implements Target {
  private static final int MAX_DEPTH = 12;
  private static final int MAX_FOREIGN_DEPTH = 64;

  @Override
  public void check(byte[] input) {
    String text = new Data(input).rest();
    Parsed parsed = StrictJson.parse(text);
    compare(text, parsed, JsonObject.read(text), MAX_DEPTH, 20);
    compare(text, parsed, JsonObject.readForeign(text), MAX_FOREIGN_DEPTH, 400);
    Target.check(
        JsonObject.isSound(text)
            == (JsonObject.read(text) instanceof JsonObject.Read(JsonObject object)
                && object.doubled().isEmpty()),
        "sound is read without duplicates",
        text);
  }

  private static void compare(
      String text, @Nullable Parsed parsed, JsonObject.Reading reading, int depth, int digits) {
    boolean fits =
        parsed != null
            && parsed.value() instanceof Map<?, ?>
            && parsed.deepest() <= depth
            && isText(parsed.value())
            // Of a name that stands twice, the oracle keeps one value, and the other may be too
            // long.
            && !parsed.doubled()
            && longest(parsed.value()) <= digits;
    if (!(reading instanceof JsonObject.Read(JsonObject object))) {
      Target.check(!fits, "an object within the limits is read", text, reading);
      return;
    }
    Target.check(parsed != null, "what is not JSON is not read", text);
    Map<?, ?> expected = (Map<?, ?>) Objects.requireNonNull(Objects.requireNonNull(parsed).value());
    Target.check(parsed.deepest() <= depth, "not deeper than the limit", text);
    Target.check(
        parsed.doubled() == !object.doubled().isEmpty(), "duplicates are found", text, object);
    Target.check(isSame(expected, object.members()), "read as it is written", text, object);
    if (!hasInfinity(object.members())) {
      String printed = Json.write(object.members());
      Target.check(
          JsonObject.readForeign(printed) instanceof JsonObject.Read(JsonObject again)
              && again.members().equals(withoutNulls(object.members())),
          "printed as it was read",
          text,
          printed);
    }
  }

  private static int longest(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object ->
          object.values().stream().mapToInt(JsonTarget::longest).max().orElse(0);
      case List<?> list -> list.stream().mapToInt(JsonTarget::longest).max().orElse(0);
      case Written(String number) -> number.length();
      case null, default -> 0;
    };
  }

  /** Whether no name has half of a pair of surrogates, which JSON allows and Jackson does not. */
  private static boolean isText(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object ->
          object.keySet().stream()
                  .allMatch(
                      name ->
                          ("" + name)
                              .codePoints()
                              .noneMatch(c -> Character.getType(c) == Character.SURROGATE))
              && object.values().stream().allMatch(JsonTarget::isText);
      case List<?> list -> list.stream().allMatch(JsonTarget::isText);
      case null, default -> true;
    };
  }

  private static boolean hasInfinity(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object -> object.values().stream().anyMatch(JsonTarget::hasInfinity);
      case List<?> list -> list.stream().anyMatch(JsonTarget::hasInfinity);
      case Double number -> number.isInfinite();
      case null, default -> false;
    };
  }

  private static boolean isSame(@Nullable Object expected, @Nullable Object read) {
    return switch (expected) {
      case Map<?, ?> object ->
          read instanceof Map<?, ?> members
              && members.keySet().equals(object.keySet())
              && object.keySet().stream()
                  .allMatch(name -> isSame(object.get(name), members.get(name)));
      case List<?> list -> {
        boolean same = read instanceof List<?> items && items.size() == list.size();
        for (int i = 0; same && i < list.size(); i++) {
          same = isSame(list.get(i), ((List<?>) Objects.requireNonNull(read)).get(i));
        }
        yield same;
      }
      case Written number ->
          read instanceof Long whole
              ? number.isWhole() && whole == Long.parseLong(number.digits())
              : read instanceof Double real && real == Double.parseDouble(number.digits());
      case null -> read == null;
      default -> expected.equals(read);
    };
  }

  /** Members with the value null are not written. */
  private static @Nullable Object withoutNulls(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Map<Object, @Nullable Object> members = new LinkedHashMap<>();
        object.forEach(
            (name, member) -> {
              if (member != null) {
                members.put(Objects.requireNonNull(name), withoutNulls(member));
              }
            });
        yield members;
      }
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>();
        list.forEach(item -> items.add(withoutNulls(item)));
        yield items;
      }
      case null, default -> value;
    };
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "{\"roleArn\":\"arn:aws:iam::444455556666:role/x\",\"durationSeconds\":900,\"context\":{}}",
        " { \"a\" : [1, -0.5e+10, true, false, null, \"\\u00e9\\ud83d\\ude00\\\\\\/\\n\"] } ",
        "{\"a\":{\"a\":{\"a\":{\"a\":[[[[[[[[1]]]]]]]]}}},\"b\":12345678901234567890}",
        "{\"a\":1,\"a\":2,\"\":{\"b\":[],\"b\":{}}}");
  }

  @Override
  public List<String> words() {
    return JsonWords.and(
        "\\ud800",
        "NaN",
        "Infinity",
        "9223372036854775808",
        "//",
        "/*",
        "{\"a\":",
        "[[[[[[[[",
        "]]]]]]]]",
        "\t",
        "e5",
        ".5");
  }
}
