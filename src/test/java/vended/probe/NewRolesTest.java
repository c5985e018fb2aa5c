package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.AllowListRows;
import vended.local.Items;

/** New roles: the schedule probes them, and activates those that an administrator asked it to. */
class NewRolesTest {
  private static final String ACCOUNT = "555566667777";
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";

  @RegisterExtension static final ReprobeStack stack = new ReprobeStack();

  @BeforeEach
  void reset() {
    stack.probes().local().sts().removeRole(ROLE);
  }

  private static Map<String, ?> admin(String path, Map<String, ?> body) throws Exception {
    var answer =
        stack.post(stack.probes().local().people().administrator(), path, Json.write(body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ((JsonObject.Read) JsonObject.read(answer.body())).object().members();
  }

  /** Puts the client with its role; answers its ExternalId. */
  private static String put(Map<String, ?> others) throws Exception {
    Map<String, Object> body = new HashMap<>(others);
    body.put("account", ACCOUNT);
    body.put("name", "New Client");
    body.putIfAbsent("roles", List.of(ROLE));
    Map<?, ?> client =
        (Map<?, ?>) Objects.requireNonNull(admin("/clients/put", body).get("client"));
    return String.valueOf(client.get("externalId"));
  }

  private static String putActivating() throws Exception {
    return put(Map.of("activateWhenSafe", true));
  }

  private static void suspend(boolean suspended) throws Exception {
    admin("/clients/suspend", Map.of("account", ACCOUNT, "suspended", suspended));
  }

  private static void createRole(String externalId) {
    stack.trust(
        ROLE, ReprobeStack.condition(externalId), "\"sts:SetSourceIdentity\", \"sts:TagSession\"");
  }

  private static void changeRole(String attribute, Instant at) {
    Map<String, AttributeValue> role = new HashMap<>(stack.role(ROLE));
    role.put(attribute, AttributeValue.fromS(at.toString()));
    Map<String, AttributeValue> row = new HashMap<>(stack.client(ROLE));
    row.put("roles", AttributeValue.fromM(Map.of(ROLE, AttributeValue.fromM(role))));
    stack.put(row);
  }

  private static boolean verified() {
    return stack.role(ROLE).containsKey("verifiedAt");
  }

  private static List<String> changes() {
    return stack.audit(ROLE).stream()
        .filter(row -> Items.text(row, "sk").startsWith("admin"))
        .map(row -> ReprobeStack.kind(row) + " " + Items.text(row, "action"))
        .toList();
  }

  private static List<String> eventsOfChanges() {
    return stack.audit(ROLE).stream()
        .filter(row -> Items.text(row, "sk").equals("admin-outcome"))
        .map(row -> Items.text(row, "event"))
        .toList();
  }

  @Test
  void aRoleIsActivatedOnceItIsCreatedAndSafe_AndTheAuditHasWhoAskedForIt() throws Exception {
    String externalId = putActivating();
    stack.reprobes().runNew();
    assertThat(verified()).isFalse();
    createRole(externalId);

    stack.reprobes().runNew();

    assertThat(verified()).isTrue();
    assertThat(changes())
        .containsExactly("admin schedule/activate", "admin-outcome made schedule/activate");
    assertThat(eventsOfChanges()).containsExactly("role_verified");
    var intent =
        stack.audit(ROLE).stream().filter(r -> Items.text(r, "sk").equals("admin")).findFirst();
    assertThat(Items.text(intent.orElseThrow(), "caller")).isEqualTo(ReprobeStack.SETTLER);
    assertThat(Items.text(intent.orElseThrow(), "before"))
        .containsPattern(
            "not verified, activation asked for by arn:aws:iam::111122223333:user/"
                + "demo-administrator in [0-9A-Z]{26}");
    assertThat(stack.told("RoleReady"))
        .singleElement()
        .asString()
        .contains("\"activated\":true", ROLE);
    assertThat(stack.told("RoleDrifted")).isEmpty();
  }

  @Test
  void withoutARequestARoleWaitsForAnAdministrator_WhoIsToldOnce() throws Exception {
    createRole(put(Map.of()));

    stack.reprobes().runNew();
    stack.reprobes().runNew();

    assertThat(verified()).isFalse();
    assertThat(stack.role(ROLE)).containsKeys("awaitedSince", "readyBy");
    assertThat(changes())
        .containsExactly("admin schedule/ready", "admin-outcome made schedule/ready");
    assertThat(eventsOfChanges()).containsExactly("role_ready");
    assertThat(stack.told("RoleReady"))
        .singleElement()
        .asString()
        .contains("\"activated\":false", ROLE);
    String status =
        stack.post(stack.probes().local().people().administrator(), "/access/status", "{}").body();
    assertThat(status).contains("\"kind\":\"roles_ready\",\"needsAttention\":true,\"count\":1");
  }

  @Test
  void aSuspensionEndsTheRequest_AndItDoesNotComeBack() throws Exception {
    createRole(putActivating());
    suspend(true);
    stack.reprobes().runNew();
    assertThat(verified()).isFalse();
    suspend(false);

    stack.reprobes().runNew();

    assertThat(verified()).isFalse();
    assertThat(stack.role(ROLE)).containsKey("readyBy").doesNotContainKey("activateFor");
  }

  @Test
  void aSuspensionBetweenTheProbeAndItsEffectWins_AlsoAfterAResumption() throws Exception {
    createRole(putActivating());
    Object probed = stack.invoke("ReprobeFunction", Map.of("roleArn", ROLE));
    String probeId = String.valueOf(((Map<?, ?>) probed).get("probeId"));
    suspend(true);
    stack.invoke("SettleFunction", Map.of("probeId", probeId));
    suspend(false);

    stack.invoke("SettleFunction", Map.of("probeId", probeId));

    assertThat(verified()).isFalse();
  }

  @Test
  void aRoleThatSomebodyHasAGrantOfWaits() throws Exception {
    createRole(putActivating());
    stack.put(
        AllowListRows.grant(
            "arn:aws:iam::111122223333:role/Old", "AROAEXAMPLE0000001", ROLE, Instant.now()));

    stack.reprobes().runNew();

    assertThat(verified()).isFalse();
    assertThat(stack.role(ROLE)).containsKey("readyBy");
  }

  @Test
  void aRoleThatWasEverFoundOpenWaits_EvenIfItWasPutAgain() throws Exception {
    String externalId = putActivating();
    stack.openToStrangers(ROLE);
    stack.reprobes().runNew();
    assertThat(stack.role(ROLE)).containsKey("drift").doesNotContainKey("activateFor");
    createRole(externalId);
    stack.reprobes().runNew();
    assertThat(verified()).isFalse();
    put(Map.of("roles", List.of(), "version", 2));
    put(Map.of("activateWhenSafe", true, "version", 3));
    stack.probes().local().sts().removeRole(ROLE);
    for (int probes = 0; probes < 12; probes++) {
      stack.reprobes().runNew();
    }
    createRole(externalId);

    stack.reprobes().runNew();

    assertThat(verified()).isFalse();
    assertThat(stack.role(ROLE)).containsKeys("readyBy", "activateFor");
  }

  @Test
  void aRequestIsOverAfterTwoWeeks_AndCanBeMadeAgain() throws Exception {
    createRole(putActivating());
    changeRole("awaitedSince", Instant.now().minus(Duration.ofDays(14)));
    stack.reprobes().runNew();
    assertThat(stack.audit(ROLE)).as("not even probed").isEmpty();
    assertThat(stack.told("RoleOverdue")).singleElement().asString().contains(ROLE);
    put(Map.of("activateWhenSafe", true, "version", 1));

    stack.reprobes().runNew();

    assertThat(verified()).isTrue();
  }

  @Test
  void anAdministratorWithdrawsARequest() throws Exception {
    createRole(putActivating());
    put(Map.of("activateWhenSafe", true, "version", 1));
    assertThat(Items.value(stack.client(ROLE), "version").n()).as("asked already").isEqualTo("1");
    put(Map.of("activateWhenSafe", false, "version", 1));

    stack.reprobes().runNew();

    assertThat(verified()).isFalse();
  }

  @Test
  void theOtherRunLeavesNewRolesAlone_AndThisOneVerifiedRoles() throws Exception {
    createRole(putActivating());
    stack.reprobes().run();
    assertThat(stack.audit(ROLE)).isEmpty();
    String known = stack.addClient(1);

    stack.reprobes().runNew();

    assertThat(stack.audit(known)).isEmpty();
    assertThat(stack.runs()).as("a run over all roles alone ends the wait for one").isEqualTo(1);
  }

  /** Whatever can't be read refuses, and is not activated. */
  @ParameterizedTest
  @CsvSource({"activateFor, x", "verifiedAt, 2026-01-01T00:00:00Z", "awaitedSince, soon"})
  void aRowThatCannotBeIsCorrupt(String attribute, String value) throws Exception {
    createRole(put(Map.of()));
    Map<String, AttributeValue> role = new HashMap<>(stack.role(ROLE));
    role.put(attribute, AttributeValue.fromS(value));
    role.put("sourceIdentity", AttributeValue.fromBool(true));
    role.put("sessionTags", AttributeValue.fromBool(true));
    Map<String, AttributeValue> row = new HashMap<>(stack.client(ROLE));
    row.put("roles", AttributeValue.fromM(Map.of(ROLE, AttributeValue.fromM(role))));
    stack.put(row);
    var before = stack.client(ROLE);

    stack.reprobes().runNew();

    assertThat(stack.client(ROLE)).isEqualTo(before);
    assertThat(stack.vend(ROLE)).isEqualTo(403);
    assertThat(stack.told("CorruptRow")).isNotEmpty();
  }
}
