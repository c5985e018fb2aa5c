package vended.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error at one place of a JSON text.
 *
 * @param pointer the place, as a JSON Pointer (RFC 6901); empty for the whole
 * @param detail what is wrong there and what is valid, to be read after the place
 */
public record JsonError(String pointer, String detail) {
  private static final int MAX_NAME = 64;

  /**
   * For an unknown member.
   *
   * @param name its name
   * @param known the known names
   */
  public static JsonError unknown(String name, List<String> known) {
    return new JsonError("/" + escape(name), "is unknown; known are: " + String.join(", ", known));
  }

  /** The error as it is written in responses. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("pointer", pointer);
    map.put("detail", detail);
    return map;
  }

  /** A member's name as part of a pointer, escaped (RFC 6901, section 3) and shortened. */
  static String escape(String name) {
    String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
    return shown.replace("~", "~0").replace("/", "~1");
  }
}
