package vended.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
  private static Map<String, ?> members(String text) {
    return ((JsonObject.Read) JsonObject.read(text)).object().members();
  }

  private static List<JsonError> doubled(String text) {
    return ((JsonObject.Read) JsonObject.read(text)).object().doubled();
  }

  @Test
  void anObjectIsReadAsItStands() {
    assertThat(
            members(
                "{\"a\":\"x\",\"b\":9007199254740993,\"c\":[true,null,1.5],\"d\":{\"e\":false}}"))
        .isEqualTo(
            Map.of(
                "a",
                "x",
                "b",
                9007199254740993L,
                "c",
                java.util.Arrays.asList(true, null, 1.5),
                "d",
                Map.of("e", false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"x\"",
        "1",
        "{",
        "{\"a\":1",
        "{\"a\":1}}",
        "{\"a\":1} {}",
        "{\"a\":1}x",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":+1}",
        "{\"a\":1/*c*/}",
        "{\"a\":\"\u0001\"}",
        "\ufeff{}",
        "{\"a\":\"\\x\"}",
        "{\"a\":123456789012345678901234567890}"
      })
  void whatIsNotOneStrictObjectIsRefused(String text) {
    assertThat(JsonObject.read(text)).isInstanceOf(JsonObject.Unreadable.class);
  }

  @Test
  void allDoubledNamesAreToldByTheirPlaces() {
    assertThat(doubled("{\"a\":1,\"a\":2,\"b\":[{\"c/d\":1,\"c/d\":1}]}"))
        .extracting(JsonError::pointer)
        .containsExactly("/a", "/b/0/c~1d");
  }

  @Test
  void depthIsBounded() {
    assertThat(JsonObject.read("{\"a\":" + "[".repeat(11) + "]".repeat(11) + "}"))
        .isInstanceOf(JsonObject.Read.class);
    assertThat(JsonObject.read("{\"a\":" + "[".repeat(12) + "]".repeat(12) + "}"))
        .isInstanceOf(JsonObject.Unreadable.class);
    assertThat(JsonObject.read("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(JsonObject.Unreadable.class);
  }

  @Test
  void anErrorDoesNotRepeatTheText() {
    assertThat(JsonObject.read("{\"a\": topsecret}").toString()).doesNotContain("topsecret");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Map<String, Object> object =
        Map.of("a", "\"\\\n\u2028😀", "b", List.of(1L, true), "c", Map.of("d", 1.5));

    assertThat(members(Json.write(object))).isEqualTo(object);
  }
}
