package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.text.Sha256;

/** {@code /clients/remove}, through the HTTP front. */
class RemoveClientTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @Test
  void aRemovedClientLeavesItsReservationItsVersionAndItsRecords() throws Exception {
    String externalId = admin.putVerifiedClient();
    int records = admin.records().size();

    Answer removed = remove(Map.of("version", 2));

    assertThat(removed.status()).as("%s", removed.body()).isEqualTo(200);
    assertThat(removed.at("removed")).isEqualTo(true);
    assertThat(admin.records()).hasSize(records + 2);
    assertThat(admin.audit()).endsWith("admin clients/remove", "made clients/remove");
    assertThat(admin.records().getLast()).containsKey("before").doesNotContainKey("after");
    assertThat(admin.post("/clients/list", Map.of("account", Administrator.ACCOUNT)).text("code"))
        .isEqualTo("no_client");
    assertThat(reserved(externalId)).isTrue();

    assertThat(remove(Map.of()).text("code")).isEqualTo("no_client");
    assertThat(put(Map.of("importExternalId", externalId)).text("code"))
        .isEqualTo("external_id_taken");
    Answer again = admin.putClient();
    assertThat(again.at("client/version")).isEqualTo(3L);
    assertThat(again.text("client/externalId")).isNotEqualTo(externalId);
    assertThat(again.at("client/roles/0/verified")).isEqualTo(false);
    assertThat(admin.verify(externalId).text("code")).isEqualTo("probe_of_another_external_id");
    assertThat(remove(Map.of("version", 2)).text("code")).isEqualTo("version_conflict");
  }

  @Test
  void aClientWithAGrantIsNotRemoved_NotEvenWithOneOfARoleThatItLost() throws Exception {
    admin.putVerifiedClient();
    var grant =
        Map.of(
            "caller",
            Administrator.CALLER,
            "roleArn",
            Administrator.ROLE,
            "callerId",
            Administrator.CALLER_ID);
    assertThat(admin.post("/grants/put", grant).status()).isEqualTo(200);
    assertThat(remove(Map.of()).text("code")).isEqualTo("grants_left");

    put(Map.of("version", 2, "roles", List.of()));
    Answer refused = remove(Map.of());

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("grants_left");
    assertThat(admin.audit()).endsWith("denied clients/remove grants_left");

    var key = Map.of("caller", Administrator.CALLER, "roleArn", Administrator.ROLE);
    assertThat(admin.post("/grants/remove", key).status()).isEqualTo(200);
    assertThat(remove(Map.of()).status()).isEqualTo(200);
  }

  /** Clients from before reservations, or written by hand, have no such row. */
  @Test
  void anExternalIdWithoutAReservationIsReservedByTheRemoval() throws Exception {
    String externalId = admin.putClient().text("client/externalId");
    Map<String, AttributeValue> key = reservation(externalId);
    stack.tables().client().deleteItem(call -> call.tableName(stack.allowListTable()).key(key));

    assertThat(remove(Map.of()).status()).isEqualTo(200);

    assertThat(reserved(externalId)).isTrue();
    assertThat(put(Map.of("importExternalId", externalId)).text("code"))
        .isEqualTo("external_id_taken");
  }

  private static Answer remove(Map<String, Object> more) throws Exception {
    Map<String, Object> body = new HashMap<>(Map.of("account", Administrator.ACCOUNT));
    body.putAll(more);
    return admin.post("/clients/remove", body);
  }

  private static Answer put(Map<String, Object> more) throws Exception {
    Map<String, Object> body =
        new HashMap<>(Map.of("account", Administrator.ACCOUNT, "name", "Another Client"));
    body.putAll(more);
    return admin.post("/clients/put", body);
  }

  private static boolean reserved(String externalId) {
    var key = reservation(externalId);
    return stack
        .tables()
        .client()
        .getItem(call -> call.tableName(stack.allowListTable()).key(key))
        .hasItem();
  }

  private static Map<String, AttributeValue> reservation(String externalId) {
    return Map.of(
        "pk",
        AttributeValue.fromS("external-id#" + Sha256.sha256(externalId)),
        "sk",
        AttributeValue.fromS("external-id"));
  }
}
