package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.json.Json;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;

/** A role is verified by its newest probe only, whatever its client's row has forgotten. */
class NewestProbeTest {
  @SuppressWarnings("NullAway.Init")
  private static ReprobeStack stack;

  @SuppressWarnings("NullAway.Init")
  private String role;

  @BeforeAll
  static void start() throws IOException {
    stack = new ReprobeStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @BeforeEach
  void reset() {
    stack.reset();
    role = stack.addClient(1);
  }

  @Test
  void aPassedProbeIsRefusedOnceANewerOneFoundTheRoleOpen() throws Exception {
    unverify();
    String passed = probe(true);
    stack.openToStrangers(role);
    probe(false);

    assertThat(activate(passed)).isEqualTo("probe_too_old");
    assertThat(stack.vend(role)).isEqualTo(403);
  }

  @Test
  void removingARoleAndAddingItAgainDoesNotBringAnOldProbeBack() throws Exception {
    String passed = probe(true);
    assertThat(activate(passed)).isEqualTo("verified");
    stack.openToStrangers(role);
    assertThat(activate(probe(false))).isEqualTo("probe_not_passed");
    assertThat(activate(passed)).isEqualTo("probe_too_old");
    putRoles(List.of());
    putRoles(List.of(role));

    assertThat(activate(passed)).isEqualTo("probe_too_old");
    assertThat(stack.vend(role)).isEqualTo(403);
    close();
    assertThat(activate(probe(true))).isEqualTo("verified");
    assertThat(stack.vend(role)).isEqualTo(200);
  }

  @Test
  void aRoleThatComesBackIsVerifiedByItsNewestProbe() throws Exception {
    String passed = probe(true);
    putRoles(List.of());
    putRoles(List.of(role));

    assertThat(stack.vend(role)).isEqualTo(403);
    assertThat(activate(passed)).isEqualTo("verified");
  }

  @Test
  void aProbeThatStartedAndHasNoResultCounts() throws Exception {
    unverify();
    String passed = probe(true);
    startProbe();

    assertThat(activate(passed)).isEqualTo("probe_too_old");
  }

  @Test
  void aNewerProbeThatPassedOrFoundNothingForCertainCounts() throws Exception {
    unverify();
    String first = probe(true);
    String second = probe(true);
    assertThat(activate(first)).isEqualTo("probe_too_old");
    local().sts().failNext(403, "RegionDisabledException");
    probe(false);

    assertThat(activate(second)).isEqualTo("probe_too_old");
  }

  @Test
  void aProbeFromBeforeThisOrderWasKeptIsMadeAgain() throws Exception {
    unverify();
    String passed = probe(true);
    for (var row : pointers()) {
      local().tables().client().deleteItem(call -> call.tableName(audit()).key(key(row)));
    }

    assertThat(activate(passed)).isEqualTo("probe_too_old");
  }

  @Test
  void aRoleFoundOpenIsMarkedThoughANewerProbeStarted() throws Exception {
    stack.openToStrangers(role);
    String open = probe(false);
    startProbe();

    assertThat(activate(open)).isEqualTo("probe_not_passed");
    assertThat(stack.role(role)).containsKey("drift");
    assertThat(stack.vend(role)).isEqualTo(403);
  }

  @Test
  void theScheduleMarksARoleThoughANewerProbeStarted() throws Exception {
    stack.openToStrangers(role);
    String open = probe(false);
    startProbe();

    assertThat(settle(open)).isEqualTo("drifted");
    assertThat(stack.vend(role)).isEqualTo(403);
  }

  @Test
  void theScheduleRenewsNothingByAProbeThatIsNotTheNewest() throws Exception {
    String account = role.split(":", 6)[4];
    stack.trust(
        role, ReprobeStack.condition("external-id-of-" + account), "\"sts:SetSourceIdentity\"");
    String withoutTags = probe(true);
    startProbe();
    var before = stack.rows();

    assertThat(settle(withoutTags)).isEqualTo("outdated");
    assertThat(stack.rows()).isEqualTo(before);
  }

  @Test
  void aRoleFoundOpenIsMarkedThoughTheOrderCantBeRead() throws Exception {
    stack.openToStrangers(role);
    String open = probe(false);
    var denied = FaultyProxy.Answer.dynamoError(400, "AccessDeniedException");
    proxy().fault("Query", "probes#", denied);

    assertThat(activate(open)).isEqualTo("probe_not_passed");
    assertThat(stack.role(role)).containsKey("drift");
  }

  @Test
  void nothingIsVerifiedWhileTheOrderCantBeRead() throws Exception {
    unverify();
    String passed = probe(true);
    var denied = FaultyProxy.Answer.dynamoError(400, "AccessDeniedException");
    proxy().fault("Query", "probes#", 1, 1, denied);

    assertThat(activate(passed)).isEqualTo("unavailable");
    assertThat(activate(passed)).isEqualTo("verified");
  }

  @Test
  void theOrderIsReadConsistently_AndByTheRolesKey() throws Exception {
    unverify();
    activate(probe(true));

    assertThat(proxy().bodies("Query"))
        .filteredOn(body -> body.contains("probes#"))
        .singleElement()
        .asString()
        .contains("\"ConsistentRead\":true", "probes#" + role)
        .doesNotContain("IndexName");
  }

  @Test
  void noAnswerOfTheAuditHasTheRowsThatKeepTheOrder() throws Exception {
    String probeId = probe(true);

    assertThat(pointers())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).containsOnlyKeys("pk", "sk", "ttl"))
        .extracting(row -> Items.text(row, "sk"))
        .containsExactlyInAnyOrder(probeId + "#intent", probeId + "#probe");
    stack.probes().clock().pause(Duration.ofSeconds(10));
    for (Map<String, String> filter :
        List.of(
            Map.<String, String>of(),
            Map.of("roleArn", role),
            Map.of("account", role.split(":", 6)[4]),
            Map.of("vendId", probeId))) {
      Map<String, String> question = new HashMap<>(filter);
      question.put("kind", "all");
      assertThat((List<?>) ask("/audit/query", question).get("records"))
          .as("%s", filter)
          .hasSize(2);
    }
    assertThat(ask("/audit/report", Map.of("format", "json")).toString()).doesNotContain("probes#");
  }

  @Test
  void aProbeWhoseRecordMeetsATakenKeyIsNotMade() throws Exception {
    var taken =
        new FaultyProxy.Answer(
            400,
            "application/x-amz-json-1.0",
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                + "\"CancellationReasons\":[{\"Code\":\"None\"},{\"Code\":\"DuplicateItem\"}]}");
    proxy().fault("ExecuteTransaction", "\"intent\"", taken);

    assertThat(probes(local().people().administrator()).statusCode()).isEqualTo(503);
    assertThat(local().sts().calls()).isEmpty();
    assertThat(stack.told("AuditFailed")).hasSize(1);
  }

  @Test
  void aLostAnswerIsNoSecondRecord() throws Exception {
    proxy().fault("ExecuteTransaction", "\"intent\"", 1, 1, new FaultyProxy.LoseAnswer());
    proxy().fault("ExecuteTransaction", "\"probe\"", 1, 1, new FaultyProxy.LoseAnswer());

    String probeId = probe(true);

    assertThat(stack.audit(role)).hasSize(2);
    assertThat(pointers()).hasSize(2);
    assertThat(activate(probeId)).isEqualTo("verified");
    // The SDK's token tells the second try from a second transaction.
    assertThat(proxy().bodies("ExecuteTransaction")).hasSize(4);
    assertThat(proxy().bodies("ExecuteTransaction").stream().distinct()).hasSize(2);
  }

  private FaultyProxy proxy() {
    return local().tablesProxy();
  }

  private static LocalStack local() {
    return stack.probes().local();
  }

  private static String audit() {
    return local().auditTable();
  }

  /** The role as one that is new. */
  private void unverify() throws Exception {
    putRoles(List.of());
    putRoles(List.of(role));
  }

  private String probe(boolean passed) throws Exception {
    HttpResponse<String> answer = probes(local().people().administrator());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var body = ProbeStack.members(answer);
    assertThat(body).containsEntry("passed", passed);
    return String.valueOf(body.get("probeId"));
  }

  private HttpResponse<String> probes(Keys.Key administrator) throws Exception {
    return stack.probes().probe(administrator, role);
  }

  /** A probe that is cut off before its result is recorded. */
  private void startProbe() throws Exception {
    proxy().fault("ExecuteTransaction", "\"probe\"", new FaultyProxy.Close());
    assertThat(probes(local().people().administrator()).statusCode()).isEqualTo(503);
    proxy().reset();
  }

  private void close() {
    String account = role.split(":", 6)[4];
    stack.trust(
        role,
        ReprobeStack.condition("external-id-of-" + account),
        "\"sts:SetSourceIdentity\", \"sts:TagSession\"");
  }

  private void putRoles(List<String> roles) throws Exception {
    String account = role.split(":", 6)[4];
    Object version = Long.valueOf(Items.value(stack.client(role), "version").n());
    HttpResponse<String> answer =
        post(
            "/clients/put",
            Json.write(
                Map.of("account", account, "name", "Client", "roles", roles, "version", version)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** {@code verified}, or the code of the answer. */
  private String activate(String probeId) throws Exception {
    HttpResponse<String> answer =
        post("/clients/activate", "{\"probeId\":\"%s\"}".formatted(probeId));
    return answer.statusCode() == 200
        ? "verified"
        : String.valueOf(ProbeStack.members(answer).get("code"));
  }

  private Object settle(String probeId) throws Exception {
    Object answer =
        stack.reprobes().invoke(ReprobeStack.SETTLER + ":live", Map.of("probeId", probeId));
    return Objects.requireNonNull(((Map<?, ?>) answer).get("settled"));
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return stack.post(local().people().administrator(), path, body);
  }

  private static List<Map<String, AttributeValue>> pointers() {
    return local().tables().rows(audit()).stream()
        .filter(row -> Items.text(row, "pk").startsWith("probes#"))
        .toList();
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> row) {
    return Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk"));
  }

  private static Map<String, @Nullable Object> ask(String path, Map<String, String> question)
      throws Exception {
    HttpResponse<String> answer =
        stack.post(local().people().auditor(), path, Json.write(question));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ProbeStack.members(answer);
  }
}
