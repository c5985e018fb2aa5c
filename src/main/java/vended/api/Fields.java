package vended.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vended.json.JsonError;
import vended.json.JsonObject;

/**
 * Reads a body member by member, and collects all errors. A member that is invalid, or that may be
 * missing and is, is read as {@code null} or empty.
 */
public class Fields {
  private final Map<String, @Nullable Object> members;
  private final Set<String> unread;
  private final List<String> known = new ArrayList<>();
  private final List<JsonError> errors;

  public Fields(JsonObject object) {
    this.errors = new ArrayList<>(object.doubled());
    this.members = object.members();
    this.unread = new HashSet<>(members.keySet());
  }

  /** All errors so far, with one for each member that nobody read. */
  public final List<JsonError> errors() {
    List<JsonError> all = new ArrayList<>(errors);
    unread.stream().sorted().forEach(name -> all.add(JsonError.unknown(name, known)));
    return all;
  }

  /** The request, or all errors if there are any. */
  public final <T> Body<T> body(Supplier<T> request) {
    List<JsonError> all = errors();
    return all.isEmpty() ? new Body.Valid<>(request.get()) : Body.Invalid.of(all);
  }

  public final void error(String name, String detail) {
    errors.add(new JsonError("/" + name, detail));
  }

  /** A string, parsed. */
  public final <T> @Nullable T required(
      String name, Function<String, Optional<T>> parse, String rule) {
    if (!isThere(name)) {
      error(name, "is missing: " + rule);
    }
    return optional(name, parse, rule);
  }

  /** A string that may be missing, parsed. */
  public final <T> @Nullable T optional(
      String name, Function<String, Optional<T>> parse, String rule) {
    if (!read(name)) {
      return null;
    }
    Optional<T> value =
        members.get(name) instanceof String text ? parse.apply(text) : Optional.empty();
    if (value.isEmpty()) {
      error(name, rule);
    }
    return value.orElse(null);
  }

  /**
   * One string, or a list of strings, which may be missing; each parsed.
   *
   * @param most how many the list may have
   * @return without doubles, in the order of their texts, so that the order given doesn't matter
   */
  public final <T> List<T> optionalOneOrMore(
      String name, int most, Function<String, Optional<T>> parse, String rule) {
    if (!(members.get(name) instanceof List<?> items)) {
      T value = optional(name, parse, rule);
      return value == null ? List.of() : List.of(value);
    }
    read(name);
    if (items.isEmpty() || items.size() > most) {
      error(name, "must be one value, or a list of 1 to %d: each %s".formatted(most, rule));
      return List.of();
    }
    Map<String, T> values = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      Optional<T> value =
          items.get(i) instanceof String text ? parse.apply(text) : Optional.empty();
      if (value.isEmpty()) {
        error(name + "/" + i, rule);
      }
      value.ifPresent(one -> values.put(one.toString(), one));
    }
    return List.copyOf(values.values());
  }

  /** A string of a certain form. */
  public final @Nullable String requiredText(String name, Predicate<String> form, String rule) {
    return required(name, text -> Optional.of(text).filter(form), rule);
  }

  /** A string of a certain form that may be missing. */
  public final @Nullable String optionalText(String name, Predicate<String> form, String rule) {
    return optional(name, text -> Optional.of(text).filter(form), rule);
  }

  /** An integer that may be missing. */
  public final @Nullable Integer optionalInteger(String name, int least, int most, String rule) {
    if (!read(name)) {
      return null;
    }
    if (members.get(name) instanceof Long number && number >= least && number <= most) {
      return Math.toIntExact(number);
    }
    error(name, rule);
    return null;
  }

  /** An integer from 1 that may be missing. */
  public final int number(String name, int most, int otherwise) {
    Integer number =
        optionalInteger(name, 1, most, "must be a whole number from 1 to %d".formatted(most));
    return number == null ? otherwise : number;
  }

  /** A boolean that may be missing; false if it is. */
  public final boolean optionalFlag(String name) {
    if (!read(name)) {
      return false;
    }
    if (members.get(name) instanceof Boolean flag) {
      return flag;
    }
    error(name, "must be true or false");
    return false;
  }

  public final boolean requiredFlag(String name) {
    if (!isThere(name)) {
      error(name, "is missing: must be true or false");
    }
    return optionalFlag(name);
  }

  /** Whether the body has the member, valid or not. This does not count as reading it. */
  public final boolean isThere(String name) {
    return members.containsKey(name);
  }

  /** A list of strings that may be missing. */
  public final List<String> optionalTexts(String name, String rule) {
    if (!read(name)) {
      return List.of();
    }
    if (members.get(name) instanceof List<?> items
        && items.stream().allMatch(String.class::isInstance)) {
      return items.stream().map(String.class::cast).toList();
    }
    error(name, rule);
    return List.of();
  }

  /** A list of anything. */
  public final List<?> requiredList(String name, int most, String rule) {
    if (read(name) && members.get(name) instanceof List<?> items && items.size() <= most) {
      return items;
    }
    error(name, rule);
    return List.of();
  }

  /** An object whose values are strings, which may be missing. */
  public final Map<String, String> optionalTextMap(String name, String rule) {
    if (!read(name)) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    if (members.get(name) instanceof Map<?, ?> entries
        && entries.values().stream().allMatch(String.class::isInstance)) {
      entries.forEach((key, value) -> texts.put((String) key, (String) value));
      return texts;
    }
    error(name, rule);
    return Map.of();
  }

  private boolean read(String name) {
    known.add(name);
    return unread.remove(name);
  }
}
