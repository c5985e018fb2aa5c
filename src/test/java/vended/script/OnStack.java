package vended.script;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vended.local.LocalStack;
import vended.local.TestStack;

/** Tests of commands on the shared stack, where an administrator runs them beside a pipeline. */
abstract class OnStack {
  /** The role of the pipeline whose session vends. */
  static final String DEPLOYER = "arn:aws:iam::111122223333:role/Deployer";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path home;

  @SuppressWarnings("NullAway.Init")
  private ScriptOnStack script;

  @BeforeEach
  void script() {
    script = new ScriptOnStack(stack, home);
  }

  Run.Result admin(Shell shell, String... arguments) {
    return script.admin(shell, arguments).result();
  }

  Run.Result vendToDeployer(Shell shell, String role) {
    return script.run(shell, stack.people().session(), "credentials", role).result();
  }
}
