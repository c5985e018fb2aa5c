package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.iam.AccessRequest;
import vended.iam.Policy;
import vended.template.TemplateTest.Mutation;

/** The vending function is called before Lambda deletes its snapshot, and only through the API. */
class WakeTest {
  private static final Path FILE = Path.of("template.yaml");
  private static final Template TEMPLATE = Template.read(FILE, Map.of("SnapStart", "true"));

  /** After so many days without a call, Lambda deletes the snapshot. */
  private static final int LIFE = 14;

  @Test
  void withoutASnapshotThereIsNothingToWake() {
    assertThat(Template.read(FILE, Map.of("SnapStart", "false")).resources().keySet())
        .noneMatch(name -> name.startsWith("Wake"));
    assertThat(TEMPLATE.resources())
        .containsKeys("WakeMachine", "WakeMachineRole", "WakeTimer", "WakeTimerRole");
  }

  @Test
  void itCallsARouteOfTheVendingFunctionThatNeedsNoGrant() {
    var call = Tree.mapAt(TEMPLATE.properties("WakeMachine"), "Definition", "States", "Call");
    var parameters = Tree.mapAt(call, "Parameters");

    assertThat(Tree.textAt(call, "Resource")).endsWith(":states:::apigateway:invoke");
    assertThat(parameters)
        .containsEntry("AuthType", "IAM_ROLE")
        .containsEntry("Method", "POST")
        .containsEntry("Stage", TEMPLATE.api().stage())
        .containsEntry("RequestBody", Map.of());
    assertThat(TEMPLATE.routes())
        .filteredOn(route -> route.path().equals(parameters.get("Path")))
        .singleElement()
        .satisfies(route -> assertThat(route.function()).isEqualTo("VendFunction"));
    assertThat(String.valueOf(parameters.get("ApiEndpoint")))
        .matches("\\w+\\.execute-api\\.[\\w-]+\\.amazonaws\\.com");
  }

  @Test
  void itMayCallThisRouteAndNoOther_AndInvokeNothing() {
    var policies =
        TEMPLATE.roles().policies("WakeMachineRole").stream().map(Policy::identity).toList();
    for (var route : TEMPLATE.routes()) {
      var request =
          AccessRequest.of(
              TEMPLATE.arn("WakeMachineRole"),
              "execute-api:Invoke",
              TEMPLATE.api().stageArn() + "/POST" + route.path());
      assertThat(Policy.evaluate(policies, request).allowed())
          .as(route.path())
          .isEqualTo(route.path().equals("/roles"));
    }
    for (var function : TEMPLATE.ofType("AWS::Serverless::Function")) {
      var request =
          AccessRequest.of(
              TEMPLATE.arn("WakeMachineRole"),
              "lambda:InvokeFunction",
              TEMPLATE.arn(function) + ":live");
      assertThat(Policy.evaluate(policies, request).allowed()).as(function).isFalse();
    }
  }

  /** Else one call that fails would be enough, and nobody would know in time. */
  @Test
  void severalCallsMayFail_AndTheAlarmLeavesTimeToAct() {
    var rate = Tree.requiredAt(TEMPLATE.properties("WakeTimer"), "ScheduleExpression");
    int days = Integer.parseInt(rate.replaceAll("^rate\\((\\d+) days\\)$", "$1"));
    var alarm = TEMPLATE.properties("WakeFailedAlarm");
    int told =
        Integer.parseInt(Tree.requiredAt(alarm, "Period"))
            * Integer.parseInt(Tree.requiredAt(alarm, "EvaluationPeriods"))
            / 86400;

    assertThat(4 * days).isLessThan(LIFE);
    assertThat(told).isGreaterThan(2 * days).isLessThanOrEqualTo(LIFE / 2);
  }

  /** A snapshot takes up to three minutes. */
  @Test
  void itWaitsForASnapshotThatIsBeingMade() {
    var definition = Tree.mapAt(TEMPLATE.properties("WakeMachine"), "Definition");
    var retry = Tree.listAt(definition, "States", "Call", "Retry").getFirst();
    int seconds =
        Integer.parseInt(Tree.requiredAt(retry, "IntervalSeconds"))
            * Integer.parseInt(Tree.requiredAt(retry, "MaxAttempts"));

    assertThat(Tree.listAt(retry, "ErrorEquals")).isEqualTo(List.of("States.ALL"));
    assertThat(seconds).isGreaterThanOrEqualTo(300);
    assertThat(Integer.parseInt(Tree.requiredAt(definition, "TimeoutSeconds")))
        .isGreaterThan(seconds);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsFound(Mutation mutation) throws Exception {
    TemplateTest.assertFound(mutation);
  }

  static Stream<Mutation> mistakes() {
    return Stream.of(
        new Mutation(
            "a wake-up past the API",
            "Action: execute-api:Invoke\n( +)Resource: !Sub .*/v1/POST/roles\n\n",
            "Action: lambda:InvokeFunction\n$1Resource: !Ref VendFunction.Alias\n\n",
            "WakeMachineRole and the invocation of VendFunction:live"),
        new Mutation(
            "a wake-up that gives up at once",
            "ErrorEquals: \\[States.ALL]\n( +)IntervalSeconds: 60",
            "ErrorEquals: [States.Timeout]\n$1IntervalSeconds: 60",
            "Call gives up while Lambda makes a snapshot"),
        new Mutation(
            "a wake-up whose failure nobody sees",
            "MetricName: ExecutionsSucceeded",
            "MetricName: ExecutionsStarted",
            "is told when WakeMachine"),
        new Mutation(
            "another account's timer",
            "(WakeTimerRole:\n[\\s\\S]*?)!Ref AWS::AccountId",
            "$1'*'",
            "WakeTimerRole and scheduler.amazonaws.com"));
  }
}
