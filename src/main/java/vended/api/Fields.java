package vended.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.json.JsonError;
import vended.json.JsonObject;

/** Takes the members of a body one by one, and collects all that is wrong with them. */
public final class Fields {
  private final Map<String, @Nullable Object> members;
  private final Set<String> untaken;
  private final List<String> known = new ArrayList<>();
  private final List<JsonError> errors;

  public Fields(JsonObject object) {
    this.errors = new ArrayList<>(object.doubled());
    this.members = object.members();
    this.untaken = new HashSet<>(members.keySet());
  }

  /** All that is wrong, members that nobody took included. */
  public List<JsonError> errors() {
    List<JsonError> all = new ArrayList<>(errors);
    untaken.stream().sorted().forEach(name -> all.add(JsonError.unknown(name, known)));
    return all;
  }

  public void error(String name, String detail) {
    errors.add(new JsonError("/" + name, detail));
  }

  /** A text that must be there, parsed; {@code null} where it is refused. */
  public <T> @Nullable T required(String name, Function<String, @Nullable T> parse, String rule) {
    if (!has(name)) {
      error(name, "is missing: " + rule);
      return null;
    }
    return parsed(name, parse, rule);
  }

  /** A text that may be there, parsed; {@code null} where it is not there or refused. */
  public <T> @Nullable T optional(String name, Function<String, @Nullable T> parse, String rule) {
    return has(name) ? parsed(name, parse, rule) : null;
  }

  private <T> @Nullable T parsed(String name, Function<String, @Nullable T> parse, String rule) {
    T value = members.get(name) instanceof String text ? parse.apply(text) : null;
    if (value == null) {
      error(name, rule);
    }
    return value;
  }

  /** A whole number that may be there; {@code null} where it is not there or refused. */
  public @Nullable Integer optionalInteger(String name, int least, int most, String rule) {
    if (!has(name)) {
      return null;
    }
    if (members.get(name) instanceof Long number && number >= least && number <= most) {
      return Math.toIntExact(number);
    }
    error(name, rule);
    return null;
  }

  /** Yes or no, where it may be left out; {@code null} where it is not there or refused. */
  public @Nullable Boolean optionalFlag(String name) {
    if (!has(name)) {
      return null;
    }
    if (members.get(name) instanceof Boolean flag) {
      return flag;
    }
    error(name, "must be true or false");
    return null;
  }

  /** Yes or no, which must be said; no where it is not there or refused. */
  public boolean requiredFlag(String name) {
    if (!isThere(name)) {
      error(name, "is missing: must be true or false");
    }
    return Boolean.TRUE.equals(optionalFlag(name));
  }

  /** Whether the member is there, of whatever form; it is still to be taken. */
  public boolean isThere(String name) {
    return members.containsKey(name);
  }

  /** A list of texts that may be there; empty where it is not there or refused. */
  public List<String> optionalTexts(String name, String rule) {
    if (!has(name)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (members.get(name) instanceof List<?> items) {
      for (Object item : items) {
        if (!(item instanceof String text)) {
          error(name, rule);
          return List.of();
        }
        texts.add(text);
      }
      return texts;
    }
    error(name, rule);
    return List.of();
  }

  /** A list that must be there, of whatever is in it; empty where it is not there or refused. */
  public List<?> requiredList(String name, int most, String rule) {
    if (!has(name) || !(members.get(name) instanceof List<?> items) || items.size() > most) {
      error(name, rule);
      return List.of();
    }
    return items;
  }

  /** A map of texts that may be there; empty where it is not there or refused. */
  public Map<String, String> optionalTextMap(String name, String rule) {
    if (!has(name)) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    if (members.get(name) instanceof Map<?, ?> entries) {
      for (var entry : entries.entrySet()) {
        if (!(entry.getValue() instanceof String text)) {
          error(name, rule);
          return Map.of();
        }
        texts.put((String) entry.getKey(), text);
      }
      return texts;
    }
    error(name, rule);
    return Map.of();
  }

  private boolean has(String name) {
    known.add(name);
    return untaken.remove(name);
  }
}
