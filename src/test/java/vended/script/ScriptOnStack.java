package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import vended.local.AllowListRows;
import vended.local.Keys;
import vended.local.LocalStack;

/**
 * The script against the local stack.
 *
 * @param stack whose service is called
 * @param home the user's home and folder for temporary files
 */
record ScriptOnStack(LocalStack stack, Path home) {
  Run run(Shell shell, Keys.Key key, String... arguments) {
    return Run.vend(shell, home, arguments)
        .with("VEND_URL", stack.url().toString())
        .with("AWS_REGION", LocalStack.REGION)
        .with("AWS_ACCESS_KEY_ID", key.id())
        .with("AWS_SECRET_ACCESS_KEY", key.secret())
        .with("TMPDIR", home.toString());
  }

  Run admin(Shell shell, String... arguments) {
    return run(shell, stack.people().administrator(), arguments);
  }

  Run auditor(Shell shell, String... arguments) {
    return run(shell, stack.people().auditor(), arguments);
  }

  /** The result of an administrator's command, which must succeed. */
  Run.Result done(Shell shell, String... arguments) {
    Run.Result result = admin(shell, arguments).result();
    assertThat(result.exit()).as("%s%s", result.out(), result.err()).isZero();
    return result;
  }

  /** Writes the row of a client with one verified role. */
  void client(String account, String name, String role) {
    var row = AllowListRows.client(account, name, "external-id-of-" + account, role, Instant.now());
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(row));
  }
}
