package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.json.Json;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;

/** A role is verified by its newest probe only, whatever its client's row has forgotten. */
class NewestProbeTest {
  @RegisterExtension static final ReprobeStack stack = new ReprobeStack();

  @SuppressWarnings("NullAway.Init")
  private String role;

  @BeforeEach
  void reset() {
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
        .as("before the row is written, and after")
        .hasSize(2)
        .allSatisfy(
            body ->
                assertThat(body)
                    .contains("\"ConsistentRead\":true", "probes#" + role)
                    .doesNotContain("IndexName"));
  }

  @Test
  void aRoleThatIsNotVerifiedIsMarkedToo_SoThatAnEarlierActivationConflicts() throws Exception {
    unverify();
    stack.openToStrangers(role);
    String open = probe(false);
    long before = version();

    assertThat(activate(open)).isEqualTo("probe_not_passed");
    assertThat(version()).isEqualTo(before + 1);
    assertThat(stack.role(role)).containsKey("drift");
    assertThat(stack.told("RoleDrifted")).as("nobody could be vended it").isEmpty();
    assertThat(activate(open)).isEqualTo("probe_not_passed");
    assertThat(version()).as("already marked").isEqualTo(before + 1);
  }

  @Test
  void aVerificationIsTakenBackIfAProbeIsRecordedBeforeTheRowIsWritten() throws Exception {
    unverify();
    String passed = probe(true);
    stack.openToStrangers(role);
    onWrite(1, laterProbe());

    assertThat(activate(passed)).isEqualTo("probe_too_old");
    assertThat(stack.role(role)).doesNotContainKey("verifiedAt");
    assertThat(stack.vend(role)).isEqualTo(403);
    assertThat(stack.audit(role).stream().map(ReprobeStack::kind))
        .filteredOn(kind -> kind.startsWith("admin-outcome"))
        .containsExactly("admin-outcome made", "admin-outcome made");
    assertThat(Items.text(lastMade(), "before")).contains("verified by " + passed);
    assertThat(Items.text(lastMade(), "after")).contains("not verified");
    assertThat(stack.told("RoleDrifted")).isEmpty();
  }

  @Test
  void aVerificationIsTakenBackThoughAnotherChangeOfTheClientComesBetween() throws Exception {
    unverify();
    String passed = probe(true);
    onWrite(2, this::rename);
    onWrite(1, laterProbe());

    assertThat(activate(passed)).isEqualTo("probe_too_old");
    assertThat(stack.role(role)).doesNotContainKey("verifiedAt");
    assertThat(Items.text(stack.client(role), "name")).isEqualTo("Renamed");
  }

  @Test
  void aVerificationIsTakenBackIfTheOrderCantBeReadAgain() throws Exception {
    unverify();
    String passed = probe(true);
    var denied = FaultyProxy.Answer.dynamoError(400, "AccessDeniedException");
    proxy().fault("Query", "probes#", 2, 2, denied);

    assertThat(activate(passed)).isEqualTo("probe_too_old");
    assertThat(stack.role(role)).doesNotContainKey("verifiedAt");
    assertThat(activate(passed)).isEqualTo("verified");
  }

  @Test
  void aVerificationWhoseAnswerWasLostIsTakenBackToo() throws Exception {
    unverify();
    String passed = probe(true);
    Runnable later = laterProbe();
    proxy().fault("TransactWriteItems", role, 1, 3, new FaultyProxy.LoseAnswer());
    proxy().fault("Query", "probes#", 2, 2, new FaultyProxy.After(Executors.callable(later)));

    activate(passed);

    assertThat(stack.role(role)).doesNotContainKey("verifiedAt");
    assertThat(stack.vend(role)).isEqualTo(403);
  }

  @Test
  void aVerificationThatCantBeTakenBackIsUncertain_AndOperatorsAreTold() throws Exception {
    unverify();
    String passed = probe(true);
    var denied = FaultyProxy.Answer.dynamoError(400, "AccessDeniedException");
    proxy().fault("TransactWriteItems", role, 2, 9, denied);
    onWrite(1, laterProbe());

    HttpResponse<String> answer =
        post("/clients/activate", "{\"probeId\":\"%s\"}".formatted(passed));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(stack.told("RoleDrifted")).as("operators look at it").hasSize(1);
  }

  @Test
  void theSchedulesRenewalIsTakenBackToo_AndOperatorsAreTold() throws Exception {
    String account = role.split(":", 6)[4];
    stack.trust(
        role, ReprobeStack.condition("external-id-of-" + account), "\"sts:SetSourceIdentity\"");
    String withoutTags = probe(true);
    onWrite(1, laterProbe());

    assertThat(settle(withoutTags)).isEqualTo("outdated");
    assertThat(stack.role(role)).doesNotContainKey("verifiedAt");
    assertThat(stack.told("RoleDrifted")).hasSize(1);
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
    String since = stack.probes().clock().instant().minusSeconds(3600).toString();
    for (Map<String, String> filter :
        List.of(
            Map.<String, String>of(),
            Map.of("roleArn", role),
            Map.of("account", role.split(":", 6)[4]),
            Map.of("vendId", probeId))) {
      Map<String, String> question = new HashMap<>(filter);
      question.put("kind", "all");
      question.put("since", since);
      assertThat((List<?>) ask("/audit/query", question).get("records"))
          .as("%s", filter)
          .hasSize(2);
    }
    assertThat(ask("/audit/report", Map.of("since", since, "format", "json")).toString())
        .contains(probeId)
        .doesNotContain("probes#");
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

  /**
   * What records that a later probe started, as quickly as a write that waits for it needs. No
   * probe has a later ID.
   */
  private Runnable laterProbe() {
    Map<String, AttributeValue> started =
        Map.of(
            "pk", AttributeValue.fromS("probes#" + role),
            "sk", AttributeValue.fromS("7ZZZZZZZZZZZZZZZZZZZZZZZZZ#intent"));
    return () -> local().tables().client().putItem(call -> call.tableName(audit()).item(started));
  }

  /** Another administrator's change of the client. */
  private void rename() {
    Map<String, AttributeValue> client = new HashMap<>(stack.client(role));
    client.put("name", AttributeValue.fromS("Renamed"));
    client.put("version", AttributeValue.fromN(Long.toString(version() + 1)));
    stack.put(client);
  }

  /** Has something happen just before the client's row is written; the last write is set first. */
  private void onWrite(int number, Runnable event) {
    proxy()
        .fault(
            "TransactWriteItems",
            role,
            number,
            number,
            new FaultyProxy.After(Executors.callable(event)));
  }

  private long version() {
    return Long.parseLong(Items.value(stack.client(role), "version").n());
  }

  /** The last record of a change that was made. */
  private Map<String, AttributeValue> lastMade() {
    return stack.audit(role).stream()
        .filter(row -> ReprobeStack.kind(row).equals("admin-outcome made"))
        .reduce((first, second) -> second)
        .orElseThrow();
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
