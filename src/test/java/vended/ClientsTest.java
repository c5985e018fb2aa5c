package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Administrator.Answer;
import vended.local.Functions;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;

/** {@code /clients/…}, through the HTTP front. */
class ClientsTest {
  private static final String OWN = "111122223333";

  private static final Functions WITH_TEMPLATE =
      (environment, clock) -> {
        Map<String, String> with = new HashMap<>(environment);
        with.put("CLIENT_TEMPLATE_URL", "https://example.com/client-role.yaml?a=b");
        return Functions.ofService(TestStack.PATIENT).start(with, clock);
      };

  @RegisterExtension
  static final TestStack WITH_TEMPLATE_URL = TestStack.of(Options.of(WITH_TEMPLATE).withFaults());

  private static final LocalStack stack = WITH_TEMPLATE_URL.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @Test
  void aNewClientGetsAnExternalIdOfItsOwn_AndWhatTheClientHasToFillIn() throws Exception {
    Answer put = admin.putClient();

    assertThat(put.status()).as("%s", put.body()).isEqualTo(200);
    String externalId = put.text("client/externalId");
    assertThat(externalId).matches("[0-9a-f]{32}");
    assertThat(put.at("client/roles/0/verified")).isEqualTo(false);
    assertThat(put.at("client/version")).isEqualTo(1L);
    assertThat(put.text("client/createdBy")).endsWith(":user/demo-administrator");
    assertThat(put.at("onboarding/templateParameters"))
        .isEqualTo(
            Map.of(
                "VendorRoleArn",
                "arn:aws:iam::111122223333:role/vended-vendor",
                "ExternalId",
                externalId));
    assertThat(put.at("onboarding/newRolesProbed")).isEqualTo(true);
    assertThat(put.text("onboarding/quickCreateUrl"))
        .startsWith("https://console.aws.amazon.com/cloudformation/home?region=eu-west-1#/")
        .contains("templateURL=https%3A%2F%2Fexample.com%2Fclient-role.yaml%3Fa%3Db&")
        .contains("&param_ExternalId=" + externalId)
        .endsWith("&param_RoleName=deploy&param_RolePath=%2Fvended%2F");
    assertThat(admin.audit()).containsExactly("admin clients/put", "made clients/put");
    assertThat(stack.tables().rows(stack.auditTable()).toString()).doesNotContain(externalId);
  }

