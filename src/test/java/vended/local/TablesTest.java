package vended.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import vended.template.Table;
import vended.template.Template;

class TablesTest {
  private static final String REGION = "eu-west-1";
  private static final List<Table> TEMPLATE =
      Template.read(Path.of("template.yaml"), Map.of()).tables();

  private static Tables tables;

  @BeforeAll
  static void start() throws Exception {
    tables = Tables.embedded(0, REGION, TEMPLATE);
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  @Test
  void theTables_AreTheTemplates_WithTheirIndexes() {
    for (Table table : TEMPLATE) {
      var made = tables.client().describeTable(request -> request.tableName(table.name())).table();
      assertThat(made.globalSecondaryIndexes().stream().map(index -> index.indexName()))
          .containsExactlyInAnyOrderElementsOf(
              table.indexes().stream().map(Table.Index::name).toList());
    }
    assertThat(TEMPLATE).hasSize(2);
  }

  @Test
  void anEndpointThatHasTheTables_IsTakenAsItIs() {
    insert("kept");
    try (Tables again = Tables.at(tables.url(), REGION, TEMPLATE)) {
      assertThat(again.rows(audit())).isNotEmpty();
      again.empty();
      assertThat(again.rows(audit())).isEmpty();
    }
  }

  @Test
  void aSecondInsertOverAKey_Fails() {
    insert("twice");

    assertDuplicate(() -> insert("twice"));
  }

  @Test
  void noOtherAddressOfThisMachine_Answers() throws Exception {
    for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address :
          network.inetAddresses().filter(a -> !a.isLoopbackAddress()).toList()) {
        assertThatExceptionOfType(java.io.IOException.class)
            .isThrownBy(() -> new Socket(address, tables.url().getPort()).close());
      }
    }
  }

  @Test
  void aFault_IsWhatTheSdkSees_AndTheRestPasses() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(tables.url());
        Tables through = Tables.at(proxy.url(), REGION, List.of())) {
      proxy.fault(
          "ExecuteStatement",
          "refused",
          FaultyProxy.Answer.dynamoError(400, "ResourceNotFoundException"));
      proxy.fault(
          "ExecuteStatement",
          "retried",
          1,
          1,
          FaultyProxy.Answer.dynamoError(500, "InternalServerError"));
      proxy.fault("ExecuteStatement", "closed", new FaultyProxy.Close());
      proxy.fault("ExecuteStatement", "lost", 1, 1, new FaultyProxy.LoseAnswer());

      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> insert(through, "refused"));
      assertThat(proxy.count("ExecuteStatement")).isEqualTo(1);
      insert(through, "retried");
      assertThat(proxy.count("ExecuteStatement")).isEqualTo(3);
      assertThatExceptionOfType(SdkClientException.class)
          .isThrownBy(() -> insert(through, "closed"));
      // The SDK tries again after an answer that was lost, and the first try did its work.
      assertDuplicate(() -> insert(through, "lost"));
      assertThat(tables.rows(audit()).stream().map(row -> row.get("pk")).map(AttributeValue::s))
          .contains("retried", "lost")
          .doesNotContain("refused", "closed");
    }
  }

  /** DynamoDB says DuplicateItemException; DynamoDB Local says DuplicateItem. */
  private static void assertDuplicate(ThrowingCallable insert) {
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(insert)
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).startsWith("DuplicateItem"));
  }

  private static void insert(String key) {
    insert(tables, key);
  }

  private static void insert(Tables where, String key) {
    where
        .client()
        .executeStatement(
            request ->
                request
                    .statement("INSERT INTO \"%s\" VALUE {'pk': ?, 'sk': ?}".formatted(audit()))
                    .parameters(AttributeValue.fromS(key), AttributeValue.fromS("intent")));
  }

  private static String audit() {
    return TEMPLATE.stream()
        .map(Table::name)
        .filter(name -> name.contains("Audit"))
        .findFirst()
        .orElseThrow();
  }
}
