package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.Administrator.Answer;
import vended.json.JsonObject;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/** {@code /grants/…} through the HTTP front, and what holds of every change. */
class GrantsTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @BeforeEach
  void aClientWithAVerifiedRole() throws Exception {
    String externalId = admin.putClient().text("client/externalId");
    assertThat(admin.verify(externalId).status()).isEqualTo(200);
  }

  private static Answer put(Map<String, Object> changes) throws Exception {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "caller", Administrator.CALLER,
                "roleArn", Administrator.ROLE,
                "callerId", Administrator.CALLER_ID));
    body.putAll(changes);
    return admin.post("/grants/put", body);
  }

  @Test
  void aGrantIsKeptAsItWasPut_AndShownInTheAuditWithoutItsPolicy() throws Exception {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":"
            + "[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";
    String end = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, Object> all =
        Map.of(
            "maxDurationSeconds",
            900,
            "policy",
            policy,
            "policyArns",
            List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
            "tags",
            Map.of("team", "blue"),
            "notBefore",
            "2026-01-01T01:00:00+01:00",
            "expiresAt",
            end,
            "description",
            "For a test");
    Answer answer = put(all);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    Map<String, Object> expected = new HashMap<>(all);
    expected.put("maxDurationSeconds", 900L);
    expected.put("notBefore", "2026-01-01T00:00:00Z");
    Map<?, ?> grant = (Map<?, ?>) Objects.requireNonNull(answer.at("grant"));
    expected.forEach((name, value) -> assertThat(grant.get(name)).isEqualTo(value));
    assertThat(admin.post("/grants/list", Map.of("roleArn", Administrator.ROLE)).at("grants/0"))
        .isEqualTo(answer.at("grant"));
    var made = admin.records().getLast();
    assertThat(Items.text(made, "target")).isEqualTo(Administrator.CALLER);
    assertThat(Items.text(made, "caller")).endsWith(":user/demo-administrator");
    assertThat(Items.text(made, "after"))
        .contains("\"policyLength\":" + policy.length(), "policySha256")
        .doesNotContain("2012-10-17");
  }

  @Test
  void aCallerMayBeNamedWithItsPath_AndAUserAndAnUnpinnedOneBeGranted() throws Exception {
    String path = Administrator.CALLER.replace("role/", "role/ci/");
    assertThat(put(Map.of("caller", path)).at("grant/caller")).isEqualTo(Administrator.CALLER);

    Map<String, Object> user =
        Map.of(
            "caller",
            "arn:aws:iam::111122223333:user/ci/bob",
            "roleArn",
            Administrator.ROLE,
            "unpinned",
            true);
    assertThat(admin.post("/grants/put", user).at("grant/unpinned")).isEqualTo(true);
    assertThat(admin.post("/grants/list", Map.of("format", "table")).text("table"))
        .contains("UNPINNED", Administrator.CALLER_ID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "caller | \"arn:aws:iam::111122223333:role/*\" | /caller",
        "caller | \"arn:aws:iam::111122223333:user/*/bob\" | /caller",
        "caller | \"arn:aws:sts::111122223333:assumed-role/Builder/b\" | /caller",
        "roleArn | \"arn:aws:iam::555566667777:role/vended/?\" | /roleArn",
        "callerId | \"AIDAEXAMPLEBUILDER001\" | /callerId",
        "callerId | \"AROA*\" | /callerId",
        "callerId | null | /callerId",
        "unpinned | true | /unpinned",
        "maxDurationSeconds | 3601 | /maxDurationSeconds",
        "policy | \"[]\" | /policy",
        "policy | \"{\\\"a\\\":1,\\\"a\\\":2}\" | /policy",
        "policyArns | [\"arn:aws:iam::aws:policy/*\"] | /policyArns",
        "tags | {\"vended:caller\":\"x\"} | /tags",
        "tags | {\"a\":\"x\",\"A\":\"y\"} | /tags",
        "tags | {\"a\":\"x;y\"} | /tags",
        "notBefore | \"9000-01-01T00:00:00.5Z\" | /notBefore",
        "notBefore | \"soon\" | /notBefore",
        "notBefore | \"1969-12-31T23:59:59Z\" | /notBefore",
        "notBefore | 1735689600000 | /notBefore",
        "expiresAt | \"2020-01-01T00:00:00Z\" | /expiresAt",
        "expiresAt | \"+10000-01-01T00:00:00Z\" | /expiresAt",
        "expiresAt | 253402300800 | /expiresAt",
        "description | \"two\\nlines\" | /description",
        "disabled | 1 | /disabled",
        "expiresAT | \"2030-01-01T00:00:00Z\" | /expiresAT"
      })
  void whatIsNoGrantIsRefusedByItsPlace(String name, String value, String place) throws Exception {
    Map<String, String> members = new HashMap<>();
    members.put("caller", "\"" + Administrator.CALLER + "\"");
    members.put("roleArn", "\"" + Administrator.ROLE + "\"");
    members.put("callerId", "\"" + Administrator.CALLER_ID + "\"");
    members.put(name, value);
    List<String> parts = new ArrayList<>();
    members.forEach((key, text) -> parts.add("\"%s\":%s".formatted(key, text)));
    Answer answer = admin.post("/grants/put", "{" + String.join(",", parts) + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.places()).as("%s", answer.body()).contains(place);
    assertThat(admin.rows()).noneMatch(row -> row.startsWith("caller#"));
  }

  @Test
  void aWindowThatNeverOpensIsRefused() throws Exception {
    Answer answer =
        put(Map.of("notBefore", "9000-01-01T00:00:00Z", "expiresAt", "9000-01-01T00:00:00Z"));

    assertThat(answer.places()).containsExactly("/notBefore");
  }

  @Test
  void aRoleThatNoProbeFoundSafeIsNotGranted_UnlessTheGrantIsOff() throws Exception {
    String other = Administrator.ROLE + "2";
    assertThat(put(Map.of("roleArn", other)).text("code")).isEqualTo("role_not_known");
    assertThat(put(Map.of("roleArn", other.replace("5555", "8888"))).text("code"))
        .isEqualTo("no_client");
    admin.post(
        "/clients/put",
        Map.of(
            "account",
            Administrator.ACCOUNT,
            "name",
            "Another Client",
            "roles",
            List.of(other, Administrator.ROLE),
            "version",
            2));
    assertThat(put(Map.of("roleArn", other)).text("code")).isEqualTo("role_not_verified");
    assertThat(put(Map.of("roleArn", other)).status()).isEqualTo(409);
    assertThat(admin.audit()).endsWith("denied grants/put role_not_verified");
    assertThat(put(Map.of("roleArn", other, "disabled", true)).status()).isEqualTo(200);
  }

  @Test
  void aGrantIsChangedByItsVersionOnly() throws Exception {
    put(Map.of());
    assertThat(put(Map.of()).at("currentVersion")).isEqualTo(1L);
    Answer changed = put(Map.of("version", 1, "disabled", true));
    assertThat(changed.at("grant/version")).isEqualTo(2L);
    assertThat(changed.at("grant/disabled")).isEqualTo(true);
    assertThat(put(Map.of("version", 1)).at("currentVersion")).isEqualTo(2L);

    Map<String, Object> key =
        new HashMap<>(Map.of("caller", Administrator.CALLER, "roleArn", Administrator.ROLE));
    key.put("version", 1);
    assertThat(admin.post("/grants/remove", key).at("currentVersion")).isEqualTo(2L);
    key.remove("version");
    assertThat(admin.post("/grants/remove", key).body())
        .containsOnlyKeys("removed", "vendId")
        .containsEntry("removed", true);
    assertThat(admin.post("/grants/remove", key).text("code")).isEqualTo("no_grant");
    assertThat(put(Map.of("version", 2)).text("code")).isEqualTo("no_grant");
  }

  @Test
  void aGrantThatIsSwitchedOffIsRefusedByTheNextVend() throws Exception {
    var caller = stack.people().pipeline().principal();
    Map<String, Object> grant =
        Map.of(
            "caller", caller.identityArn(),
            "callerId", caller.userId(),
            "roleArn", stack.demonstration().roleArn(),
            "version", 1,
            "disabled", true);
    assertThat(vend()).isEqualTo(200);

    assertThat(admin.post("/grants/put", grant).status()).isEqualTo(200);

    assertThat(vend()).isEqualTo(403);
  }

  @Test
  void ofTwoWhoChangeOneGrantAtOnceOneWins_AndTheAuditShowsBoth() throws Exception {
    put(Map.of());
    long before = admin.records().size();
    Callable<Integer> change =
        () -> {
          try (Administrator other = new Administrator(stack)) {
            return other
                .post(
                    "/grants/put",
                    Map.of(
                        "caller", Administrator.CALLER,
                        "roleArn", Administrator.ROLE,
                        "callerId", Administrator.CALLER_ID,
                        "version", 1))
                .status();
          }
        };
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var done : threads.invokeAll(List.of(change, change))) {
        statuses.add(done.get());
      }
    }

    assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    assertThat(admin.audit().stream().skip(before))
        .contains("made grants/put", "denied grants/put version_conflict");
  }

  @Test
  void theListsOfACallerAndOfARole_GoOnWhereTheirOwnCursorSays() throws Exception {
    for (String name : List.of("Builder", "Builder2", "Builder3")) {
      put(Map.of("caller", "arn:aws:iam::111122223333:role/" + name));
    }
    Map<String, Object> ofRole = new HashMap<>(Map.of("roleArn", Administrator.ROLE, "limit", 2));
    Answer first = admin.post("/grants/list", ofRole);
    ofRole.put("cursor", first.text("cursor"));
    Answer second = admin.post("/grants/list", ofRole);
    assertThat((List<?>) first.at("grants")).hasSize(2);
    assertThat((List<?>) second.at("grants")).hasSize(1);

    Answer forged =
        admin.post(
            "/grants/list",
            Map.of(
                "caller",
                "arn:aws:iam::111122223333:role/Builder3",
                "cursor",
                first.text("cursor")));
    assertThat(forged.places()).containsExactly("/cursor");
    assertThat((List<?>) admin.post("/grants/list", Map.of("limit", 100)).at("grants")).hasSize(5);
    Answer ofCaller = admin.post("/grants/list", Map.of("caller", Administrator.CALLER));
    assertThat((List<?>) Objects.requireNonNull(ofCaller.at("grants"))).hasSize(1);
  }

  @Test
  void withoutItsRecordNothingIsChanged() throws Exception {
    fault("grants/put", 1, FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));

    Answer answer = put(Map.of());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("unavailable");
    assertThat(admin.rows()).noneMatch(row -> row.startsWith("caller#"));
    assertThat(stack.tablesProxy().bodies("TransactWriteItems"))
        .noneMatch(b -> b.contains("grant\""));
  }

  @Test
  void aChangeWhoseOutcomeIsNotRecordedStands_AndIsToldAsUnsure() throws Exception {
    fault("grants/put", 2, FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));

    Answer answer = put(Map.of());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("unsure");
    assertThat(admin.rows()).anyMatch(row -> row.startsWith("caller#"));
    assertThat(admin.audit()).endsWith("admin grants/put");
  }

  /** Sent again, it could undo what a colleague did in between. */
  @Test
  void aChangeThatMayStandIsNotRetryable() throws Exception {
    for (String word : List.of("unavailable", "unsure")) {
      fault(
          "suspend", word.equals("unsure") ? 2 : 1, FaultyProxy.Answer.dynamoError(400, "Denied"));
      try (var client = stack.caller(stack.people().administrator())) {
        var answer = client.post("/clients/suspend", "{\"all\":true,\"stopped\":false}");
        var body = ((JsonObject.Read) JsonObject.read(answer.body())).object().members();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(body.get("code")).isEqualTo(word);
        boolean nothingChanged = word.equals("unavailable");
        assertThat(body.get("retryable")).as(word).isEqualTo(nothingChanged);
        assertThat(answer.headers().firstValue("Retry-After").isPresent())
            .as(word)
            .isEqualTo(nothingChanged);
      }
      stack.reset();
    }
  }

  @Test
  void aChangeWhoseAnswerWasLostIsMadeOnce() throws Exception {
    stack.tablesProxy().fault("TransactWriteItems", "", 1, 1, new FaultyProxy.LoseAnswer());

    Answer answer = put(Map.of());

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.at("grant/version")).isEqualTo(1L);
    assertThat(admin.audit()).endsWith("admin grants/put", "made grants/put");
  }

  @Test
  void nobodyButAnAdministratorComesThisFar() throws Exception {
    for (Keys.Key key : List.of(stack.people().pipeline(), stack.people().auditor())) {
      try (var client = stack.caller(key)) {
        for (String route : List.of("/grants/put", "/clients/list", "/clients/suspend")) {
          var answer = client.post(route, "{}");
          assertThat(answer.statusCode()).isEqualTo(403);
          assertThat(JsonObject.read(answer.body()).toString()).contains("access_denied");
        }
      }
    }
  }

  private static void fault(String action, int number, FaultyProxy.Fault fault) {
    stack.tablesProxy().fault("ExecuteStatement", action, number, number, fault);
  }

  private static int vend() throws Exception {
    try (var client = stack.caller(stack.people().pipeline())) {
      String role = stack.demonstration().roleArn();
      return client.post("/credentials", "{\"roleArn\":\"%s\"}".formatted(role)).statusCode();
    }
  }
}
