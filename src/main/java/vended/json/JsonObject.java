package vended.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object, read strictly: nothing after it, and no depth or number beyond the limits of
 * {@link Json}. Members are String, Long, Double, Boolean, Map, List or null.
 *
 * @param members unmodifiable, in the order of the text
 * @param doubled the duplicate names: nobody can tell which value was meant, so an object with any
 *     must be refused
 */
public record JsonObject(Map<String, @Nullable Object> members, List<JsonError> doubled) {
  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    doubled = List.copyOf(doubled);
  }

  /** Whether the text is one object without duplicate names. */
  public static boolean isSound(String text) {
    return read(text) instanceof Read(JsonObject object) && object.doubled().isEmpty();
  }

  /** The result of reading a text. */
  public sealed interface Reading {}

  /**
   * The text is one object.
   *
   * @param object that object
   */
  public record Read(JsonObject object) implements Reading {}

  /**
   * The text is not one object.
   *
   * @param error what is wrong; it quotes no part of the text
   */
  public record Unreadable(JsonError error) implements Reading {}

  /** Reads a text that should be one object. */
  public static Reading read(String text) {
    return read(text, Json.FACTORY);
  }

  /**
   * Reads an object of another service: as strictly, but it may nest deeper and have longer
   * numbers.
   */
  public static Reading readForeign(String text) {
    return read(text, Json.FOREIGN);
  }

  private static Reading read(String text, JsonFactory factory) {
    List<JsonError> doubled = new ArrayList<>();
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Unreadable(new JsonError("", "must be one JSON object"));
      }
      Map<String, @Nullable Object> members = object(parser, "", doubled);
      return parser.nextToken() == null
          ? new Read(new JsonObject(members, doubled))
          : new Unreadable(new JsonError("", "must end after the object"));
    } catch (JacksonException e) {
      return new Unreadable(new JsonError("", "is not valid JSON, or too deep" + place(e)));
    }
  }

  /** Only the place: the exception's message may quote the text. */
  private static String place(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null
        ? ""
        : ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static Map<String, @Nullable Object> object(
      JsonParser parser, String pointer, List<JsonError> doubled) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String place = pointer + "/" + JsonError.escape(name);
      parser.nextToken();
      if (members.containsKey(name)) {
        doubled.add(new JsonError(place, "is a duplicate"));
      }
      members.put(name, value(parser, place, doubled));
    }
    return members;
  }

  private static @Nullable Object value(
      JsonParser parser, String pointer, List<JsonError> doubled) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, pointer, doubled);
      case START_ARRAY -> array(parser, pointer, doubled);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** Nothing here accepts a number that is too large for a long. */
  private static Object integer(JsonParser parser) {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? (Object) parser.getDoubleValue()
        : (Object) parser.getLongValue();
  }

  private static List<@Nullable Object> array(
      JsonParser parser, String pointer, List<JsonError> doubled) {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, pointer + "/" + items.size(), doubled));
    }
    return items;
  }
}
