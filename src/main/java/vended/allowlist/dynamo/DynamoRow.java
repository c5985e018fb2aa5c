package vended.allowlist.dynamo;

import java.io.Serial;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Row;
import vended.allowlist.Stored;

/**
 * A row, or a map in a row, parsed strictly: an attribute that is missing, has another type, or is
 * unknown makes the whole row corrupt. A misspelt name, say {@code expiresAT}, must not pass for a
 * grant that never expires.
 */
final class DynamoRow {
  /** The schema that this code reads and writes. */
  static final int SCHEMA = 1;

  /** The times that the API accepts. Milliseconds in place of seconds are far outside. */
  private static final Instant FIRST_TIME = Instant.EPOCH;

  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

  private final Map<String, AttributeValue> attributes;
  private final Set<String> unread;

  DynamoRow(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
    this.unread = new HashSet<>(attributes.keySet());
  }

  /** The row is invalid. The message names attributes and contains no values. */
  static final class CorruptException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    CorruptException(String message) {
      super(message);
    }
  }

  /** Makes a value of a row's attributes. */
  interface Parser<T> {
    T parse(DynamoRow row) throws CorruptException;
  }

  /**
   * Reads a whole row.
   *
   * @param kind begins the message of a corrupt row
   * @param attributes empty where there is no row
   * @param parser may throw an IllegalArgumentException for a row that is corrupt
   */
  static <T> Row<Stored<T>> read(
      String kind, Map<String, AttributeValue> attributes, Parser<T> parser) {
    if (attributes.isEmpty()) {
      return new Row.Missing<>();
    }
    DynamoRow row = new DynamoRow(attributes);
    try {
      row.checkSchema();
      row.skip("pk", "sk", "kind", "createdAt", "createdBy", "updatedAt", "updatedBy");
      T value = parser.parse(row);
      row.checkNothingLeft();
      return new Row.Found<>(DynamoItem.stored(value, attributes));
    } catch (CorruptException | IllegalArgumentException e) {
      return new Row.Corrupt<>(kind + " row: " + e.getMessage());
    }
  }

  /** Checks the schema's version. A row without one has the first. */
  private void checkSchema() throws CorruptException {
    Long schema = optionalNumber("schema");
    if (schema != null && schema != SCHEMA) {
      throw new CorruptException("schema is not " + SCHEMA);
    }
  }

  /** Accepts attributes whatever their values: they are for people. */
  void skip(String... names) {
    unread.removeAll(List.of(names));
  }

  /** Checks that every attribute was read. */
  void checkNothingLeft() throws CorruptException {
    if (!unread.isEmpty()) {
      throw new CorruptException("unknown attribute " + unread.stream().sorted().toList());
    }
  }

  String text(String name) throws CorruptException {
    return required(name, optionalText(name));
  }

  @Nullable String optionalText(String name) throws CorruptException {
    return optional(name, "a string", value -> value.s() != null, AttributeValue::s);
  }

  boolean flag(String name) throws CorruptException {
    return required(name, optionalFlag(name));
  }

  @Nullable Boolean optionalFlag(String name) throws CorruptException {
    return optional(name, "a boolean", value -> value.bool() != null, AttributeValue::bool);
  }

  long number(String name) throws CorruptException {
    return required(name, optionalNumber(name));
  }

  @Nullable Long optionalNumber(String name) throws CorruptException {
    String digits = optional(name, "a number", value -> value.n() != null, AttributeValue::n);
    try {
      return digits == null ? null : Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new CorruptException(name + " is not a whole number");
    }
  }

  /**
   * The optimistic-lock version, 1 for a new row. No change could name a version outside the range
   * that the API accepts.
   */
  long version() throws CorruptException {
    long version = number("version");
    if (version < 1 || version > Integer.MAX_VALUE) {
      throw new CorruptException("version is not from 1 to " + Integer.MAX_VALUE);
    }
    return version;
  }

  /** A time in seconds since 1970, as DynamoDB's TTL needs it. */
  @Nullable Instant optionalSeconds(String name) throws CorruptException {
    Long seconds = optionalNumber(name);
    return seconds == null ? null : time(name, () -> Instant.ofEpochSecond(seconds));
  }

  /** A time as ISO-8601 text. */
  Instant time(String name) throws CorruptException {
    String text = text(name);
    return time(name, () -> Instant.parse(text));
  }

  private static Instant time(String name, Supplier<Instant> parser) throws CorruptException {
    Instant time;
    try {
      time = parser.get();
    } catch (DateTimeException e) {
      throw new CorruptException(name + " is not a time");
    }
    if (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
      throw new CorruptException(name + " is not from 1970 to 9999");
    }
    return time;
  }

  Map<String, AttributeValue> map(String name) throws CorruptException {
    return required(name, optional(name, "a map", AttributeValue::hasM, AttributeValue::m));
  }

  List<String> optionalTexts(String name) throws CorruptException {
    List<AttributeValue> values = optional(name, "a list", AttributeValue::hasL, AttributeValue::l);
    List<String> texts = new ArrayList<>();
    for (AttributeValue value : values == null ? List.<AttributeValue>of() : values) {
      texts.add(textIn(name, value));
    }
    return texts;
  }

  Map<String, String> optionalTextMap(String name) throws CorruptException {
    Map<String, AttributeValue> values =
        optional(name, "a map", AttributeValue::hasM, AttributeValue::m);
    Map<String, String> texts = new LinkedHashMap<>();
    for (var entry : (values == null ? Map.<String, AttributeValue>of() : values).entrySet()) {
      texts.put(entry.getKey(), textIn(name, entry.getValue()));
    }
    return texts;
  }

  private static String textIn(String name, AttributeValue value) throws CorruptException {
    if (value.s() == null) {
      throw new CorruptException(name + " contains something that is not a string");
    }
    return value.s();
  }

  private <T> @Nullable T optional(
      String name, String form, Predicate<AttributeValue> is, Function<AttributeValue, T> as)
      throws CorruptException {
    unread.remove(name);
    AttributeValue value = attributes.get(name);
    if (value == null) {
      return null;
    }
    if (!is.test(value)) {
      throw new CorruptException(name + " is not " + form);
    }
    return as.apply(value);
  }

  private static <T> T required(String name, @Nullable T value) throws CorruptException {
    if (value == null) {
      throw new CorruptException(name + " is missing");
    }
    return value;
  }
}
