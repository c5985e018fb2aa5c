package vended.audit.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditException;
import vended.audit.ReprobeRuns;
import vended.audit.VendId;

/**
 * Runs of the schedule, as rows of the audit table under a key of their own. Like the pointers to
 * probes, they lack the attributes of every index, so no answer of the audit contains them.
 */
public final class DynamoReprobeRuns implements ReprobeRuns {
  private static final AttributeValue PARTITION = AttributeValue.fromS("runs#reprobe");

  /** More than the longest time between two runs that anybody would choose. */
  private static final Duration RETENTION = Duration.ofDays(400);

  private final DynamoDbClient client;
  private final String table;

  /**
   * Runs in a table.
   *
   * @param client one whose calls end within a few seconds
   * @param table the table's name: letters, digits, and {@code _.-}
   */
  public DynamoReprobeRuns(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public void ended(VendId id, Instant at) throws AuditException {
    List<AttributeValue> values =
        List.of(
            PARTITION,
            AttributeValue.fromS(id.value()),
            AttributeValue.fromS(at.toString()),
            AttributeValue.fromN(Long.toString(at.plus(RETENTION).getEpochSecond())));
    String insert =
        "INSERT INTO \"%s\" VALUE {'pk': ?, 'sk': ?, 'endedAt': ?, 'ttl': ?}".formatted(table);
    try {
      client.executeStatement(call -> call.statement(insert).parameters(values));
    } catch (RuntimeException e) {
      throw new AuditException("the end of the run could not be added", e);
    }
  }

  @Override
  public Optional<Instant> lastEnded() throws AuditException {
    try {
      return client
          .query(
              call ->
                  call.tableName(table)
                      .keyConditionExpression("pk = :pk")
                      .expressionAttributeValues(Map.of(":pk", PARTITION))
                      .scanIndexForward(false)
                      .limit(1)
                      .consistentRead(true))
          .items()
          .stream()
          .findFirst()
          .map(row -> Instant.parse(Objects.requireNonNull(row.get("endedAt")).s()));
    } catch (RuntimeException e) {
      throw new AuditException("the last run could not be read", e);
    }
  }
}
