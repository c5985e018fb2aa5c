package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.template.Template;

/** {@code vend client rotate}, with the trust policy of {@code client-role.yaml}. */
class ClientRotateTest {
  private static final Pattern SECOND = Pattern.compile("SecondExternalId=(\\w+)\n");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();
  private static final String ACCOUNT = stack.demonstration().account();
  private static final String OLD = stack.demonstration().externalId();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(ClientRotateTest.class);
  }

  private Run.Result rotate(Shell shell, String... options) {
    String[] arguments =
        Stream.concat(Stream.of("client", "rotate", ACCOUNT), Stream.of(options))
            .toArray(String[]::new);
    return new ScriptOnStack(stack, home)
        .run(shell, stack.people().administrator(), arguments)
        .result();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void eachStepSaysWhatIsNext_AndIsTakenOnceTheClientHasDoneItsPart(Shell shell) {
    accept(OLD, "");
    Run.Result started = rotate(shell);
    assertThat(started.exit()).as(started.err()).isZero();
    var second = SECOND.matcher(started.out());
    assertThat(second.find()).isTrue();
    String next = second.group(1);
    assertThat(started.out()).contains("ExternalId=" + OLD + "\n");
    assertThat(new ScriptOnStack(stack, home).admin(shell, "status").result().out())
        .containsPattern("still to be accepted, since [-\\d]{10} \\d\\d:\\d\\d UTC\n");
    assertThat(rotate(shell).out()).as("run again").isEqualTo(started.out());

    Run.Result early = rotate(shell, "--switch");
    assertThat(early.exit()).isEqualTo(1);
    assertThat(early.out()).contains("old ExternalId works, new one refused");
    assertThat(early.err()).contains("the client has to accept both first");

    accept(OLD, next);
    Run.Result switched = rotate(shell, "--switch");
    assertThat(switched.exit()).as(switched.err()).isZero();
    assertThat(switched.out()).contains("ExternalId=" + next + "\nSecondExternalId=\n");
    assertThat(rotate(shell).err()).contains("--finish");
    assertThat(rotate(shell, "--finish").err()).contains("the old ExternalId is not dead");

    accept(next, "");
    Run.Result finished = rotate(shell, "--finish");
    assertThat(finished.exit()).as(finished.err()).isZero();
    assertThat(finished.out()).contains("new ExternalId works, old one refused");
    assertThat(rotate(shell, "--finish").err()).contains("is not being rotated");
    assertThat(rotate(shell, "--switch", "--back").err()).contains("one step at a time");
  }

  /** The client updates its stack. */
  private static void accept(String externalId, String second) {
    var template =
        Template.read(
            Path.of("client-role.yaml"),
            Map.of(
                "AWS::AccountId",
                ACCOUNT,
                "VendorRoleArn",
                stack.people().vendor().principal().identityArn(),
                "ExternalId",
                externalId,
                "SecondExternalId",
                second));
    stack
        .sts()
        .addRole(
            stack.demonstration().roleArn(),
            template.roles().trustPolicy("ClientRole"),
            Duration.ofHours(1));
  }

  @AfterEach
  void theRoleIsAsItWas() {
    accept(OLD, "");
  }
}