  @Test
  void aClientThatIsThereIsNotMadeAgain() throws Exception {
    admin.putClient();
    Answer again = admin.putClient();

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("code")).isEqualTo("version_conflict");
    assertThat(again.at("currentVersion")).isEqualTo(1L);
    assertThat(admin.audit()).endsWith("denied clients/put version_conflict");
  }

  @Test
  void aChangeKeepsTheExternalId_AndWhatIsKnownOfTheRolesThatStay() throws Exception {
    String externalId = admin.putClient().text("client/externalId");
    admin.verify(externalId);

    String other = Administrator.ROLE + "2";
    Answer changed = put(Map.of("version", 2, "roles", List.of(Administrator.ROLE, other)));

    assertThat(changed.status()).as("%s", changed.body()).isEqualTo(200);
    assertThat(changed.text("client/externalId")).isEqualTo(externalId);
    assertThat(changed.at("client/roles/0/verified")).isEqualTo(true);
    assertThat(changed.at("client/roles/1/verified")).isEqualTo(false);
    assertThat(put(Map.of("version", 2)).at("currentVersion")).isEqualTo(3L);
    assertThat(put(Map.of("version", 3, "name", "Renamed")).at("client/roles/1/roleArn"))
        .isEqualTo(other);
  }

  @Test
  void aPutThatChangesNothing_LeavesTheRowItsVersionAndTheAuditAsTheyAre() throws Exception {
    String externalId = admin.putClient().text("client/externalId");
    admin.verify(externalId);
    String before = stack.tables().rows(stack.allowListTable()).toString();
    int records = admin.records().size();

    for (Map<String, Object> same :
        List.<Map<String, Object>>of(
            Map.of("version", 2), Map.of("version", 2, "roles", List.of(Administrator.ROLE)))) {
      Answer again = put(same);

      assertThat(again.status()).as("%s", again.body()).isEqualTo(200);
      assertThat(again.at("unchanged")).isEqualTo(true);
      assertThat(again.at("vendId")).as("there is no record that it could name").isNull();
      assertThat(again.at("client/version")).isEqualTo(2L);
      assertThat(again.text("onboarding/templateParameters/ExternalId")).isEqualTo(externalId);
    }
    assertThat(stack.tables().rows(stack.allowListTable())).hasToString(before);
    assertThat(admin.records()).hasSize(records);
    Answer renamed = put(Map.of("version", 2, "name", "Renamed"));
    assertThat(renamed.at("client/version")).isEqualTo(3L);
    assertThat(renamed.at("unchanged")).isNull();
    assertThat(put(Map.of("version", 2)).status()).isEqualTo(409);
  }

  @Test
  void anExternalIdIsImportedForANewClientOnly_AndOnce() throws Exception {
    String old = "from-the-old-script-1";
    assertThat(put(Map.of("importExternalId", old)).text("client/externalId")).isEqualTo(old);

    Answer other = put(Map.of("account", "666677778888", "importExternalId", old));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("code")).isEqualTo("external_id_taken");
    Answer demonstrations =
        put(
            Map.of(
                "account", "666677778888", "importExternalId", stack.demonstration().externalId()));
    assertThat(demonstrations.text("code")).isEqualTo("external_id_taken");
    Answer changed = put(Map.of("version", 1, "importExternalId", "from-the-old-script-2"));
    assertThat(changed.places()).containsExactly("/importExternalId");
    assertThat(put(Map.of("account", "666677778888", "importExternalId", "short")).places())
        .containsExactly("/importExternalId");
  }

  @Test
  void theVendorsOwnAccountIsMarkedAsSuch_AndNoOther() throws Exception {
    assertThat(put(Map.of("account", OWN)).places()).containsExactly("/ownAccount");
    assertThat(put(Map.of("ownAccount", true)).places()).containsExactly("/ownAccount");
    assertThat(put(Map.of("account", OWN, "ownAccount", true)).at("client/ownAccount"))
        .isEqualTo(true);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws Exception {
    Answer wrong =
        admin.post(
            "/clients/put",
            """
            {"account": 5, "roles": ["arn:aws:iam::555566667777:role/*"], "ownAccount": "yes",
             "version": 0, "extra": 1, "format": "xml", "importExternalId": "a b"}\
            """);

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.places())
        .containsExactlyInAnyOrder(
            "/account",
            "/name",
            "/roles/0",
            "/ownAccount",
            "/version",
            "/extra",
            "/format",
            "/importExternalId");
    assertThat(admin.records()).isEmpty();
  }

  @Test
  void aRoleOfAnotherAccountIsNotTheClients() throws Exception {
    assertThat(put(Map.of("roles", List.of(stack.demonstration().roleArn()))).places())
        .containsExactly("/roles/0");
  }

  @Test
  void clientsAreListedPageByPage() throws Exception {
    for (int i = 0; i < 7; i++) {
      put(Map.of("account", "55556666777" + i));
    }
    List<String> accounts = new ArrayList<>();
    Map<String, Object> page = new HashMap<>(Map.of("limit", 3));
    while (true) {
      Answer answer = admin.post("/clients/list", page);
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
      for (Object client : (List<?>) Objects.requireNonNull(answer.at("clients"))) {
        accounts.add(String.valueOf(((Map<?, ?>) client).get("account")));
      }
      if (answer.at("cursor") == null) {
        break;
      }
      page.put("cursor", answer.text("cursor"));
    }
    assertThat(accounts).hasSize(8).isSorted().contains("444455556666", "555566667776");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "%%%", "Y2FsbGVyI2E", "NTU1NTY2NjY3Nzc3Nw", "NTU1NTY2NjY3NzdhCg"})
  void aCursorThatIsMadeUpIsRefused(String cursor) throws Exception {
    assertThat(admin.post("/clients/list", Map.of("cursor", cursor)).places())
        .containsExactly("/cursor");
  }

  @Test
  void aTableIsTextInColumns() throws Exception {
    admin.putClient();

    Answer table = admin.post("/clients/list", Map.of("format", "table", "limit", 1));
    assertThat(table.text("table").lines().toList())
        .first()
        .asString()
        .matches("ACCOUNT +NAME +STATE +VERSION +ROLE +ROLE STATE");
    assertThat(table.text("table")).contains("444455556666  Example Client  active", "verified\n");
    assertThat(table.text("cursor")).isNotEqualTo("null");
  }

  @Test
  void aClientThatIsSuspendedIsRefusedByTheNextVend_AndServedAgainAfter() throws Exception {
    Map<String, Object> suspension =
        new LinkedHashMap<>(Map.of("account", "444455556666", "suspended", true));
    assertThat(vend()).isEqualTo(200);

    assertThat(admin.post("/clients/suspend", suspension).at("client/suspended")).isEqualTo(true);
    assertThat(vend()).isEqualTo(403);

    suspension.put("suspended", false);
    suspension.put("version", 1);
    assertThat(admin.post("/clients/suspend", suspension).at("currentVersion")).isEqualTo(2L);
    assertThat(vend()).isEqualTo(403);
    suspension.put("version", 2);
    assertThat(admin.post("/clients/suspend", suspension).status()).isEqualTo(200);
    assertThat(vend()).isEqualTo(200);
  }

  @Test
  void theSwitchIsWrittenAndCounted() throws Exception {
    Answer stopped = admin.post("/clients/suspend", Map.of("all", true, "stopped", true));
    assertThat(stopped.body())
        .containsOnlyKeys("vending", "vendId")
        .containsEntry("vending", Map.of("stopped", true, "version", 1L));
    Answer started = admin.post("/clients/suspend", Map.of("all", true, "stopped", false));
    assertThat(started.at("vending/version")).isEqualTo(2L);

    assertThat(admin.rows()).containsExactly("vending");
    assertThat(admin.audit())
        .containsExactly(
            "admin clients/suspend",
            "made clients/suspend",
            "admin clients/suspend",
            "made clients/suspend");
  }

  @ParameterizedTest
  @CsvSource({"'{\"all\": false, \"stopped\": true}', /all", "'{\"all\": true}', /stopped"})
  void theSwitchIsNotMovedByHalfARequest(String body, String place) throws Exception {
    assertThat(admin.post("/clients/suspend", body).places()).containsExactly(place);
    assertThat(admin.rows()).isEmpty();
  }

  @Test
  void aProbeThatPassedVerifiesTheRole_WithWhatItFound() throws Exception {
    String externalId = admin.putClient().text("client/externalId");

    Answer active = admin.verify(externalId);

    assertThat(active.status()).as("%s", active.body()).isEqualTo(200);
    assertThat(active.at("client/roles/0/verified")).isEqualTo(true);
    assertThat(active.at("client/roles/0/sourceIdentity")).isEqualTo(true);
    assertThat(active.at("client/roles/0/sessionTags")).isEqualTo(false);
    assertThat(Items.text(admin.records().getLast(), "after")).contains("verified by 01ZZ");
  }

  @Test
  void aProbeThatFoundAWayInTakesTheVerificationAway_AndAnOlderOneDoesNotGiveItBack()
      throws Exception {
    String externalId = admin.putClient().text("client/externalId");
    String early = admin.probe(Administrator.ROLE, externalId, true);
    admin.verify(externalId);

    Answer drifted = activate(admin.probe(Administrator.ROLE, externalId, false));
    assertThat(drifted.text("code")).isEqualTo("probe_not_passed");
    Answer old = activate(early);
    assertThat(old.text("code")).isEqualTo("probe_too_old");

    Answer list = admin.post("/clients/list", "{}");
    assertThat(list.at("clients/1/roles/0/verified")).isEqualTo(false);
    assertThat(list.text("clients/1/roles/0/drift")).startsWith("01ZZ");
    assertThat(admin.verify(externalId).at("client/roles/0/verified")).isEqualTo(true);
  }

  @Test
  void aProbeThatSaysNothingOfTheClientAsItIsIsRefused() throws Exception {
    String externalId = admin.putClient().text("client/externalId");
    Instant yesterday = Instant.now().minus(Duration.ofHours(25));

    assertThat(activate("01ZZ0000000000000000099999").text("code")).isEqualTo("no_probe");
    assertThat(activate(admin.probe(Administrator.ROLE, "another-clients-one", true)).text("code"))
        .isEqualTo("probe_of_another_external_id");
    assertThat(activate(admin.probe(Administrator.ROLE, externalId, true, yesterday)).text("code"))
        .isEqualTo("probe_too_old");
    assertThat(activate(admin.probe(Administrator.ROLE + "2", externalId, true)).text("code"))
        .isEqualTo("role_not_known");
    assertThat(admin.post("/clients/list", "{}").at("clients/1/version")).isEqualTo(1L);
    assertThat(activate(admin.probe(Administrator.ROLE, externalId, false)).text("code"))
        .isEqualTo("probe_not_passed");
    assertThat(admin.post("/clients/list", "{}").at("clients/1/version"))
        .as("marked, so that an earlier activation conflicts")
        .isEqualTo(2L);
  }

  private static Answer activate(String probeId) throws Exception {
    return admin.post("/clients/activate", Map.of("probeId", probeId));
  }

  private static Answer put(Map<String, Object> changes) throws Exception {
    Map<String, Object> body =
        new HashMap<>(Map.of("account", Administrator.ACCOUNT, "name", "Another Client"));
    body.putAll(changes);
    return admin.post("/clients/put", body);
  }

  private static int vend() throws Exception {
    try (var client = stack.caller(stack.people().pipeline())) {
      String role = stack.demonstration().roleArn();
      return client.post("/credentials", "{\"roleArn\":\"%s\"}".formatted(role)).statusCode();
    }
  }
}
