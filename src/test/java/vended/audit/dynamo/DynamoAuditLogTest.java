package vended.audit.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditIndex;
import vended.audit.AuditLog;
import vended.audit.AuditLogContract;
import vended.audit.AuditRecord.Kind;
import vended.audit.ProbeRecords;
import vended.audit.VendId;
import vended.local.Items;
import vended.local.Tables;
import vended.local.TestStack;
import vended.local.TestTables;

@ExtendWith(TestTables.class)
class DynamoAuditLogTest extends AuditLogContract {
  private static final Duration RETENTION = Duration.ofDays(2557);

  private static final Tables tables = TestTables.tables();
  private static final String table = TestTables.name("AuditTable");

  @Override
  protected AuditLog log() {
    return new DynamoAuditLog(tables.client(), table, RETENTION, TestStack.PATIENT.dynamoDbAgain());
  }

  @Override
  protected ProbeRecords probes() {
    return new DynamoProbeRecords(tables.client(), table);
  }

  @Override
  protected boolean stands(VendId vendId, Kind kind) {
    return tables
        .client()
        .getItem(call -> call.tableName(table).key(key(vendId, kind)).consistentRead(true))
        .hasItem();
  }

  private static Map<String, AttributeValue> key(VendId vendId, Kind kind) {
    return Map.of(
        "pk", AttributeValue.fromS(vendId.value()), "sk", AttributeValue.fromS(kind.code()));
  }

  private static List<Map<String, AttributeValue>> ask(AuditIndex index, String value) {
    return tables
        .client()
        .query(
            call ->
                call.tableName(table)
                    .indexName(index.indexName())
                    .keyConditionExpression("#hash = :value")
                    .expressionAttributeNames(Map.of("#hash", index.hashKey()))
                    .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))))
        .items();
  }

  @Test
  void anOutcomeHoldsAllThatIsKnownAndNoMore() throws Exception {
    log().append(outcome());

    Map<String, AttributeValue> row = tables.rows(table).getFirst();
    assertThat(row.keySet())
        .containsExactlyInAnyOrder(
            "pk",
            "sk",
            "at",
            "kind",
            "event",
            "hourShard",
            "ttl",
            "outcome",
            "caller",
            "callerId",
            "callerSession",
            "callerAccount",
            "callerAccessKeyId",
            "sourceIp",
            "userAgent",
            "apiRequestId",
            "roleArn",
            "clientAccount",
            "clientName",
            "durationSeconds",
            "sessionName",
            "sourceIdentity",
            "policySha256",
            "grantVersion",
            "claimed",
            "accessKeyId",
            "assumedRoleId",
            "expiration",
            "stsRequestId",
            "packedPolicySize");
    assertThat(Items.text(row, "at")).isEqualTo("2026-01-02T03:04:06.123Z");
    assertThat(Items.text(row, "hourShard")).matches("2026-01-02T03#[0-7]");
    assertThat(Items.text(row, "ttl")).isEqualTo("1988247846");
    assertThat(Items.value(row, "claimed").m())
        .isEqualTo(Map.of("build", AttributeValue.fromS("42"), "a.b", AttributeValue.fromS("c")));
  }

  @Test
  void aProbeHoldsWhatActivationIsDecidedBy_andNoExternalId() throws Exception {
    log().append(probe());

    Map<String, AttributeValue> row =
        tables
            .client()
            .getItem(call -> call.tableName(table).key(key(VEND, Kind.PROBE)).consistentRead(true))
            .item();
    assertThat(row)
        .containsEntry("sk", AttributeValue.fromS("probe"))
        .containsEntry("kind", AttributeValue.fromS("probe"))
        .containsEntry("passed", AttributeValue.fromBool(false))
        .containsEntry("withExternalId", AttributeValue.fromS("works"))
        .containsEntry("withoutExternalId", AttributeValue.fromS("refused"))
        .containsEntry("withWrongExternalId", AttributeValue.fromS("unclear"))
        .containsEntry("allowsSourceIdentity", AttributeValue.fromBool(true))
        .containsEntry("allowsSessionTags", AttributeValue.fromBool(false))
        .containsEntry("propagating", AttributeValue.fromBool(false))
        .containsEntry("roleArn", AttributeValue.fromS(SUBJECT.roleArn()))
        .doesNotContainKeys("outcome", "sourceIdentity");
    // printf 0123456789abcdef0123456789abcdef | sha256sum
    assertThat(Items.text(row, "externalIdSha256"))
        .isEqualTo("3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9");
    assertThat(row.toString()).doesNotContain("0123456789abcdef0123456789abcdef");
  }

  @ParameterizedTest
  @CsvSource({
    "SET passed = :true, false",
    "'SET passed = :false, withWrongExternalId = :refused', false",
    "'SET passed = :true, withWrongExternalId = :refused REMOVE withoutExternalId', false",
    "'SET passed = :true, withWrongExternalId = :refused, withoutExternalId = :true', false",
    "'SET passed = :false, withExternalId = :refused', true"
  })
  void aProbeThatContradictsItselfOrLacksAnAnswerDoesNotPass(String update, boolean unsafe)
      throws Exception {
    log().append(probe());
    var values =
        Map.of(
            ":true", AttributeValue.fromBool(true),
            ":false", AttributeValue.fromBool(false),
            ":refused", AttributeValue.fromS("refused"));
    tables
        .client()
        .updateItem(
            call ->
                call.tableName(table)
                    .key(key(VEND, Kind.PROBE))
                    .updateExpression(update)
                    .expressionAttributeValues(
                        values.entrySet().stream()
                            .filter(value -> update.contains(value.getKey()))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));

    var result = probes().find(VEND).orElseThrow().result();

    assertThat(result.passed()).isFalse();
    assertThat(result.unsafe()).isEqualTo(unsafe);
  }

  @Test
  void eachIndexAnswersItsQuestion() throws Exception {
    log().append(intent("2026-01-02T03:04:05Z"));
    log().append(outcome());

    assertThat(ask(AuditIndex.BY_CALLER, "arn:aws:iam::111122223333:role/Deployer")).hasSize(2);
    assertThat(ask(AuditIndex.BY_ROLE, "arn:aws:iam::444455556666:role/vended/deploy")).hasSize(2);
    assertThat(ask(AuditIndex.BY_ACCOUNT, "444455556666")).hasSize(2);
    assertThat(ask(AuditIndex.BY_ACCESS_KEY, "ASIAEXAMPLEISSUED001"))
        .extracting(row -> Items.text(row, "pk"))
        .containsExactly(VEND.value());
    String shard = Items.text(tables.rows(table).getFirst(), "hourShard");
    assertThat(ask(AuditIndex.BY_HOUR, shard)).hasSize(2);
  }
}
