package vended.fuzz.oracle;

import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON by its grammar, RFC 8259, and nothing beyond it. Numbers stay as they are written.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class StrictJson {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
  private static final int MAX_DEPTH = 200;

  private final String text;
  private int at;
  private int depth;
  private int deepest;
  private boolean doubled;

  private StrictJson(String text) {
    this.text = text;
  }

  /**
   * A text that is JSON.
   *
   * @param value a Map, a List, a String, a {@link Written}, a Boolean or null
   * @param deepest how deep objects and lists nest
   * @param doubled whether an object has a name twice; then it has the last value
   */
  public record Parsed(@Nullable Object value, int deepest, boolean doubled) {}

  /** A number as it is written. */
  public record Written(String digits) {
    /** Whether it is one without a fraction and an exponent. */
    public boolean isWhole() {
      return digits.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
    }
  }

  /** The text is not JSON. */
  private static final class InvalidException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    InvalidException() {
      super("not JSON", null, false, false);
    }
  }

  /** Parses a text; null if it is not JSON. */
  public static @Nullable Parsed parse(String text) {
    StrictJson json = new StrictJson(text);
    try {
      Object value = json.element();
      return json.at == text.length() ? new Parsed(value, json.deepest, json.doubled) : null;
    } catch (InvalidException e) {
      return null;
    }
  }

  private @Nullable Object element() {
    blanks();
    Object value = value();
    blanks();
    return value;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char here() {
    if (at >= text.length()) {
      throw new InvalidException();
    }
    return text.charAt(at);
  }

  private void take(char expected) {
    if (here() != expected) {
      throw new InvalidException();
    }
    at++;
  }

  private @Nullable Object value() {
    return switch (here()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw new InvalidException();
    }
    at += word.length();
    return value;
  }

  private Written number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw new InvalidException();
    }
    at = number.end();
    return new Written(number.group());
  }

  private void enter(char bracket) {
    take(bracket);
    depth++;
    deepest = Math.max(deepest, depth);
    if (depth > MAX_DEPTH) {
      throw new InvalidException();
    }
    blanks();
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    enter('{');
    if (here() != '}') {
      do {
        blanks();
        String name = string();
        blanks();
        take(':');
        doubled |= members.containsKey(name);
        members.put(name, element());
      } while (another());
    }
    take('}');
    depth--;
    return members;
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> items = new ArrayList<>();
    enter('[');
    if (here() != ']') {
      do {
        items.add(element());
      } while (another());
    }
    take(']');
    depth--;
    return items;
  }

  private boolean another() {
    if (here() != ',') {
      return false;
    }
    at++;
    return true;
  }

  private String string() {
    take('"');
    StringBuilder string = new StringBuilder();
    while (here() != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw new InvalidException();
      }
      string.append(c == '\\' ? escape() : c);
    }
    at++;
    return string.toString();
  }

  private char escape() {
    char kind = here();
    at++;
    int plain = "\"\\/bfnrt".indexOf(kind);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (kind != 'u' || at + 4 > text.length()) {
      throw new InvalidException();
    }
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = "0123456789abcdef".indexOf(Character.toLowerCase(text.charAt(at)));
      if (digit < 0 || text.charAt(at) > 'f') {
        throw new InvalidException();
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }
}
