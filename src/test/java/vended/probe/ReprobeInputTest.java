package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.local.StateMachine.StateFailed;

/** What somebody gets who may invoke the schedule's functions with an input of their own. */
class ReprobeInputTest {
  private static final String UNKNOWN_PROBE = "01ARYZ6S41TSV4RRFFQ69G5FAV";

  @RegisterExtension static final ReprobeStack stack = new ReprobeStack();

  private static Object probe(Map<String, ?> input) throws StateFailed {
    return stack.reprobes().invoke(ReprobeStack.PROBER + ":live", input);
  }

  private static Object settle(Map<String, ?> input) throws StateFailed {
    return stack.reprobes().invoke(ReprobeStack.SETTLER + ":live", input);
  }

  static List<Map<String, Object>> inputsOfNoProbe() {
    String role = "arn:aws:iam::444455556666:role/vended/deploy";
    return List.of(
        Map.of(),
        Map.of("roleArn", "arn:aws:iam::444455556666:role/*"),
        Map.of("roleArn", List.of(role)),
        Map.of("roleArn", role, "externalId", "0123456789abcdef"),
        Map.of("roleArn", role, "caller", "arn:aws:iam::111122223333:role/Deployer"),
        Map.of("roleArn", role, "padding", "x".repeat(9000)),
        // What API Gateway hands to the vending function.
        Map.of(
            "httpMethod", "POST",
            "resource", "/credentials",
            "body", "{\"roleArn\":\"%s\"}".formatted(role)));
  }

  @ParameterizedTest
  @MethodSource("inputsOfNoProbe")
  void aProbeTakesTheArnOfARoleAndNothingElse(Map<String, Object> input) {
    refused(() -> probe(input));
    assertThat(stack.probes().local().sts().calls()).isEmpty();
  }

  static List<Map<String, Object>> inputsOfNoSettlement() {
    return List.of(
        Map.of(),
        Map.of("list", "all"),
        Map.of("list", Map.of("after", "*")),
        Map.of("list", Map.of("after", "444455556666", "limit", "1000")),
        Map.of("list", Map.of(), "probeId", UNKNOWN_PROBE),
        Map.of("probeId", "no-id"),
        Map.of("probeId", UNKNOWN_PROBE, "passed", true),
        Map.of("httpMethod", "POST", "resource", "/grants/put", "body", "{}"));
  }

  @ParameterizedTest
  @MethodSource("inputsOfNoSettlement")
  void settlingTakesAPageOrAProbeAndNothingElse(Map<String, Object> input) {
    var before = stack.rows();

    refused(() -> settle(input));
    assertThat(stack.rows()).isEqualTo(before);
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StateFailed.class,
            e -> assertThat(e.error()).isEqualTo("vended.api.StepRefusedException"));
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(() -> probe(Map.of("role", "x")))
        .hasMessageContainingAll("/roleArn is missing", "/role is unknown");
  }

  @Test
  void aRoleThatIsNoneOfItsClientsIsNotProbed() throws Exception {
    String other = "arn:aws:iam::444455556666:role/vended/other";

    assertThat(probe(Map.of("roleArn", other))).isEqualTo(Map.of("refused", "role_not_known"));
    assertThat(stack.probes().local().sts().calls()).isEmpty();
    assertThat(stack.audit(other))
        .extracting(ReprobeStack::kind)
        .containsExactly("outcome denied role_not_known");
  }

  @Test
  void aProbeAnswersNoCredentials() throws Exception {
    Object answer = probe(Map.of("roleArn", stack.probes().role()));

    assertThat(((Map<?, ?>) answer).keySet()).isEqualTo(Set.of("probeId", "passed"));
  }

  @Test
  void aProbeThatIsNotInTheAuditSettlesNothing_AndIsRecorded() {
    refused(() -> settle(Map.of("probeId", UNKNOWN_PROBE)));

    assertThat(stack.probes().audit())
        .extracting(ReprobeStack::kind)
        .containsExactly("admin-outcome denied no_probe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"vended-vend", "vended-vend:live", "vended-admin:live", "vended-settle", "other"})
  void theStateMachineMayNotInvokeAnythingElse(String function) {
    String arn = "arn:aws:lambda:eu-west-1:111122223333:function:" + function;

    assertThatThrownBy(() -> stack.reprobes().invoke(arn, new LinkedHashMap<>()))
        .hasMessageContaining("not authorized");
  }
}
