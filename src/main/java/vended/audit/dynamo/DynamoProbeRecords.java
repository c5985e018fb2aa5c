package vended.audit.dynamo;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditException;
import vended.audit.AuditRecord.Kind;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecords;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.RoleArn;

/** Reads the records of probes from the audit table. */
public final class DynamoProbeRecords implements ProbeRecords {
  /** Two rows for each probe: the last ten, of which some may never have ended. */
  private static final int MAX_POINTERS = 20;

  /** The schedule probes a new role 76 times at most, so this leaves room for as many by hand. */
  private static final int MAX_POINTERS_OF_MONTH = 400;

  private final DynamoDbClient client;
  private final String table;

  /**
   * Records in a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name
   */
  public DynamoProbeRecords(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Optional<ProbeRecord> find(VendId probeId) throws AuditException {
    Map<String, AttributeValue> key =
        Map.of(
            "pk", AttributeValue.fromS(probeId.value()),
            "sk", AttributeValue.fromS(Kind.PROBE.code()));
    try {
      Map<String, AttributeValue> item =
          client.getItem(call -> call.tableName(table).key(key).consistentRead(true)).item();
      return item.isEmpty() ? Optional.empty() : Optional.of(probe(probeId, item));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new AuditException("the probe's row is malformed", e);
    } catch (RuntimeException e) {
      throw new AuditException("the probe could not be read", e);
    }
  }

  @Override
  public Optional<ProbeRecord> newest(RoleArn role) throws AuditException {
    for (Map<String, AttributeValue> pointer : pointers(role, MAX_POINTERS)) {
      Optional<VendId> ended = DynamoProbePointer.ended(pointer);
      if (ended.isPresent()) {
        return find(ended.get());
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean foundOpen(RoleArn role) throws AuditException {
    List<Map<String, AttributeValue>> pointers = pointers(role, MAX_POINTERS_OF_MONTH);
    for (Map<String, AttributeValue> pointer : pointers) {
      Optional<VendId> ended = DynamoProbePointer.ended(pointer);
      if (ended.isPresent() && find(ended.get()).filter(p -> p.result().open()).isPresent()) {
        return true;
      }
    }
    return pointers.size() == MAX_POINTERS_OF_MONTH;
  }

  @Override
  public boolean isNewest(VendId probeId, RoleArn role) throws AuditException {
    AttributeValue ended = DynamoProbePointer.sortKey(probeId, Kind.PROBE);
    return pointers(role, 1).stream().anyMatch(newest -> ended.equals(newest.get("sk")));
  }

  /** The newest rows under the role's key, newest first. */
  private List<Map<String, AttributeValue>> pointers(RoleArn role, int limit)
      throws AuditException {
    Map<String, AttributeValue> values = Map.of(":pk", DynamoProbePointer.partition(role));
    try {
      return client
          .query(
              call ->
                  call.tableName(table)
                      .keyConditionExpression("pk = :pk")
                      .expressionAttributeValues(values)
                      .scanIndexForward(false)
                      .limit(limit)
                      .consistentRead(true))
          .items();
    } catch (RuntimeException e) {
      throw new AuditException("the newest probe could not be read", e);
    }
  }

  private static ProbeRecord probe(VendId probeId, Map<String, AttributeValue> item) {
    ProbeRecord.Result result = result(item);
    String clientName = text(item, "clientName");
    return new ProbeRecord(
        new Trace(probeId, requester(item)),
        Instant.parse(required(item, "at")),
        new ProbeRecord.Target(
            new RoleArn(required(item, "roleArn")),
            clientName == null ? "" : clientName,
            text(item, "externalIdSha256")),
        result,
        other(item));
  }

  private static ProbeRecord.@Nullable Other other(Map<String, AttributeValue> item) {
    String externalIdSha256 = text(item, "otherExternalIdSha256");
    return externalIdSha256 == null
        ? null
        : new ProbeRecord.Other(
            externalIdSha256,
            answer(item, "withOtherExternalId"),
            flag(item, "otherAllowsSourceIdentity"),
            flag(item, "otherAllowsSessionTags"));
  }

  private static Requester requester(Map<String, AttributeValue> item) {
    return new Requester(
        text(item, "caller"),
        text(item, "callerId"),
        text(item, "callerSession"),
        text(item, "callerAccount"),
        text(item, "callerAccessKeyId"),
        text(item, "sourceIp"),
        text(item, "userAgent"),
        text(item, "apiRequestId"));
  }

  private static @Nullable String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static String required(Map<String, AttributeValue> item, String name) {
    String text = text(item, name);
    if (text == null) {
      throw new IllegalArgumentException("an attribute is missing");
    }
    return text;
  }

  private static ProbeRecord.Result result(Map<String, AttributeValue> item) {
    ProbeRecord.Result result = result(item, answer(item, "withExternalId"));
    // A row that calls itself not passed never passes, whatever else it says.
    return result.passed() && !flag(item, "passed") ? result(item, Answer.UNCLEAR) : result;
  }

  private static ProbeRecord.Result result(
      Map<String, AttributeValue> item, Answer withExternalId) {
    return new ProbeRecord.Result(
        withExternalId,
        answer(item, "withoutExternalId"),
        answer(item, "withWrongExternalId"),
        flag(item, "allowsSourceIdentity"),
        flag(item, "allowsSessionTags"),
        flag(item, "ownAccount"),
        flag(item, "propagating"));
  }

  /** An answer that is missing or unknown is unclear: it neither verifies a role nor marks one. */
  private static Answer answer(Map<String, AttributeValue> item, String name) {
    String code = text(item, name);
    return Arrays.stream(Answer.values())
        .filter(answer -> answer.code().equals(code))
        .findFirst()
        .orElse(Answer.UNCLEAR);
  }

  /** A missing flag is false. */
  private static boolean flag(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }
}
