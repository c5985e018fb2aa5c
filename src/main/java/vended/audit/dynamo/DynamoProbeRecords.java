package vended.audit.dynamo;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditException;
import vended.audit.AuditRecord.Kind;
import vended.audit.ProbeRecords;
import vended.audit.StoredProbe;
import vended.audit.VendId;
import vended.identity.RoleArn;

/** Reads probes from the audit table. */
public final class DynamoProbeRecords implements ProbeRecords {
  private static final String WORKS = "works";
  private static final String REFUSED = "refused";

  private final DynamoDbClient client;
  private final String table;

  /**
   * Probes of a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoProbeRecords(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Optional<StoredProbe> find(VendId probeId) throws AuditException {
    Map<String, AttributeValue> key =
        Map.of("pk", AttributeValue.fromS(probeId.value()), "sk", AttributeValue.fromS("probe"));
    try {
      Map<String, AttributeValue> item =
          client.getItem(call -> call.tableName(table).key(key).consistentRead(true)).item();
      return item.isEmpty() ? Optional.empty() : Optional.of(probe(probeId, item));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new AuditException("the probe's row can't be understood", e);
    } catch (RuntimeException e) {
      throw new AuditException("the probe could not be read", e);
    }
  }

  @Override
  public boolean isNewest(VendId probeId, RoleArn role) throws AuditException {
    AttributeValue ended = DynamoProbePointer.sortKey(probeId, Kind.PROBE);
    Map<String, AttributeValue> values = Map.of(":pk", DynamoProbePointer.partition(role.value()));
    try {
      return client
          .query(
              call ->
                  call.tableName(table)
                      .keyConditionExpression("pk = :pk")
                      .expressionAttributeValues(values)
                      .scanIndexForward(false)
                      .limit(1)
                      .consistentRead(true))
          .items()
          .stream()
          .anyMatch(newest -> ended.equals(newest.get("sk")));
    } catch (RuntimeException e) {
      throw new AuditException("the newest probe could not be read", e);
    }
  }

  private static StoredProbe probe(VendId probeId, Map<String, AttributeValue> item) {
    boolean entered =
        WORKS.equals(text(item, "withoutExternalId"))
            || WORKS.equals(text(item, "withWrongExternalId"));
    boolean shut = REFUSED.equals(text(item, "withExternalId"));
    boolean passed = flag(item, "passed");
    boolean unsafe = !passed && (entered || shut);
    return new StoredProbe(
        probeId,
        Instant.parse(required(text(item, "at"))),
        new RoleArn(required(text(item, "roleArn"))),
        passed,
        unsafe,
        flag(item, "allowsSourceIdentity"),
        flag(item, "allowsSessionTags"),
        text(item, "externalIdSha256"));
  }

  private static @Nullable String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static String required(@Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException("an attribute is missing");
    }
    return text;
  }

  /** What is not there is not true: a probe that lacks it has not passed. */
  private static boolean flag(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }
}
