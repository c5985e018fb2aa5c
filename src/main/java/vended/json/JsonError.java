package vended.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong at one place of a JSON text.
 *
 * @param pointer the place, as a JSON Pointer (RFC 6901); empty for the whole
 * @param detail what is wrong there and what is right, to be read after the place's name
 */
public record JsonError(String pointer, String detail) {
  private static final int MAX_NAME = 64;

  /**
   * A member that nothing takes.
   *
   * @param name its name
   * @param known the names that are taken
   */
  public static JsonError unknown(String name, List<String> known) {
    return new JsonError("/" + escape(name), "is not known here; known are: " + String.join(", ", known));
  }

  /** The form in which an error stands in an answer. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("pointer", pointer);
    map.put("detail", detail);
    return map;
  }

  /** A member's name as part of a pointer: escaped (RFC 6901, section 3), and not too long. */
  static String escape(String name) {
    String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
    return shown.replace("~", "~0").replace("/", "~1");
  }
}
