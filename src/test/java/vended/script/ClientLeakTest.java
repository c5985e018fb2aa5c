package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.canary.Canaries;
import vended.local.AcceptedIds;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/**
 * As {@link ScriptLeakTest}: the commands of a client's life, those of the client itself, and a
 * command whose credentials are renewed.
 */
class ClientLeakTest {
  private static final Pattern SECOND = Pattern.compile("SecondExternalId=(\\w+)\n");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();
  private static final Canaries canaries = new Canaries();
  private static final String ACCOUNT = stack.demonstration().account();
  private static final String OLD = stack.demonstration().externalId();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @SuppressWarnings("NullAway.Init")
  private LeakRun run;

  static Stream<Shell> shells() {
    return LeakRun.shells(ClientLeakTest.class);
  }

  @BeforeEach
  void plant() throws IOException {
    run = new LeakRun(canaries, stack, home);
  }

  @AfterAll
  static void print() {
    System.out.print(canaries.figures("script, clients"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aRotationTellsExternalIdsOnlyToAdministrators(Shell shell) throws Exception {
    Run.Result started = admin(shell, "client rotate " + ACCOUNT);
    Matcher second = SECOND.matcher(started.out());
    assertThat(second.find()).as(started.err()).isTrue();
    canaries.plant(LeakRun.EXTERNAL_ID, second.group(1));
    if (LeakRun.FULL) {
      admin(shell, "client rotate " + ACCOUNT + " --switch");
      AcceptedIds.accept(stack, OLD, second.group(1));
      for (String command : List.of("list", "show " + ACCOUNT, "letter " + ACCOUNT)) {
        admin(shell, "client " + command);
      }
      for (String step : List.of("--switch", "--finish", "--back", "--cancel")) {
        admin(shell, "client rotate " + ACCOUNT + " " + step);
      }
      admin(shell, "client wait " + ACCOUNT);
      admin(shell, "client remove " + ACCOUNT + " --dry-run");
      admin(shell, "client remove " + ACCOUNT + " --yes");
    }
  }

  /** Runs a command, and searches the ExternalIds that the service made by it. */
  private Run.Result admin(Shell shell, String command) throws IOException {
    Run.Result result = run.any(shell, stack.people().administrator(), command.split(" ", -1));
    Matcher second = SECOND.matcher(result.out());
    if (second.find()) {
      canaries.plant(LeakRun.EXTERNAL_ID, second.group(1));
    }
    run.searchOnboarding("vend " + command.replace(ACCOUNT, "ACCOUNT"), result);
    return result;
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aClientSeesNoSecret(Shell shell) throws Exception {
    List<String> commands =
        List.of(
            "mine suspend",
            "mine audit --all",
            "mine audit --since 1h --format jsonl",
            "mine grants",
            "mine grants --format json",
            "mine resume --if-version 77",
            "mine resume --format json");
    for (String command : LeakRun.FULL ? commands : commands.subList(0, 1)) {
      search(shell, stack.people().client(), command);
    }
    if (LeakRun.FULL) {
      search(shell, stack.people().pipeline(), "mine suspend");
    }
  }

  private void search(Shell shell, Keys.Key who, String command) throws IOException {
    run.watched.search("vend " + command, run.any(shell, who, command.split(" ", -1)));
  }

  /** The command gets no key but those that it asks for, and nothing stays when it has ended. */
  @ParameterizedTest
  @MethodSource("shells")
  void aCommandThatIsRenewedHasNoOtherSecrets(Shell shell) throws Exception {
    String role = stack.demonstration().roleArn();
    Keys.Key caller = stack.people().session();
    String env = Shell.find("env").orElseThrow().toString();
    Run.Result command = run.vend(shell, caller, "exec", "--renew", role, "--", env);
    assertThat(command.out()).contains("AWS_CONFIG_FILE=").doesNotContain("AWS_SECRET");
    awaitRenewer();
    run.watched.search("vend exec --renew", command);

    String print = "sh \"${AWS_CONFIG_FILE%/*}/print\"";
    Run.Result asked = run.vend(shell, caller, "exec", "--renew", role, "--", "sh", "-c", print);
    assertThat(asked.out()).contains("SecretAccessKey");
    awaitRenewer();
    run.watched.searchBut(LeakRun.COMMAND, "a command that asks", asked, run.issued());
  }

  /** It removes the command's files when the command has ended. */
  private void awaitRenewer() throws IOException {
    Processes.awaitEnd(
        ProcessHandle.allProcesses()
            .filter(process -> read(process, "cmdline").contains("vend\0renewer"))
            .filter(process -> read(process, "environ").contains(home.toString()))
            .toList());
  }

  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  @AfterEach
  void nothingFound() {
    var client = stack.demonstration();
    stack.sts().addRole(client.roleArn(), client.trustPolicy(), client.maxSession());
    assertThat(canaries.hits()).isEmpty();
  }
}
