package vended.audit.dynamo;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.query.AuditRow;

/** Parses a row leniently: nothing in the table is left out or refused. */
final class DynamoAuditRow {
  /** The keys, which have members of their own, and what only DynamoDB needs. */
  private static final Set<String> APART = Set.of("pk", "sk", "kind", "at", "hourShard", "ttl");

  private DynamoAuditRow() {}

  static AuditRow of(Map<String, AttributeValue> item, int shard) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    item.forEach(
        (name, attribute) -> {
          Object value = APART.contains(name) ? null : value(attribute);
          if (value != null) {
            attributes.put(name, value);
          }
        });
    return new AuditRow(text(item, "pk"), text(item, "sk"), text(item, "at"), shard, attributes);
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }

  private static @Nullable Object value(AttributeValue attribute) {
    return switch (attribute.type()) {
      case S -> attribute.s();
      case N -> number(attribute.n());
      case BOOL -> attribute.bool();
      case B -> Base64.getEncoder().encodeToString(attribute.b().asByteArrayUnsafe());
      case SS -> List.copyOf(attribute.ss());
      case NS -> attribute.ns().stream().map(DynamoAuditRow::number).toList();
      case BS ->
          attribute.bs().stream()
              .map(bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()))
              .toList();
      case L -> attribute.l().stream().map(DynamoAuditRow::valueOrText).toList();
      case M -> {
        Map<String, Object> members = new LinkedHashMap<>();
        attribute.m().forEach((name, member) -> members.put(name, valueOrText(member)));
        yield members;
      }
      default -> null;
    };
  }

  private static Object valueOrText(AttributeValue attribute) {
    Object value = value(attribute);
    return value == null ? "" : value;
  }

  /** DynamoDB's numbers have up to 38 digits: those that exceed a long stay text. */
  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
