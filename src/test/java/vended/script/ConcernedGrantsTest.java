package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.local.Demonstration;
import vended.local.LocalStack;
import vended.local.TestStack;

/** Whom a change of a client's roles concerns, as {@code vend client} tells it. */
class ConcernedGrantsTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(ConcernedGrantsTest.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shells")
  void aRoleThatGoesAndComesBackTellsOfItsGrants(Shell shell) {
    ScriptOnStack script = new ScriptOnStack(stack, home);
    String role = stack.demonstration().roleArn();
    String grant = "  " + stack.people().pipeline().principal().identityArn() + " " + role;
    String account = Demonstration.CLIENT_ACCOUNT;

    assertThat(script.done(shell, "client", "put", account, "--remove-role", role).err())
        .contains("these grants let nobody in, since the client no longer has their role")
        .contains(grant + "\n");
    assertThat(script.done(shell, "client", "put", account, "--role", role).err())
        .contains("these grants work once their role is verified:", grant + "\n");
    assertThat(script.done(shell, "client", "verify", account).err())
        .contains("these grants work from now on:", grant + "\n");
    assertThat(script.done(shell, "client", "verify", account).err()).doesNotContain(grant);
  }
}
