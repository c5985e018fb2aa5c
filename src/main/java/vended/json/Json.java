package vended.json;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON from maps, lists, strings, numbers and booleans. */
public final class Json {
  /** How deep objects and arrays may nest: enough for the conditions of an IAM policy. */
  static final int MAX_DEPTH = 12;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(20)
                  .build())
          .build();

  /**
   * For JSON of other services, which choose their own depth and numbers; the limits only protect
   * the reader.
   */
  static final JsonFactory FOREIGN =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(400).build())
          .build();

  private Json() {}

  /**
   * An object as JSON text. Members with the value null are left out.
   *
   * @throws IllegalArgumentException if a value has no JSON form
   */
  public static String write(Map<String, ? extends @Nullable Object> object) {
    return text(object);
  }

  /**
   * One value as JSON text.
   *
   * @throws IllegalArgumentException if it has no JSON form
   */
  public static String text(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      writeValue(generator, value);
    }
    return text.toString();
  }

  private static void writeObject(JsonGenerator generator, Map<?, ?> object) {
    generator.writeStartObject();
    object.forEach(
        (name, value) -> {
          if (value != null) {
            generator.writeName((String) name);
            writeValue(generator, value);
          }
        });
    generator.writeEndObject();
  }

  private static void writeValue(JsonGenerator generator, @Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case Boolean flag -> generator.writeBoolean(flag);
      case Map<?, ?> object -> writeObject(generator, object);
      case List<?> array -> {
        generator.writeStartArray();
        array.forEach(item -> writeValue(generator, item));
        generator.writeEndArray();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }
}
