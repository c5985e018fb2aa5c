package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vended.Soak;
import vended.local.LocalStack;
import vended.local.TestStack;

/** All accounts of one client, from docs/operations.md: {@code -Daccounts=50} has as many. */
class AccountsTest {
  private static final int ACCOUNTS = Integer.getInteger("accounts", Soak.count(2, 3));
  private static final Page PAGE = Page.of("docs/operations.md");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private static String account(int i) {
    return "6000%08d".formatted(i);
  }

  private static String role(String account) {
    return "arn:aws:iam::%s:role/vended/vended-deploy".formatted(account);
  }

  /** Runs one of the page's blocks as an administrator, with {@code aws} as a stand-in. */
  private Run.Result block(String begin) throws Exception {
    Path programs = DocumentedHome.programs(home, stack);
    Programs.write(
        programs.resolve("aws"),
        "for a; do printf '%s\\n' \"$a\"; done >>'" + home.resolve("noted") + "'");
    Path file = home.resolve("block.sh");
    Files.writeString(file, "set -eu\ncd '" + home + "'\n" + PAGE.shell(begin));
    Run.Result result =
        new ScriptOnStack(stack, home)
            .admin(Shell.any())
            .script(file)
            .with("VENDOR_ROLE_ARN", stack.people().vendor().principal().identityArn())
            .with("CALLER", stack.people().pipeline().principal().identityArn())
            .with("CALLER_ID", stack.people().pipeline().principal().userId())
            .programsIn(programs)
            .result();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    return result;
  }

  private List<String> externalIds() throws Exception {
    return Files.readAllLines(home.resolve("external-ids.tsv"));
  }

  /** What the StackSet creates in each account. */
  private void createRoles() throws Exception {
    for (String line : externalIds()) {
      String account = line.substring(0, 12);
      String trust =
          """
          {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
            "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}}]}
          """
              .formatted(stack.people().vendor().principal().identityArn(), line.substring(13));
      stack.sts().addRole(role(account), trust, Duration.ofHours(1));
    }
  }

  @Test
  void allArePutProbedGrantedVendedAndRemoved() throws Exception {
    List<String> accounts = IntStream.range(0, ACCOUNTS).mapToObj(AccountsTest::account).toList();
    Files.write(home.resolve("accounts.txt"), accounts);
    block("vend client put --accounts");
    List<String> first = externalIds();
    assertThat(first).extracting(line -> line.substring(0, 12)).isEqualTo(accounts);
    assertThat(new HashSet<>(first.stream().map(line -> line.substring(13)).toList()))
        .hasSize(ACCOUNTS);
    block("vend client put --accounts");
    assertThat(externalIds()).as("what is there stays").isEqualTo(first);

    block("aws cloudformation create-stack-set");
    List<String> noted = Files.readAllLines(home.resolve("noted"));
    for (String line : first) {
      assertThat(noted)
          .containsSubsequence(
              line.substring(0, 12),
              "ParameterKey=ExternalId,ParameterValue=" + line.substring(13));
    }
    createRoles();
    block("cut -f 1 external-ids.tsv");

    ScriptOnStack script = new ScriptOnStack(stack, home);
    for (String account : accounts) {
      Run.Result vended =
          script.run(Shell.any(), stack.people().pipeline(), "credentials", role(account)).result();
      assertThat(vended.out()).contains("\"AccountId\":\"" + account + "\"");
      script.done(Shell.any(), "client", "remove", account, "--yes");
    }
    assertThat(script.done(Shell.any(), "client", "list").out()).doesNotContain("Example Group");
  }

  @Test
  void aFileWithAMistakeChangesNothing() throws Exception {
    Path file = home.resolve("accounts.txt");
    Files.write(file, new ArrayList<>(List.of(account(1), "12345")));

    Run.Result result =
        new ScriptOnStack(stack, home)
            .admin(Shell.any(), "client", "put", "--accounts", file.toString(), "--name", "G")
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("line 2: the account must have twelve digits; nothing was changed");
    assertThat(new ScriptOnStack(stack, home).done(Shell.any(), "client", "list").out())
        .doesNotContain("G /");
  }

  @Test
  void whatWouldBeIgnoredIsRefused() {
    for (String[] options :
        new String[][] {
          {account(1), "--accounts", "f", "--name", "G"},
          {"--accounts", "f", "--name", "G", "--role", role(account(1))},
          {account(1), "--name", "G", "--role", "arn:aws:iam::ACCOUNT:role/vended/x"},
          {"--accounts", "f", "--name", "G", "--role", "arn:aws:iam::ACCOUNT:user/x"}
        }) {
      List<String> arguments = new ArrayList<>(List.of("client", "put"));
      arguments.addAll(List.of(options));
      Run.Result result =
          new ScriptOnStack(stack, home)
              .admin(Shell.any(), arguments.toArray(String[]::new))
              .result();
      assertThat(result.exit()).as(arguments.toString()).isEqualTo(2);
    }
  }
}
