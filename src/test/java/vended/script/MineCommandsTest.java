package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/** A new client sees a vend, suspends itself, and resumes, by the commands that README has. */
class MineCommandsTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(MineCommandsTest.class);
  }

  private Run.Result mine(Shell shell, Keys.Key key, String... arguments) throws Exception {
    String[] all = Stream.concat(Stream.of("mine"), Stream.of(arguments)).toArray(String[]::new);
    return new ScriptOnStack(stack, home).run(shell, key, all).result();
  }

  private Run.Result vend(Shell shell, String role) throws Exception {
    return new ScriptOnStack(stack, home)
        .run(shell, stack.people().pipeline(), "credentials", role, "--no-context")
        .result();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shells")
  void aNewClientSeesAVend_Suspends_AndResumes(Shell shell) throws Exception {
    ScriptOnStack script = new ScriptOnStack(stack, home);
    Keys.Key client = stack.people().newClient();
    String account = stack.newClient().account();
    String role = stack.newClient().roleArn();
    assertThat(mine(shell, client, "grants").err()).contains("Access denied");
    script.done(
        shell,
        "client",
        "put",
        account,
        "--name",
        "New",
        "--role",
        role,
        "--import-external-id",
        stack.newClient().externalId());
    script.done(shell, "client", "verify", role);
    script.done(
        shell,
        "grant",
        "put",
        stack.people().pipeline().principal().identityArn(),
        role,
        "--unpinned");

    Run.Result vended = vend(shell, role);
    assertThat(vended.exit()).as(vended.err()).isZero();
    assertThat(mine(shell, client, "grants").out()).contains("demo-pipeline", "vended", "UNPINNED");
    Run.Result suspended = mine(shell, client, "suspend");
    assertThat(suspended.exit()).as(suspended.err()).isZero();
    assertThat(suspended.err()).contains("suspended: nothing is vended");
    assertThat(mine(shell, client, "grants", "--format", "jsonl").err())
        .contains("suspended by itself, version 1: nothing is vended until vend mine resume");
    assertThat(vend(shell, role).exit()).isEqualTo(1);
    assertThat(script.done(shell, "client", "list").out()).contains("suspended by client");
    assertThat(script.admin(shell, "client", "resume", account).result().exit()).isZero();
    assertThat(vend(shell, role).exit()).isEqualTo(1);
    assertThat(mine(shell, client, "resume", "--if-version", "7").err())
        .contains("another version");
    Run.Result resumed = mine(shell, client, "resume", "--format", "json");
    assertThat(resumed.out()).contains("\"suspended\":false", "\"version\":2");
    assertThat(vend(shell, role).exit()).isZero();
    assertThat(mine(shell, client, "audit", "--since", "1h", "--all", "--format", "json").out())
        .contains("{\"records\":[");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shells")
  void whatItDoesNotKnowIsRefusedBeforeAnythingIsAsked(Shell shell) throws Exception {
    Keys.Key client = stack.people().client();

    assertThat(mine(shell, client).exit()).isEqualTo(2);
    assertThat(mine(shell, client, "stop").exit()).isEqualTo(2);
    assertThat(mine(shell, client, "suspend", "--account", "1").exit()).isEqualTo(2);
    assertThat(mine(shell, client, "suspend", "444455556666").exit()).isEqualTo(2);
    assertThat(mine(shell, client, "--help").out()).contains("vend mine suspend");
  }
}
