package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.TestStack;

/** Replacing a role and renaming a client, as docs/operations.md says. */
class ReplaceRoleTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();
  private static final String ACCOUNT = stack.demonstration().account();
  private static final String OLD = stack.demonstration().roleArn();
  private static final String NEW = OLD + "-narrow";
  private static final String DEPLOYER = "arn:aws:iam::111122223333:role/Deployer";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private Run.Result vend(String role) {
    var key = stack.people().session();
    Run run = new ScriptOnStack(stack, home).run(Shell.any(), key, "credentials", role);
    return run.result();
  }

  @AfterEach
  void theRoleIsGone() {
    stack.sts().removeRole(NEW);
  }

  @Test
  void theCallersOfTheOldRoleHaveTheNewOne_AndTheOldOneIsRefused() throws Exception {
    var script = new ScriptOnStack(stack, home);
    stack
        .sts()
        .addRole(NEW, stack.demonstration().trustPolicy(), stack.demonstration().maxSession());
    script.done(Shell.any(), "client", "put", ACCOUNT, "--role", NEW);
    script.done(Shell.any(), "client", "verify", NEW);
    String lines = script.done(Shell.any(), "grant", "export", "--role", OLD).out();
    Path file = home.resolve("grants.jsonl");
    Files.writeString(file, lines.replace(OLD + "\"", NEW + "\""));
    script.done(Shell.any(), "grant", "apply", "--keep-others", "--yes", file.toString());
    assertThat(vend(OLD).exit()).isZero();
    assertThat(vend(NEW).exit()).isZero();

    Run.Result removed = script.done(Shell.any(), "client", "put", ACCOUNT, "--remove-role", OLD);

    assertThat(removed.err()).contains("let nobody in", DEPLOYER + " " + OLD);
    assertThat(vend(OLD).exit()).isEqualTo(1);
    assertThat(vend(NEW).exit()).isZero();
    assertThat(script.done(Shell.any(), "grant", "export", "--role", NEW).out())
        .isEqualTo(lines.replace(OLD + "\"", NEW + "\""));
  }

  @Test
  void recordsKeepTheNameOfTheirTime_AndTheAuditIsAskedByTheNewOne() {
    var script = new ScriptOnStack(stack, home);
    assertThat(vend(OLD).exit()).isZero();
    script.done(Shell.any(), "client", "put", ACCOUNT, "--name", "Renamed");
    assertThat(vend(OLD).exit()).isZero();

    assertThat(
            stack.tables().rows(stack.auditTable()).stream()
                .filter(row -> row.containsKey("accessKeyId"))
                .map(row -> Items.text(row, "clientAccount") + " " + Items.text(row, "clientName")))
        .containsExactlyInAnyOrder(ACCOUNT + " Example Client", ACCOUNT + " Renamed");
    assertThat(script.auditor(Shell.any(), "audit", "--client", "Renamed").result().exit())
        .isZero();
    Run.Result old =
        script
            .auditor(Shell.any(), "audit", "--client", "Example Client", "--since", "1h")
            .result();
    assertThat(old.exit()).isNotZero();
    assertThat(old.err()).contains("If it was renamed, ask by account");
  }
}
