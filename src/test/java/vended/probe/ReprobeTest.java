package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.StateMachine.StateFailed;

/**
 * What the schedule finds, and what comes of it: the template's state machine, and a real round.
 */
class ReprobeTest {
  @RegisterExtension static final ReprobeStack stack = new ReprobeStack();

  @Test
  void rolesThatAreSoundStayAsTheyAre() throws Exception {
    String role = stack.addClient(1);
    var before = stack.rows();

    stack.reprobes().run();

    assertThat(stack.rows()).isEqualTo(before);
    assertThat(stack.audit(role)).extracting(ReprobeStack::kind).containsExactly("intent", "probe");
    assertThat(stack.audit(stack.probes().role()))
        .extracting(ReprobeStack::kind)
        .containsExactly("intent", "probe");
    assertThat(stack.told("RoleDrifted")).isEmpty();
    assertThat(stack.vend(role)).isEqualTo(200);
  }

  @Test
  void theScheduleIsNoCaller_AndSaysSo() throws Exception {
    stack.reprobes().run();

    assertThat(stack.audit(stack.probes().role()))
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(row)
                    .containsEntry("caller", AttributeValue.fromS(ReprobeStack.PROBER))
                    .containsEntry("callerAccount", AttributeValue.fromS("111122223333"))
                    .doesNotContainKeys("callerId", "sourceIp", "apiRequestId"));
    Map<String, String> first = stack.probes().local().sts().calls().getFirst();
    String probeId = Items.text(stack.audit(stack.probes().role()).getFirst(), "pk");
    assertThat(first)
        .containsEntry("SourceIdentity", "vended-reprobe")
        .containsEntry("RoleSessionName", "vended-reprobe@" + probeId)
        .containsEntry("DurationSeconds", "900")
        .containsValue(ReprobeStack.PROBER);
  }

  @Test
  void aRoleThatComesToLetStrangersInIsRefusedFromTheNextCall() throws Exception {
    String role = stack.addClient(1);
    String other = stack.addClient(2);
    assertThat(stack.vend(role)).isEqualTo(200);
    var untouched = stack.client(other);
    stack.openToStrangers(role);

    stack.reprobes().run();

    assertThat(stack.role(role)).containsKey("drift").doesNotContainKey("verifiedAt");
    assertThat(stack.client(role))
        .containsEntry("updatedBy", AttributeValue.fromS(ReprobeStack.SETTLER))
        .containsEntry("version", AttributeValue.fromN("2"));
    assertThat(stack.vend(role)).isEqualTo(403);
    assertThat(stack.audit(role))
        .extracting(ReprobeStack::kind)
        .containsSubsequence(
            "probe", "admin", "admin-outcome made", "outcome denied role_not_verified");
    assertThat(stack.client(other)).isEqualTo(untouched);
    assertThat(stack.vend(other)).isEqualTo(200);
    assertThat(stack.told("RoleDrifted"))
        .singleElement()
        .asString()
        .contains("\"RoleDrifted\":1", "\"roleArn\":\"" + role, "\"Dimensions\":[[\"Stack\"]]");
  }

  @Test
  void theRecordOfTheChangeSaysWhatWasChangedAndByWhat() throws Exception {
    String role = stack.addClient(1);
    stack.openToStrangers(role);

    stack.reprobes().run();

    var record = only(role, "admin");
    assertThat(record)
        .containsEntry("caller", AttributeValue.fromS(ReprobeStack.SETTLER))
        .containsEntry("action", AttributeValue.fromS("schedule/settle"));
    String probeId = Items.text(only(role, "probe"), "pk");
    assertThat(Items.text(record, "before")).contains("verified by 01JZ");
    assertThat(Items.text(record, "after")).contains("drifted, by " + probeId);
  }

  private static Map<String, AttributeValue> only(String role, String kind) {
    return stack.audit(role).stream()
        .filter(row -> Items.text(row, "sk").equals(kind))
        .reduce(
            (one, two) -> {
              throw new AssertionError("two rows " + kind);
            })
        .orElseThrow();
  }

  @Test
  void aRoleThatNoLongerTakesItsExternalIdIsRefusedToo() throws Exception {
    String role = stack.addClient(1);
    stack.trust(role, ReprobeStack.condition("another-external-id"));

    stack.reprobes().run();

    assertThat(stack.role(role)).containsKey("drift");
    assertThat(stack.told("RoleDrifted")).hasSize(1);
    assertThat(stack.vend(role)).isEqualTo(403);
  }

  @Test
  void whatIsUnclearChangesNothing() throws Exception {
    stack.probes().local().sts().failNext(403, "RegionDisabledException");
    var before = stack.rows();

    stack.reprobes().run();

    assertThat(only(stack.probes().role(), "probe"))
        .containsEntry("withExternalId", AttributeValue.fromS("unclear"));
    assertThat(stack.rows()).isEqualTo(before);
    assertThat(stack.told("RoleDrifted")).isEmpty();
  }

  @Test
  void aRoleThatTakesNoTagsAnyMoreIsVendedWithoutThem() throws Exception {
    String role = stack.addClient(1);
    String account = role.split(":", 6)[4];
    stack.trust(
        role, ReprobeStack.condition("external-id-of-" + account), "\"sts:SetSourceIdentity\"");

    stack.reprobes().run();

    assertThat(stack.role(role))
        .containsKey("verifiedAt")
        .containsEntry("sessionTags", AttributeValue.fromBool(false));
    assertThat(stack.vend(role)).isEqualTo(200);
  }

  @Test
  void aSuspendedClientIsProbed_AndARoleThatNobodyVerifiedIsNot() throws Exception {
    String suspended = stack.addClient(1);
    String unverified = stack.addClient(2);
    var row = new HashMap<>(stack.client(suspended));
    row.put("suspended", AttributeValue.fromBool(true));
    stack.put(row);
    row = new HashMap<>(stack.client(unverified));
    row.put("roles", AttributeValue.fromM(Map.of(unverified, AttributeValue.fromM(Map.of()))));
    stack.put(row);

    stack.reprobes().run();

    assertThat(stack.audit(suspended)).hasSize(2);
    assertThat(stack.audit(unverified)).isEmpty();
  }

  @Test
  void aRoleThatDriftedIsVerifiedAgainByAPersonOnly() throws Exception {
    String role = stack.addClient(1);
    stack.openToStrangers(role);
    stack.reprobes().run();
    String account = role.split(":", 6)[4];
    stack.trust(role, ReprobeStack.condition("external-id-of-" + account));

    stack.reprobes().run();
    assertThat(stack.vend(role)).isEqualTo(403);
    // Nor by the schedule's function, if somebody has it settle a probe that passed.
    var administrator = stack.probes().local().people().administrator();
    String probeId =
        String.valueOf(
            ProbeStack.members(stack.probes().probe(administrator, role)).get("probeId"));
    assertThat(stack.reprobes().invoke(ReprobeStack.SETTLER + ":live", Map.of("probeId", probeId)))
        .isEqualTo(Map.of("settled", "not_verified"));
    assertThat(stack.vend(role)).isEqualTo(403);

    stack.post(administrator, "/clients/activate", "{\"probeId\":\"%s\"}".formatted(probeId));
    assertThat(stack.vend(role)).isEqualTo(200);
  }

  @Test
  void aPersonWhoActivatesAProbeThatFoundDriftRaisesTheAlarmToo() throws Exception {
    String role = stack.addClient(1);
    stack.openToStrangers(role);
    var administrator = stack.probes().local().people().administrator();
    Object probeId = ProbeStack.members(stack.probes().probe(administrator, role)).get("probeId");

    stack.post(administrator, "/clients/activate", "{\"probeId\":\"%s\"}".formatted(probeId));

    assertThat(stack.told("RoleDrifted")).hasSize(1);
    assertThat(stack.role(role)).containsKey("drift");
  }

  @Test
  void whatOneRoleMeetsDoesNotStopTheOthers_AndTheRunIsNotTakenForWell() throws Exception {
    String broken = stack.addClient(1);
    String open = stack.addClient(2);
    stack.openToStrangers(broken);
    stack.openToStrangers(open);
    stack
        .reprobes()
        .breakWhere(
            (function, input) -> function.equals("ReprobeFunction") && input.contains(broken));

    assertThatThrownBy(() -> stack.reprobes().run())
        .isInstanceOfSatisfying(
            StateFailed.class, e -> assertThat(e.error()).isEqualTo("Incomplete"));

    assertThat(stack.role(broken)).doesNotContainKey("drift");
    assertThat(stack.role(open)).containsKey("drift");
  }

  /** The watching function measures how long ago that was. */
  @Test
  void aRunThatProbedAllRolesIsRemembered_AndOneThatDidNotIsNot() throws Exception {
    stack.reprobes().run();
    assertThat(stack.runs()).isEqualTo(1);
    stack.reprobes().breakWhere((function, input) -> function.equals("ReprobeFunction"));

    assertThatThrownBy(() -> stack.reprobes().run()).isInstanceOf(StateFailed.class);

    assertThat(stack.runs()).isEqualTo(1);
  }

  @Test
  void aProbeThatCantBeSettledIsNotTakenForWellEither() {
    stack.reprobes().breakWhere((function, input) -> input.contains("probeId"));

    assertThatThrownBy(() -> stack.reprobes().run())
        .isInstanceOfSatisfying(
            StateFailed.class, e -> assertThat(e.error()).isEqualTo("Incomplete"));
  }

  @Test
  void whatPassesIsTriedAgain() throws Exception {
    AtomicInteger invocations = new AtomicInteger();
    stack.reprobes().breakWhere((function, input) -> invocations.incrementAndGet() % 3 != 0);

    stack.reprobes().run();

    // List, Probe, Settle, Refusals and End, each at its third try.
    assertThat(invocations).hasValue(15);
    assertThat(only(stack.probes().role(), "probe")).containsKey("passed");
  }

  @Test
  void withoutTheAuditNothingIsTakenForProbed() {
    stack
        .probes()
        .local()
        .tablesProxy()
        .fault(
            "ExecuteTransaction",
            "\"probe\"",
            FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));
    var before = stack.rows();

    assertThatThrownBy(() -> stack.reprobes().run()).hasMessageContaining("not probed");

    assertThat(stack.rows()).isEqualTo(before);
    assertThat(stack.told("AuditFailed")).hasSize(4);
  }

  @Test
  void aClientThatSomebodyElseChangesAtTheSameTimeIsReadAgain() throws Exception {
    String role = stack.addClient(1);
    stack.openToStrangers(role);
    var conflict =
        new FaultyProxy.Answer(
            400,
            "application/x-amz-json-1.0",
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                + "\"CancellationReasons\":[{\"Code\":\"ConditionalCheckFailed\","
                + "\"Item\":{\"version\":{\"N\":\"2\"}}}]}");
    stack.probes().local().tablesProxy().fault("TransactWriteItems", "", 1, 1, conflict);

    stack.reprobes().run();

    assertThat(stack.role(role)).containsKey("drift");
    assertThat(stack.audit(role))
        .extracting(ReprobeStack::kind)
        .contains("admin-outcome denied version_conflict", "admin-outcome made");
    assertThat(stack.told("RoleDrifted")).hasSize(1);
  }

  @Test
  void clientsOfASecondPageAreProbedToo() throws Exception {
    for (int i = 0; i < 120; i++) {
      stack.addClientWithoutRoles(i);
    }
    String last = "arn:aws:iam::999999999999:role/vended/deploy";
    var row = new HashMap<>(stack.client(stack.addClient(1)));
    row.put("pk", AttributeValue.fromS("account#999999999999"));
    row.put(
        "roles",
        AttributeValue.fromM(
            Map.of(
                last,
                Items.value(
                    Items.value(row, "roles").m(),
                    "arn:aws:iam::500000000001:role/vended/deploy"))));
    stack.put(row);

    stack.reprobes().run();

    assertThat(only(last, "probe")).containsEntry("passed", AttributeValue.fromBool(false));
    assertThat(stack.role(last)).containsKey("drift");
  }

  @Test
  void aPageHoldsAHundredRolesAtMost_AndTheNextGoesOnAfterThem() throws Exception {
    for (int i = 0; i < 5; i++) {
      stack.addClientWithRoles(i, 45);
    }
    List<Object> all = new ArrayList<>();
    Object input = Map.of("list", Map.of());
    while (input != null) {
      Map<?, ?> page = (Map<?, ?>) stack.reprobes().invoke(ReprobeStack.SETTLER + ":live", input);
      List<?> roles = (List<?>) page.get("roles");
      assertThat(roles).hasSizeLessThanOrEqualTo(100);
      all.addAll(roles);
      input = page.get("next");
    }

    assertThat(all).hasSize(1 + 5 * 45).doesNotHaveDuplicates();
  }
}
