package vended.allowlist.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.AllowListContract;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowList;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.allowlist.write.GrantSlot;
import vended.identity.RoleArn;
import vended.local.FaultyProxy;
import vended.local.Tables;
import vended.local.TestStack;
import vended.local.TestTables;

/** What DynamoDB can do to the reads: pages that end early, keys that stay unread, corrupt rows. */
@ExtendWith(TestTables.class)
class DynamoAllowListTest extends AllowListContract {
  private static final String AT = "2026-01-02T03:04:05Z";

  private static final Tables tables = TestTables.tables();
  private static final String table = TestTables.name("AllowListTable");

  private static void putGrant(RoleArn role, String description) {
    Map<String, AttributeValue> item = new HashMap<>(DynamoGrantRow.key(CALLER, role));
    item.put("callerId", AttributeValue.fromS("AROAEXAMPLEDEPLOYER1"));
    item.put("maxDurationSeconds", AttributeValue.fromN("3600"));
    item.put("disabled", AttributeValue.fromBool(false));
    item.put("version", AttributeValue.fromN("1"));
    item.put("description", AttributeValue.fromS(description));
    tables.client().putItem(call -> call.tableName(table).item(item));
  }

  @Override
  protected AllowList allowList() {
    return new DynamoAllowList(tables.client(), table, TestStack.PATIENT.dynamoDbAgain());
  }

  @Override
  protected void put(Client client) throws Exception {
    make(new Change.PutClient(new Expected.Absent(), Stored.made(client, AT, "somebody")));
  }

  @Override
  protected void put(Grant grant) throws Exception {
    GrantSlot slot = new GrantSlot(new Row.Missing<>(), new Expected.Absent());
    make(new Change.PutGrant(slot, Stored.made(grant, AT, "somebody")));
  }

  private static void make(Change change) throws Exception {
    assertThat(
            new DynamoAllowListEditor(tables.client(), table, TestStack.PATIENT.dynamoDbAgain())
                .make(change))
        .isEqualTo(new Change.Done());
  }

  @Test
  void aPageIsReadInFullWhereDynamoDbEndsItEarly() throws Exception {
    // A page of DynamoDB ends at 1 MB.
    String kilobytes = "x".repeat(9_000);
    for (int number = 149; number >= 0; number--) {
      putGrant(role(number), kilobytes);
    }

    assertThat(allowList().grantsOf(CALLER, null, 1000).rows())
        .extracting(row -> ((Row.Found<Grant>) row).value().role())
        .isEqualTo(java.util.stream.IntStream.range(0, 150).mapToObj(n -> role(n)).toList());
    assertThat(allowList().grantsOf(CALLER, null, 7).rows()).hasSize(7);
  }

  private static String json(Map<String, AttributeValue> key) {
    return "{\"pk\":{\"S\":\"%s\"},\"sk\":{\"S\":\"%s\"}}"
        .formatted(
            Objects.requireNonNull(key.get("pk")).s(), Objects.requireNonNull(key.get("sk")).s());
  }

  /** DynamoDB's answer that it read nothing, and what it says it did not read. */
  private static FaultyProxy.Answer unread(String... keys) {
    return FaultyProxy.Answer.dynamo(
        "{\"Responses\":{},\"UnprocessedKeys\":{\"%s\":{\"Keys\":[%s],\"ConsistentRead\":false}}}"
            .formatted(table, String.join(",", keys)));
  }

  @Test
  void unreadKeysAreReadAgain_ConsistentlyAndByOurOwnKeys() throws Exception {
    putGrant(role(1), "sound");
    String grant = json(DynamoGrantRow.key(CALLER, role(1)));
    String client = json(DynamoClientRow.key("444455556666"));
    String foreign = "{\"pk\":{\"S\":\"foreign\"},\"sk\":{\"S\":\"foreign\"}}";
    List<FaultyProxy.Answer> answers =
        List.of(
            unread(grant, client, json(DynamoVendingRow.KEY)),
            unread(grant, grant, foreign),
            unread(foreign));
    for (FaultyProxy.Answer answer : answers) {
      try (FaultyProxy proxy = new FaultyProxy(tables.url());
          Tables slow = Tables.at(proxy.url(), "eu-west-1", List.of())) {
        proxy.fault("BatchGetItem", "", 1, 1, answer);

        AllowList.Entry entry =
            new DynamoAllowList(slow.client(), table, TestStack.PATIENT.dynamoDbAgain())
                .find(CALLER, role(1));

        assertThat(entry.grant()).as(answer.body()).isInstanceOf(Row.Found.class);
        assertThat(proxy.bodies("BatchGetItem")).hasSize(2);
        assertThat(proxy.bodies("BatchGetItem").getLast())
            .contains("\"ConsistentRead\":true")
            .doesNotContain("foreign");
      }
    }
  }

  @Test
  void keysThatStayUnreadAreNoMissingRows() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(tables.url());
        Tables slow = Tables.at(proxy.url(), "eu-west-1", List.of())) {
      proxy.fault("BatchGetItem", "", unread(json(DynamoGrantRow.key(CALLER, role(1)))));
      AllowList allowList =
          new DynamoAllowList(slow.client(), table, TestStack.PATIENT.dynamoDbAgain());

      assertThatThrownBy(() -> allowList.find(CALLER, role(1)))
          .isInstanceOf(AllowListException.class);
    }
  }

  @Test
  void aCorruptGrantIsToldApart() throws Exception {
    putGrant(role(1), "sound");
    Map<String, AttributeValue> corrupt = new HashMap<>(DynamoGrantRow.key(CALLER, role(2)));
    tables.client().putItem(call -> call.tableName(table).item(corrupt));

    List<Row<Grant>> rows = allowList().grantsOf(CALLER, null, 10).rows();
    assertThat(rows.get(0)).isInstanceOf(Row.Found.class);
    assertThat(rows.get(1)).isInstanceOf(Row.Corrupt.class);
  }
}
