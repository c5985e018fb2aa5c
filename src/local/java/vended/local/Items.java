package vended.local;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads members of rows that a test knows to be there. */
public final class Items {
  private Items() {}

  /** A text, or a number as text. */
  public static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = value(item, name);
    return value.s() == null ? value.n() : value.s();
  }

  /** Any value. */
  public static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), () -> name + " is not in " + item.keySet());
  }
}
