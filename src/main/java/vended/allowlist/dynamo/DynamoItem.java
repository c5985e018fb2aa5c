package vended.allowlist.dynamo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Stored;

/** Builds a row. Absent values are left out, which is how {@link DynamoRow} reads them. */
final class DynamoItem {
  private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

  /** A row of a kind: {@code client}, {@code grant} or {@code switch}. */
  static DynamoItem of(Map<String, AttributeValue> key, String kind) {
    DynamoItem item = new DynamoItem();
    item.attributes.putAll(key);
    return item.text("kind", kind);
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  DynamoItem text(String name, @Nullable String value) {
    return put(name, value == null ? null : AttributeValue.fromS(value));
  }

  DynamoItem number(String name, @Nullable Long value) {
    return put(name, value == null ? null : AttributeValue.fromN(value.toString()));
  }

  DynamoItem flag(String name, @Nullable Boolean value) {
    return put(name, value == null ? null : AttributeValue.fromBool(value));
  }

  DynamoItem texts(String name, List<String> values) {
    return put(
        name,
        values.isEmpty()
            ? null
            : AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
  }

  DynamoItem textMap(String name, Map<String, String> values) {
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    values.forEach((key, value) -> entries.put(key, AttributeValue.fromS(value)));
    return put(name, entries.isEmpty() ? null : AttributeValue.fromM(entries));
  }

  DynamoItem map(String name, Map<String, AttributeValue> entries) {
    return put(name, AttributeValue.fromM(entries));
  }

  /** Who created and last updated it. */
  DynamoItem stamps(Stored<?> stored) {
    stored.stamps().forEach(this::text);
    return this;
  }

  /** A valid row with its stamps, which are parsed leniently since they are for people. */
  static <T> Stored<T> stored(T value, Map<String, AttributeValue> attributes) {
    return new Stored<>(
        value,
        textOf(attributes, "createdAt"),
        textOf(attributes, "createdBy"),
        textOf(attributes, "updatedAt"),
        textOf(attributes, "updatedBy"));
  }

  static @Nullable String textOf(Map<String, AttributeValue> attributes, String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  /** The text behind a prefix; empty if the attribute does not begin with it. */
  static Optional<String> after(
      String prefix, Map<String, AttributeValue> attributes, String name) {
    return Optional.ofNullable(textOf(attributes, name))
        .filter(text -> text.startsWith(prefix))
        .map(text -> text.substring(prefix.length()));
  }

  private DynamoItem put(String name, @Nullable AttributeValue value) {
    if (value != null) {
      attributes.put(name, value);
    }
    return this;
  }
}
