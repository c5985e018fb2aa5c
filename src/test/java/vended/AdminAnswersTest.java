package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.Administrator.Answer;
import vended.json.Json;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.TestStack;

/** What every answer to an administrator has, and the advice in the problem documents. */
class AdminAnswersTest {
  private static final String ROLE = Administrator.ROLE;
  private static final String NOBODYS = "arn:aws:iam::999988887777:role/vended/deploy";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  private static Map<String, Object> grant(Map<String, Object> members) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "caller", Administrator.CALLER,
                "roleArn", Administrator.ROLE,
                "callerId", Administrator.CALLER_ID));
    body.putAll(members);
    return body;
  }

  private static void isOnRecord(Answer answer, String action) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    var record = admin.records().getLast();
    assertThat(answer.body().get("vendId")).as(action).isEqualTo(Items.text(record, "pk"));
    assertThat(Items.text(record, "action")).isEqualTo(action);
    assertThat(Items.text(record, "outcome")).isEqualTo("made");
  }

  @Test
  void everyChangeNamesItsRecord() throws Exception {
    Answer client = admin.putClient();
    isOnRecord(client, "clients/put");
    isOnRecord(admin.verify(client.text("client/externalId")), "clients/activate");
    isOnRecord(admin.post("/grants/put", grant(Map.of())), "grants/put");
    isOnRecord(
        admin.post("/grants/remove", Map.of("caller", Administrator.CALLER, "roleArn", ROLE)),
        "grants/remove");
    isOnRecord(
        admin.post("/clients/suspend", Map.of("account", Administrator.ACCOUNT, "suspended", true)),
        "clients/suspend");
    isOnRecord(
        admin.post("/clients/suspend", Map.of("all", true, "stopped", true)), "clients/suspend");
  }

  @Test
  void aChangeThatIsShownAsATableNamesItsRecord() throws Exception {
    admin.putClient();
    Answer table =
        admin.post(
            "/clients/suspend",
            Map.of("account", Administrator.ACCOUNT, "suspended", true, "format", "table"));

    isOnRecord(table, "clients/suspend");
    assertThat(table.text("table")).containsPattern("vendId +" + table.text("vendId"));
  }

  @Test
  void eachLineThatIsAppliedNamesItsOwnRecord_AndOneThatChangesNothingNone() throws Exception {
    admin.verify(admin.putClient().text("client/externalId"));
    String line = Json.write(grant(Map.of()));
    String other = Json.write(grant(Map.of("callerId", "AROAEXAMPLEBUILDER002", "version", 1)));

    isOnRecord(firstOf(admin.post("/grants/apply", Map.of("lines", List.of(line)))), "grants/put");
    assertThat(firstOf(admin.post("/grants/apply", Map.of("lines", List.of(line)))).body())
        .containsEntry("action", "keep")
        .doesNotContainKey("vendId");
    isOnRecord(firstOf(admin.post("/grants/apply", Map.of("lines", List.of(other)))), "grants/put");
  }

  @SuppressWarnings("unchecked")
  private static Answer firstOf(Answer answer) {
    return new Answer(
        answer.status(),
        (Map<String, @Nullable Object>) Objects.requireNonNull(answer.at("results/0")));
  }

  @Test
  void whatChangesNothingHasNoRecordToName() throws Exception {
    assertThat(admin.post("/clients/list", "{}").body()).doesNotContainKey("vendId");
    assertThat(admin.post("/grants/list", "{}").body()).doesNotContainKey("vendId");
  }

  @Test
  void aClientThatIsPutAsItIsHasNoRecordToName() throws Exception {
    admin.putClient();
    Map<String, Object> same =
        Map.of("account", Administrator.ACCOUNT, "name", "Another Client", "version", 1);
    Map<String, Object> table = new HashMap<>(same);
    table.put("format", "table");

    Answer answer = admin.post("/clients/put", same);

    assertThat(answer.body()).containsEntry("unchanged", true).doesNotContainKey("vendId");
    assertThat(admin.post("/clients/put", table).body()).doesNotContainKey("vendId");
    assertThat(admin.post("/clients/put", table).text("table")).doesNotContain("vendId");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/clients/put | {'account':'999988887777','name':'x','version':1} | Leave version out",
        "/clients/suspend | {'account':'999988887777','suspended':true} | /clients/list",
        "/clients/list | {'account':'999988887777'} | /clients/put",
        "/grants/put | {'caller':'CALLER','roleArn':'NOBODYS','unpinned':true} | Put the client",
        "/grants/put | {'caller':'CALLER','roleArn':'OTHER','unpinned':true} | Put the client with",
        "/grants/put | {'caller':'CALLER','roleArn':'ROLE','unpinned':true,'version':1} |"
            + " Leave version out",
        "/grants/remove | {'caller':'CALLER','roleArn':'ROLE'} | /grants/list"
      })
  void theAdviceIsThatOfTheRoute(String route, String body, String advice) throws Exception {
    admin.verify(admin.putClient().text("client/externalId"));

    Answer answer = admin.post(route, filled(body));

    assertThat(answer.status()).as("%s", answer.body()).isIn(404, 409);
    assertThat(answer.text("detail")).contains(advice);
    if (!advice.startsWith("Leave")) {
      assertThat(answer.text("detail")).doesNotContain("version");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'caller':'CALLER','roleArn':'NOBODYS','unpinned':true} | Put the client",
        "{'caller':'CALLER','roleArn':'ROLE','unpinned':true,'version':7} | Plan again"
      })
  void theAdviceIsThatOfALine(String line, String advice) throws Exception {
    admin.verify(admin.putClient().text("client/externalId"));

    Answer answer = admin.post("/grants/apply", Map.of("lines", List.of(filled(line))));

    assertThat(answer.text("results/0/detail")).contains(advice).doesNotContain("Leave version");
  }

  private static String filled(String body) {
    return body.replace("CALLER", Administrator.CALLER)
        .replace("NOBODYS", NOBODYS)
        .replace("OTHER", ROLE + "2")
        .replace("ROLE", ROLE)
        .replace('\'', '"');
  }
}
