package vended.capacity;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import vended.template.Template;

/**
 * What a vend's items take in the audit table and its indexes, by DynamoDB's rules (developer
 * guide, "DynamoDB item sizes and formats"): a write unit for each 1,024 bytes begun, and to store
 * an item 100 bytes more. Only the items matter: DynamoDB Local does not count indexes reliably.
 */
final class StoredVend {
  static final String TABLE = "the table";
  private static final int UNIT = 1_024;
  private static final int OVERHEAD = 100;

  /** By place, the size of each item there. */
  private final Map<String, List<Integer>> sizes = new LinkedHashMap<>();

  private final Map<String, Integer> byKind;

  StoredVend(Template template, List<Map<String, AttributeValue>> items) {
    byKind = items.stream().collect(Collectors.toMap(item -> text(item, "sk"), StoredVend::size));
    sizes.put(TABLE, items.stream().map(StoredVend::size).toList());
    for (GlobalSecondaryIndex index :
        template.table("AuditTable").createRequest("audit").globalSecondaryIndexes()) {
      List<String> keys = index.keySchema().stream().map(KeySchemaElement::attributeName).toList();
      sizes.put(
          index.indexName(),
          items.stream()
              .filter(item -> item.keySet().containsAll(keys))
              .map(item -> size(projected(item, keys, index.projection())))
              .toList());
    }
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? "" : value.s();
  }

  private static Map<String, AttributeValue> projected(
      Map<String, AttributeValue> item, List<String> keys, Projection projection) {
    if (projection.projectionType() == ProjectionType.ALL) {
      return item;
    }
    Set<String> kept = new HashSet<>(keys);
    kept.addAll(List.of("pk", "sk"));
    kept.addAll(projection.nonKeyAttributes());
    Map<String, AttributeValue> projected = new LinkedHashMap<>(item);
    projected.keySet().retainAll(kept);
    return projected;
  }

  List<String> places() {
    return List.copyOf(sizes.keySet());
  }

  private List<Integer> sizes(String place) {
    return sizes.getOrDefault(place, List.of());
  }

  /** Write units of a vend at one place. */
  int units(String place) {
    return sizes(place).stream().mapToInt(size -> Math.ceilDiv(size, UNIT)).sum();
  }

  /** Write units of a vend. */
  int units() {
    return places().stream().mapToInt(this::units).sum();
  }

  /** Bytes stored for a vend at one place. */
  long bytes(String place) {
    return sizes(place).stream().mapToLong(size -> size + OVERHEAD).sum();
  }

  /** Bytes stored for a vend. */
  long bytes() {
    return places().stream().mapToLong(this::bytes).sum();
  }

  /** The size of the table's item of a kind. */
  int itemBytes(String kind) {
    return byKind.getOrDefault(kind, 0);
  }

  /** The size of an item. */
  static int size(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(attribute -> utf8(attribute.getKey()) + size(attribute.getValue()))
        .sum();
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> Math.ceilDiv(value.n().replaceAll("^-?0*|0*$", "").length(), 2) + 1;
      case BOOL -> 1;
      case M -> 3 + value.m().size() + size(value.m());
      default -> throw new AssertionError("no record of a vend has " + value.type());
    };
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
