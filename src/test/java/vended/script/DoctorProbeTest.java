package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.InSoak;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/**
 * {@code vend doctor --probe} through the real service, and its attempts by the real AWS CLI at
 * DynamoDB Local, which has no resource policies: each is let in, and changes nothing.
 */
@InSoak(
    "the AWS CLI and DynamoDB Local; DoctorTest and DoctorFailuresTest have the same "
        + "by stand-ins")
class DoctorProbeTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @BeforeEach
  void awsCliIsHere() throws Exception {
    AwsCli.assume();
  }

  private DoctorRun run(String script, Keys.Key key) throws Exception {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Programs.write(stubs.resolve("stand-in"), DoctorRun.AWS);
    Programs.write(stubs.resolve("real"), script);
    Programs.write(
        stubs.resolve("aws"),
        """
        case $2 in
        query | execute-statement | *-item) exec real "$@" ;;
        *) exec stand-in "$@" ;;
        esac
        """);
    DoctorAnswers answers = new DoctorAnswers();
    answers.onlyWhatIsAttempted();
    return new DoctorRun(
        home,
        new ScriptOnStack(stack, home)
            .run(
                Shell.any(),
                key,
                "doctor",
                "--limit",
                "0",
                "--probe",
                stack.demonstration().roleArn(),
                "--url",
                stack.url().toString())
            .with("STAND_IN_AWS", answers.write(home.resolve("aws")).toString())
            .programsIn(stubs)
            .result());
  }

  @Test
  void recordsAreReadBack_AndAttemptsThatAreLetInChangeNothing() throws Exception {
    Map<String, String> tables =
        Map.of("AWS_ENDPOINT_URL_DYNAMODB", stack.tables().url().toString());
    try (AwsCli cli = AwsCli.serving("serve", "-", tables)) {
      String script = cli.script();
      DoctorRun probing = run(script, stack.people().administrator());
      DoctorRun vending = run(script, stack.people().pipeline());

      assertThat(probing.checks("passed"))
          .as(probing.result().out())
          .contains("probe", "probe-record");
      assertThat(probing.about("vend").getFirst()).contains("attach CallerPolicyArn");
      assertThat(vending.checks("passed"))
          .as(vending.result().out())
          .contains("vend", "vend-records");
      assertThat(vending.about("probe").getFirst()).contains("attach AdministratorPolicyArn");
      for (DoctorRun run : List.of(probing, vending)) {
        assertThat(run.checks("failed"))
            .as(run.result().out())
            .contains("insert-refused", "audit-writes-refused", "allow-list-writes-refused");
      }
    }
    assertThat(stack.tables().rows(stack.auditTable()))
        .noneMatch(row -> row.containsKey("vendDoctor"))
        .filteredOn(row -> row.containsKey("at"))
        .hasSize(4);
    assertThat(stack.tables().rows(stack.allowListTable()))
        .isNotEmpty()
        .noneMatch(row -> row.containsValue(AttributeValue.fromS("vend-doctor")));
  }
}
