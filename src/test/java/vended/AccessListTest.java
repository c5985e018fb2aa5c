package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Administrator.Answer;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;

/** {@code /access/list}: who may have which role, and what each grant is worth now. */
class AccessListTest {
  private static final String ROLE = Administrator.ROLE;
  private static final String CALLER = Administrator.CALLER;

  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();
  @AutoClose private static final Administrator admin = new Administrator(stack);

  @BeforeEach
  void aVerifiedRoleWithAGrant() throws Exception {
    admin.putVerifiedClient();
    grant(CALLER, Map.of("callerId", Administrator.CALLER_ID));
  }

  private static void grant(String caller, Map<String, ?> members) throws Exception {
    Map<String, Object> body = new HashMap<>(Map.of("caller", caller, "roleArn", ROLE));
    body.putAll(members);
    Answer put = admin.post("/grants/put", body);
    assertThat(put.status()).as("%s", put.body()).isEqualTo(200);
  }

  private static Answer list(Map<String, ?> body) throws Exception {
    Answer answer = admin.post("/access/list", body);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer;
  }

  @Test
  void aGrantThatWouldBeVendedSaysSo() throws Exception {
    Answer answer = list(Map.of("roleArn", ROLE));

    assertThat(answer.at("vending")).isEqualTo("running");
    assertThat(answer.at("grants/0"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("caller", CALLER)
        .containsEntry("clientAccount", Administrator.ACCOUNT)
        .containsEntry("clientName", "Another Client")
        .containsEntry("vendedNow", true)
        .containsEntry("reasons", List.of())
        .containsEntry("callerId", Administrator.CALLER_ID)
        .doesNotContainKeys("unpinned", "fault");
  }

  @Test
  void allReasonsAreListed() throws Exception {
    grant(CALLER + "2", Map.of("unpinned", true, "disabled", true));
    admin.post("/clients/suspend", Map.of("account", Administrator.ACCOUNT, "suspended", true));
    admin.post("/clients/suspend", Map.of("all", true, "stopped", true));

    Answer answer = list(Map.of("account", Administrator.ACCOUNT));

    assertThat(answer.at("vending")).isEqualTo("stopped");
    assertThat(answer.at("grants/0/reasons"))
        .isEqualTo(List.of("vending_stopped", "client_suspended"));
    assertThat(answer.at("grants/1/reasons"))
        .isEqualTo(List.of("vending_stopped", "grant_disabled", "client_suspended"));
    assertThat(answer.at("grants/1/unpinned")).isEqualTo(true);
  }

  @Test
  void theLastUseIsShown_AndThatThereWasNone() throws Exception {
    String role = stack.demonstration().roleArn();
    Map<String, String> ofPipeline =
        Map.of("caller", stack.people().pipeline().principal().identityArn());
    assertThat(list(ofPipeline).at("grants/0/neverUsed")).isEqualTo(true);

    Instant before = Instant.now();
    try (SignedClient pipeline = stack.caller(stack.people().pipeline())) {
      String body = "{\"roleArn\":\"%s\"}".formatted(role);
      assertThat(pipeline.post("/credentials", body).statusCode()).isEqualTo(200);
    }

    Answer used = list(ofPipeline);
    assertThat(Instant.parse(used.text("grants/0/lastUse")))
        .isBetween(before.truncatedTo(ChronoUnit.SECONDS), Instant.now());
    assertThat(used.text("grants/0")).doesNotContain("neverUsed", "sourceIp", "accessKeyId");
  }

  @Test
  void aTableHasACellUnderEachHeading() throws Exception {
    grant(CALLER + "2", Map.of("unpinned", true));

    try (SignedClient auditor = stack.caller(stack.people().auditor())) {
      String body = "{\"format\":\"table\",\"roleArn\":\"%s\"}".formatted(ROLE);
      assertThat(auditor.post("/access/list", body).body().lines().map(row -> row.split(" {2,}")))
          .satisfiesExactly(
              head -> assertThat(head).endsWith("VENDED NOW", "LAST USE", "PINNED TO"),
              row -> assertThat(row).endsWith("yes", "never", Administrator.CALLER_ID),
              row -> assertThat(row).endsWith("yes", "never", "UNPINNED"));
    }
  }

  @Test
  void aClientIsFoundByItsName() throws Exception {
    assertThat(list(Map.of("client", "Another Client")).at("grants/0/roleArn")).isEqualTo(ROLE);

    Answer unknown = admin.post("/access/list", Map.of("client", "another client"));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.places()).containsExactly("/client");
    assertThat(unknown.text("errors/0/detail")).contains(Administrator.ACCOUNT);
  }

  @Test
  void aSpreadsheetTakesNothingForAFormula() throws Exception {
    grant(CALLER + "2", Map.of("unpinned", true, "description", "=cmd|calc"));

    try (SignedClient auditor = stack.caller(stack.people().auditor())) {
      String csv =
          auditor
              .post("/access/list", "{\"format\":\"csv\",\"roleArn\":\"%s\"}".formatted(ROLE))
              .body();
      assertThat(csv.lines().findFirst().orElseThrow())
          .startsWith("caller,clientAccount,clientName,roleArn,vendedNow,reasons,lastUse,");
      assertThat(csv).contains(",\"'=cmd|calc\",", ",true,,never,");
    }
  }

  @Test
  void pagesContinueWhereTheLastEnded() throws Exception {
    grant(CALLER + "2", Map.of("unpinned", true));

    for (Map<String, String> selection :
        List.of(Map.of("roleArn", ROLE), Map.of("account", Administrator.ACCOUNT))) {
      Map<String, Object> body = new HashMap<>(selection);
      body.put("limit", 1);
      Answer first = list(body);
      body.put("cursor", Objects.requireNonNull(first.at("cursor")));
      Answer second = list(body);

      assertThat(first.at("grants/0/caller")).isEqualTo(CALLER);
      assertThat(second.at("grants/0/caller")).isEqualTo(CALLER + "2");
    }
  }

  @Test
  void aPageOfMoreRowsThanOneReadTakesHasThemAll() throws Exception {
    stack
        .tables()
        .put(
            stack.allowListTable(),
            IntStream.range(100, 250)
                .mapToObj(
                    n -> AllowListRows.grant(CALLER + n, "AROAEXAMPLE" + n, ROLE, Instant.now()))
                .toList());

    Answer all = list(Map.of("roleArn", ROLE, "limit", 500));

    for (int i = 1; i <= 150; i++) {
      assertThat(all.at("grants/" + i + "/caller")).isEqualTo(CALLER + (99 + i));
      assertThat(all.at("grants/" + i + "/vendedNow")).isEqualTo(true);
    }
    assertThat(all.at("cursor")).isNull();
  }

  @Test
  void administratorsAndAuditorsMayAsk_AndNobodyElse() throws Exception {
    try (SignedClient auditor = stack.caller(stack.people().auditor());
        SignedClient pipeline = stack.caller(stack.people().pipeline())) {
      assertThat(auditor.post("/access/list", "{}").statusCode()).isEqualTo(200);
      assertThat(pipeline.post("/access/list", "{}").statusCode()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'limit':501}",
        "{'limit':0}",
        "{'account':'1'}",
        "{'caller':'arn:aws:iam::111122223333:role/*'}",
        "{'account':'111122223333','roleArn':'arn:aws:iam::111122223333:role/a'}",
        "{'format':'html'}",
        "{'cursor':'x'}",
        "{'kind':'all'}"
      })
  void otherBodiesAreRefused(String body) throws Exception {
    assertThat(admin.post("/access/list", body.replace('\'', '"')).status()).isEqualTo(400);
  }
}
