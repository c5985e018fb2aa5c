package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import vended.iam.Policy;
import vended.local.AllowListRows;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Principal;
import vended.template.Template;

/**
 * The script against the local stack.
 *
 * @param stack whose service is called
 * @param home the user's home and folder for temporary files
 */
record ScriptOnStack(LocalStack stack, Path home) {
  Run run(Shell shell, Keys.Key key, String... arguments) {
    Run run =
        Run.vend(shell, home, arguments)
            .with("VEND_URL", stack.url().toString())
            .with("AWS_REGION", LocalStack.REGION)
            .with("AWS_ACCESS_KEY_ID", key.id())
            .with("AWS_SECRET_ACCESS_KEY", key.secret())
            .with("TMPDIR", home.toString());
    key.token().ifPresent(token -> run.with("AWS_SESSION_TOKEN", token));
    return run;
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

  /** The key of a new user, who has managed policies of the template. */
  Keys.Key hire(String name, Template template, String... policies) {
    Principal user =
        Principal.user("arn:aws:iam::111122223333:user/" + name, stack.keys().uniqueId("AIDA"));
    stack
        .attachments()
        .attach(
            user.identityArn(),
            Stream.of(policies)
                .map(policy -> Policy.identity(template.managedPolicy(policy)))
                .toList());
    return stack.keys().issue(user);
  }

  /** Writes the row of a client with one verified role. */
  void client(String account, String name, String role) {
    var row = AllowListRows.client(account, name, "external-id-of-" + account, role, Instant.now());
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(row));
  }
}
