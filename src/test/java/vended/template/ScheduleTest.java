package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.template.TemplateTest.Mutation;

/** When roles are probed again, and that mistakes in how would be noticed. */
class ScheduleTest {
  private static final Path FILE = Path.of("template.yaml");

  @ParameterizedTest
  @ValueSource(
      strings = {"rate(1 day)", "rate(1 hour)", "rate(12 hours)", "cron(0 3 ? * MON-FRI *)"})
  void theScheduleIsARateOrACronExpression(String schedule) {
    var timer = Template.read(FILE, Map.of("ReprobeSchedule", schedule)).properties("ReprobeTimer");

    assertThat(timer).containsEntry("ScheduleExpression", schedule);
  }

  @Test
  void theScheduleCanBeSwitchedOff_AndARunStartedByHand() {
    assertThat(Template.read(FILE, Map.of("ReprobeSchedule", "off")).resources())
        .doesNotContainKeys("ReprobeTimer", "ReprobeTimerRole")
        .containsKey("ReprobeMachine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rate(1 days)",
        "rate(0 days)",
        "rate(5 minutes)",
        "at(2030-01-01T00:00:00)",
        "daily"
      })
  void aScheduleOfAnotherFormIsNotTaken(String schedule) {
    assertThatThrownBy(() -> Template.read(FILE, Map.of("ReprobeSchedule", schedule)))
        .hasMessageContaining("or off");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"schedule", "scheduleRoles"})
  void aMistakeInTheScheduleIsFound(Mutation mutation) throws IOException {
    TemplateTest.assertFound(mutation);
  }

  static Stream<Mutation> schedule() {
    return Stream.of(
        new Mutation(
            "a run without an end",
            "TimeoutSeconds: 21600",
            "Version: '1.0'",
            "ReprobeMachine could run for ever"),
        new Mutation(
            "all roles at once", "MaxConcurrency: 4", "MaxConcurrency: 400", "takes what callers"),
        new Mutation(
            "as many at once as there are", " +MaxConcurrency: 4\n", "", "takes what callers need"),
        new Mutation(
            "all in one history", "Mode: DISTRIBUTED", "Mode: INLINE", "would fill the run's"),
        new Mutation(
            "a probe that ends the run",
            "(Probe:\n[\\s\\S]*?)States.ALL",
            "$1States.Timeout",
            "Probe would end the run for the other roles"),
        new Mutation(
            "a settlement that ends the run",
            "(Settle:\n[\\s\\S]*?)States.ALL",
            "$1States.Timeout",
            "Settle would end the run for the other roles"),
        new Mutation(
            "an error that nobody throws",
            "vended.api.StepUnavailableException",
            "vended.api.StepGoneException",
            "retries what nobody throws"),
        new Mutation(
            "a throttled list that ends the run",
            "- Lambda.TooManyRequestsException",
            "- Lambda.Other",
            "List gives up when throttled"),
        new Mutation(
            "a list that fails while Lambda makes a snapshot",
            "- Lambda.SnapStartNotReadyException",
            "- Lambda.Other",
            "List gives up while Lambda makes a snapshot"),
        new Mutation(
            "a role that takes longer than its execution may",
            "IntervalSeconds: 20\n( +)MaxAttempts: 2",
            "IntervalSeconds: 20\n$1MaxAttempts: 3",
            "EachRole would be cut off after"),
        new Mutation(
            "runs that fail unseen",
            "MetricName: ExecutionsFailed",
            "MetricName: X",
            "is told when"),
        new Mutation(
            "drift that nobody is told of",
            "MetricName: RoleDrifted",
            "MetricName: RoleDrift",
            "nobody is told of RoleDrifted"));
  }

  static Stream<Mutation> scheduleRoles() {
    return Stream.of(
        new Mutation(
            "a schedule that invokes the vending function",
            "\\[!Ref ReprobeFunction.Alias, ",
            "[!Ref VendFunction.Alias, ",
            "the invocation of VendFunction:live"),
        new Mutation(
            "a schedule that invokes the admin function",
            "\\[!Ref ReprobeFunction.Alias, ",
            "[!GetAtt AdminFunction.Arn, ",
            "the invocation of AdminFunction"),
        new Mutation(
            "a schedule that invokes any function",
            "Resource: \\[!Ref ReprobeFunction.Alias, !Ref SettleFunction.Alias]",
            "Resource: '*'",
            "lambda:InvokeFunction on everything"),
        new Mutation(
            "a timer that invokes",
            "Action: states:StartExecution\n( +)Resource: !Ref ReprobeMachine",
            "Action: lambda:InvokeFunction\n$1Resource: !Ref ReprobeFunction.Alias",
            "ReprobeTimerRole and the invocation of ReprobeFunction:live"),
        new Mutation(
            "a watch that invokes the audit function",
            "Action: lambda:InvokeFunction\n( +)Resource: !Ref WatchFunction.Alias",
            "Action: lambda:InvokeFunction\n$1Resource: !Ref AuditFunction.Alias",
            "WatchTimerRole and the invocation of AuditFunction:live"),
        new Mutation(
            "another account's state machines",
            "(ReprobeMachineRole:\n[\\s\\S]*?)!Ref AWS::AccountId",
            "$1'*'",
            "ReprobeMachineRole and states.amazonaws.com"));
  }

  @Test
  void theAdminFunctionKnowsWhetherThereIsASchedule() {
    assertThat(Template.read(FILE, Map.of()).environment("AdminFunction"))
        .containsEntry("NEW_ROLES_PROBED", "true");
    assertThat(Template.read(FILE, Map.of("ReprobeSchedule", "off")).environment("AdminFunction"))
        .containsEntry("NEW_ROLES_PROBED", "false");
  }
}
