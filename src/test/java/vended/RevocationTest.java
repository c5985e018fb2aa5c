package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;

/** What was granted a moment ago is refused now: nothing remembers. */
class RevocationTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @BeforeEach
  void aVendWorks() throws Exception {
    assertThat(vend()).isEqualTo(200);
  }

  private static int vend() throws Exception {
    try (SignedClient client = stack.caller(stack.people().pipeline())) {
      String role = stack.demonstration().roleArn();
      return client.post("/credentials", "{\"roleArn\":\"%s\"}".formatted(role)).statusCode();
    }
  }

  private static Map<String, AttributeValue> grantKey() {
    return Map.of(
        "pk", AttributeValue.fromS("caller#" + stack.people().pipeline().principal().identityArn()),
        "sk", AttributeValue.fromS("role#" + stack.demonstration().roleArn()));
  }

  private static void set(Map<String, AttributeValue> key, String name, AttributeValue value) {
    stack
        .tables()
        .client()
        .updateItem(
            call ->
                call.tableName(stack.allowListTable())
                    .key(key)
                    .updateExpression("SET #name = :value")
                    .expressionAttributeNames(Map.of("#name", name))
                    .expressionAttributeValues(Map.of(":value", value)));
  }

  @Test
  void aGrantThatIsTakenAwayIsRefusedByTheNextCall() throws Exception {
    stack
        .tables()
        .client()
        .deleteItem(call -> call.tableName(stack.allowListTable()).key(grantKey()));

    assertThat(vend()).isEqualTo(403);
  }

  @Test
  void aGrantThatEndsIsRefusedByTheNextCall_thoughItsRowIsThere() throws Exception {
    String now = Long.toString(Instant.now().getEpochSecond());
    set(grantKey(), "expiresAt", AttributeValue.fromN(now));

    assertThat(vend()).isEqualTo(403);
  }

  @Test
  void allVendingStopsAtTheNextCall_andRunsAgainWhenItIsLet() throws Exception {
    for (boolean stopped : new boolean[] {true, false}) {
      stack
          .tables()
          .client()
          .putItem(
              call ->
                  call.tableName(stack.allowListTable())
                      .item(AllowListRows.vending(stopped, Instant.now())));
      assertThat(vend()).isEqualTo(stopped ? 403 : 200);
    }
  }

  @Test
  void aClientThatIsSuspendedIsRefusedByTheNextCall_andServedAgainWhenItIsNot() throws Exception {
    Map<String, AttributeValue> client =
        Map.of(
            "pk", AttributeValue.fromS("account#444455556666"),
            "sk", AttributeValue.fromS("client"));

    set(client, "suspended", AttributeValue.fromBool(true));
    assertThat(vend()).isEqualTo(403);

    set(client, "suspended", AttributeValue.fromBool(false));
    assertThat(vend()).isEqualTo(200);
  }
}
