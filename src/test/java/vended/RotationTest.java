package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.json.Json;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.text.Sha256;

/** {@code /clients/rotate}, with probes of a role whose trust policy the client changes. */
class RotationTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();
  private static final String ACCOUNT = stack.demonstration().account();
  private static final String ROLE = stack.demonstration().roleArn();
  private static final String OLD = stack.demonstration().externalId();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @AfterEach
  void theRoleIsAsItWas() {
    stack
        .sts()
        .addRole(ROLE, stack.demonstration().trustPolicy(), stack.demonstration().maxSession());
  }

  @Test
  void aRotationGoesFromOneExternalIdToTheOther_AndNoVendFailsOnTheWay() throws Exception {
    String next = start();
    assertThat(vend()).isEqualTo(200);
    assertThat(step("switch").text("code")).isEqualTo("external_id_not_accepted");
    assertThat(probe().at("withOtherExternalId")).isEqualTo("refused");
    assertThat(step("switch").text("code")).isEqualTo("external_id_not_accepted");

    accept(OLD, next);
    assertThat(vend()).isEqualTo(200);
    assertThat(probe().at("withOtherExternalId")).isEqualTo("works");
    Answer switched = step("switch");

    assertThat(switched.status()).as("%s", switched.body()).isEqualTo(200);
    assertThat(switched.text("client/externalId")).isEqualTo(next);
    assertThat(switched.at("client/roles/0/verified")).isEqualTo(true);
    assertThat(switched.text("rotation/previousExternalId")).isEqualTo(OLD);
    assertThat(switched.at("rotation/templateParameters"))
        .isEqualTo(Map.of("ExternalId", next, "SecondExternalId", ""));
    assertThat(vend()).isEqualTo(200);
    assertThat(step("finish").text("code")).isEqualTo("external_id_not_refused");
    probe();
    assertThat(step("finish").text("code")).isEqualTo("external_id_not_refused");

    accept(next);
    assertThat(vend()).isEqualTo(200);
    assertThat(probe().at("withOtherExternalId")).isEqualTo("refused");
    Answer finished = step("finish");
    assertThat(finished.status()).as("%s", finished.body()).isEqualTo(200);
    assertThat(finished.at("rotation")).isNull();
    assertThat(vend()).isEqualTo(200);
    assertThat(probe().body()).doesNotContainKey("withOtherExternalId");
    assertThat(step("finish").text("code")).isEqualTo("no_rotation");
    assertThat(imported(OLD).text("code")).isEqualTo("external_id_taken");
    String audit = stack.tables().rows(stack.auditTable()).toString();
    assertThat(audit).doesNotContain(OLD, next).contains(Sha256.sha256(next));
  }

  @Test
  void aStepThatIsDoneChangesNothing_AndEachOtherOneIsOnRecordBeforeItIsTaken() throws Exception {
    String next = start();
    assertThat(step("start").text("rotation/nextExternalId")).isEqualTo(next);
    assertThat(step("back").at("vendId")).isNull();
    assertThat(step("finish").text("code")).isEqualTo("rotation_not_switched");
    accept(OLD, next);
    probe();
    assertThat(step("switch").at("vendId")).isNotNull();
    assertThat(step("switch").at("vendId")).isNull();
    assertThat(step("start").text("code")).isEqualTo("rotation_switched");
    assertThat(step("cancel").text("code")).isEqualTo("rotation_switched");

    assertThat(admin.audit())
        .containsExactly(
            "admin clients/rotate",
            "made clients/rotate",
            "denied clients/rotate rotation_not_switched",
            "admin clients/rotate",
            "made clients/rotate",
            "denied clients/rotate rotation_switched",
            "denied clients/rotate rotation_switched");
  }

  @Test
  void aRoleThatRefusesBothProvesNothingOfThePreviousOne() throws Exception {
    String next = start();
    accept(OLD, next);
    probe();
    step("switch");
    accept("neither-of-the-two-0123456789");
    assertThat(probe().at("withOtherExternalId")).isEqualTo("refused");

    assertThat(step("finish").text("code")).isEqualTo("external_id_not_refused");

    accept(next);
    probe();
    assertThat(step("finish").status()).isEqualTo(200);
  }

  @Test
  void theSwitchIsTakenBackByAProbeOfAfterIt() throws Exception {
    String next = start();
    accept(OLD, next);
    probe();
    step("switch");
    assertThat(step("back").text("code"))
        .as("the evidence is of before the switch")
        .isEqualTo("external_id_not_accepted");
    probe();

    assertThat(step("back").text("client/externalId")).isEqualTo(OLD);
    assertThat(vend()).isEqualTo(200);
    Answer cancelled = step("cancel");
    assertThat(cancelled.at("rotation")).isNull();
    assertThat(imported(next).text("code")).isEqualTo("external_id_taken");
    assertThat(start()).isNotEqualTo(next);
  }

  @Test
  void aClientThatReplacedTheExternalIdTooEarlyIsServedAgainByTheSwitch() throws Exception {
    String next = start();
    accept(next);
    assertThat(vend()).isNotEqualTo(200);
    Answer probe = probe();
    assertThat(List.of(probe.text("withExternalId"), probe.text("withOtherExternalId")))
        .containsExactly("refused", "works");

    assertThat(step("switch").status()).isEqualTo(200);

    assertThat(vend()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"anybody", "any ExternalId", "any that starts like the next one"})
  void aRoleThatAdmitsStrangersIsNotSwitched(String whom) throws Exception {
    String next = start();
    Map<String, ?> condition =
        switch (whom) {
          case "anybody" -> Map.of();
          case "any ExternalId" -> Map.of("StringLike", Map.of("sts:ExternalId", "*"));
          default -> {
            List<String> both = List.of(OLD, next.substring(0, 8) + "*");
            yield Map.of("StringLike", Map.of("sts:ExternalId", both));
          }
        };
    trust(condition);
    assertThat(probe().at("passed")).isEqualTo(false);

    assertThat(step("switch").text("code")).isEqualTo("external_id_not_accepted");

    trust(Map.of("StringEquals", Map.of("sts:ExternalId", List.of(OLD, next))));
    assertThat(step("switch").text("code")).isEqualTo("external_id_not_accepted");
    probe();
    assertThat(step("switch").status()).isEqualTo(200);
  }

  @Test
  void whatWasFoundInAnotherRotationDoesNotCount() throws Exception {
    accept(OLD, start());
    probe();
    step("cancel");
    start();

    assertThat(step("switch").text("code")).isEqualTo("external_id_not_accepted");
  }

  @Test
  void aProbeOfBeforeTheSwitchVerifiesNothingAfterIt_ButStillShowsAnOpenRole() throws Exception {
    String next = start();
    accept(OLD, next);
    probe();
    String passed = probe().text("probeId");
    trust(Map.of());
    String open = probe().text("probeId");
    accept(OLD, next);
    probe();
    step("switch");

    assertThat(activate(passed).text("code")).isEqualTo("probe_of_another_external_id");
    assertThat(activate(open).text("code")).as("a newer one passed").isEqualTo("probe_too_old");
    assertThat(vend()).isEqualTo(200);

    // As if it had started just before the switch, and had been recorded after it.
    assertThat(activate(recordedAgain(open)).text("code")).isEqualTo("probe_not_passed");
    assertThat(vend()).isEqualTo(403);
  }

  private static String recordedAgain(String probeId) {
    String later = "7ZZZZZZZZZZZZZZZZZZZZZZZZZ";
    Map<String, AttributeValue> row =
        stack.tables().rows(stack.auditTable()).stream()
            .filter(one -> Items.text(one, "pk").equals(probeId))
            .filter(one -> Items.text(one, "sk").equals("probe"))
            .findFirst()
            .orElseThrow();
    Map<String, AttributeValue> again = new HashMap<>(row);
    again.put("pk", AttributeValue.fromS(later));
    stack.tables().client().putItem(call -> call.tableName(stack.auditTable()).item(again));
    return later;
  }

  @Test
  void aRemovedClientsNextExternalIdStaysReserved_AndItsRotationIsGone() throws Exception {
    String next = start();
    for (Object one : (List<?>) of(admin.post("/grants/list", Map.of()).body(), "grants")) {
      var key = Map.of("caller", of(one, "caller"), "roleArn", of(one, "roleArn"));
      admin.post("/grants/remove", key);
    }

    assertThat(admin.post("/clients/remove", Map.of("account", ACCOUNT)).status()).isEqualTo(200);

    assertThat(imported(next).text("code")).isEqualTo("external_id_taken");
    assertThat(stack.tables().rows(stack.allowListTable()).toString()).doesNotContain(next);
  }

  private static Object of(Object map, String name) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(name));
  }

  @Test
  void aCorruptRotationStopsNoVend_ButProbesAndSteps() throws Exception {
    start();
    Map<String, AttributeValue> row =
        stack.tables().rows(stack.allowListTable()).stream()
            .filter(one -> Items.text(one, "sk").equals("rotation"))
            .findFirst()
            .orElseThrow();
    Map<String, AttributeValue> corrupt = new HashMap<>(row);
    corrupt.put("switched", AttributeValue.fromS("yes"));
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(corrupt));

    assertThat(vend()).isEqualTo(200);
    assertThat(probe().text("code")).isEqualTo("corrupt_client");
    assertThat(step("cancel").text("code")).isEqualTo("corrupt_row");
    assertThat(admin.post("/clients/list", Map.of("account", ACCOUNT)).text("code"))
        .isEqualTo("corrupt_row");
    assertThat(admin.post("/access/status", Map.of()).text("findings"))
        .contains("corrupt_rows", "switched is not a boolean");
  }

  private static Answer activate(String probeId) throws Exception {
    return admin.post("/clients/activate", Map.of("probeId", probeId));
  }

  private static String start() throws Exception {
    Answer started = step("start");
    assertThat(started.status()).as("%s", started.body()).isEqualTo(200);
    assertThat(started.text("client/externalId")).isEqualTo(OLD);
    assertThat(started.text("rotation/state")).isEqualTo("started");
    String next = started.text("rotation/nextExternalId");
    assertThat(next).matches("[0-9a-f]{32}");
    return next;
  }

  private static Answer step(String step) throws Exception {
    return admin.post("/clients/rotate", Map.of("account", ACCOUNT, "step", step));
  }

  private static Answer probe() throws Exception {
    return admin.post("/probes", Map.of("roleArn", ROLE));
  }

  private static Answer imported(String externalId) throws Exception {
    return admin.post(
        "/clients/put",
        Map.of("account", "666677778888", "name", "Other", "importExternalId", externalId));
  }

  private static int vend() throws Exception {
    try (var caller = stack.caller(stack.people().session())) {
      return caller.post("/credentials", "{\"roleArn\":\"%s\"}".formatted(ROLE)).statusCode();
    }
  }

  /** The client lets the vendor role in with these ExternalIds, and nobody else. */
  private static void accept(String... externalIds) {
    trust(Map.of("StringEquals", Map.of("sts:ExternalId", List.of(externalIds))));
  }

  private static void trust(Map<String, ?> condition) {
    Map<String, Object> enter = new HashMap<>();
    enter.put("Effect", "Allow");
    enter.put("Principal", Map.of("AWS", stack.people().vendor().principal().identityArn()));
    enter.put("Action", "sts:AssumeRole");
    if (!condition.isEmpty()) {
      enter.put("Condition", condition);
    }
    Map<String, Object> speak = new HashMap<>(enter);
    speak.remove("Condition");
    speak.put("Action", List.of("sts:SetSourceIdentity", "sts:TagSession"));
    stack
        .sts()
        .addRole(
            ROLE,
            Json.write(Map.of("Version", "2012-10-17", "Statement", List.of(enter, speak))),
            Duration.ofHours(1));
  }
}
