package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.InSoak;
import vended.Soak;
import vended.Trail;
import vended.json.Json;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/** What a command can't print on a full disk is not lost in silence, whatever the command. */
class OutputTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final String CALLER = "arn:aws:iam::111122223333:role/Deployer";
  private static final String NEW_CALLER = "arn:aws:iam::111122223333:role/Builder";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private String vendId = "";

  @BeforeEach
  void reset() throws IOException {
    Files.writeString(
        home.resolve("events.json"),
        Json.write(
            Trail.issued(
                Instant.now().minusSeconds(7200),
                stack.demonstration().roleArn(),
                "someone@01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "ASIASTRANGERSTRANGER")));
    Files.writeString(
        home.resolve("grants.jsonl"),
        "{\"caller\":\"%s\",\"roleArn\":\"%s\",\"unpinned\":true}\n"
            .formatted(NEW_CALLER, stack.demonstration().roleArn()));
  }

  /** ROLE, ACCOUNT, CALLER and VEND stand for those of the stack. */
  static List<String> commands() {
    List<String> all = new ArrayList<>(WAYS);
    if (Soak.ON) {
      all.addAll(MORE);
    }
    return all;
  }

  /** Each command, and each way in which one prints. */
  private static final List<String> WAYS =
      List.of(
          "credentials ROLE",
          "credentials ROLE --format json",
          "credentials ROLE --format env",
          "credentials ROLE --cache",
          "credentials ROLE --dry-run",
          "exec ROLE --dry-run -- date",
          "profile ROLE --dry-run",
          "profile ROLE --dry-run --static",
          "roles",
          "roles --format json",
          "whoami",
          "whoami --format json",
          "client put ACCOUNT --name Other",
          "client list",
          "client show ACCOUNT",
          "client show ACCOUNT --format json",
          "client verify ACCOUNT --wait 0",
          "grant list",
          "grant list --format json",
          "grant export",
          "grant put CALLER ROLE --description x",
          "grant apply grants.jsonl --dry-run",
          "revoke CALLER",
          "audit --id VEND --kind all",
          "audit --id VEND --all --format json",
          "audit --id VEND --format jsonl",
          "audit report --since 1h",
          "audit reconcile events.json",
          "version",
          "help",
          "help audit");

  private static final List<String> MORE =
      List.of(
          "profile ROLE --dry-run --region eu-north-1",
          "client put ACCOUNT --name Other --format json",
          "client list --format json",
          "client verify ROLE --wait 0",
          "grant list --caller CALLER",
          "grant apply grants.jsonl --yes",
          "revoke 01ARZ3NDEKTSV4RRFFQ69G5FAV",
          "audit --format json --id 01ARZ3NDEKTSV4RRFFQ69G5FAV",
          "audit --id VEND --format csv",
          "audit --format html --since 1h",
          "audit report --format json --since 1h",
          "audit reconcile events.json --format json",
          "--version",
          "help credentials",
          "help client",
          "help revoke",
          "credentials --help",
          "client put --help",
          "revoke -h",
          "audit --help");

  /** A vend of which the audit can be asked by its ID, however new it is. */
  private void vend(String options) {
    String out = run(Shell.any(), "credentials ROLE --format json" + options).result().out();
    vendId = out.replaceFirst("(?s).*\"VendId\":\"([0-9A-Z]+)\".*", "$1");
  }

  private void vendFor(String command) {
    if (command.contains("VEND")) {
      vend("");
    }
  }

  private Run run(Shell shell, String command) {
    String[] arguments =
        command
            .replace("ROLE", stack.demonstration().roleArn())
            .replace("VEND", vendId)
            .replace("ACCOUNT", stack.demonstration().account())
            .replace("CALLER", CALLER)
            .split(" ", -1);
    Keys.Key key =
        switch (arguments[0]) {
          case "client", "grant", "revoke", "stop", "start" -> stack.people().administrator();
          case "audit" -> stack.people().auditor();
          default -> stack.people().pipeline();
        };
    return Run.vend(shell, home, arguments)
        .with("VEND_URL", stack.url().toString())
        .with("AWS_REGION", LocalStack.REGION)
        .with("AWS_ACCESS_KEY_ID", key.id())
        .with("AWS_SECRET_ACCESS_KEY", key.secret())
        .with("TMPDIR", home.toString());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatCantBePrinted_isSaid(String command) {
    assumeTrue(Files.exists(FULL), "/dev/full");
    vendFor(command);
    // The rest is printed by cat, and no shell differs in that.
    boolean byTheShell = command.matches("(credentials|profile|exec|whoami|revoke|version).*");
    for (Shell shell :
        byTheShell ? Shell.share(command, Shell.all().toList()).toList() : List.of(Shell.any())) {
      Run.Result result = run(shell, command).output(FULL).result();

      assertThat(result.exit()).as("%s: %s", shell, result.err()).isEqualTo(1);
      assertThat(result.err()).as("%s", shell).contains("vend: can't write");
    }
  }

  /** Else the test above would prove nothing of them. */
  @InSoak("whatCantBePrinted_isSaid finds nothing to say where nothing is printed")
  @ParameterizedTest
  @MethodSource("commands")
  void eachOfThemPrintsSomething(String command) {
    vendFor(command);
    Run.Result result = run(Shell.any(), command).result();

    assertThat(result.out()).as(result.err()).isNotEmpty();
    assertThat(result.err()).doesNotContain("can't write");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client suspend ACCOUNT",
        "client resume ACCOUNT",
        "grant remove CALLER ROLE",
        "stop",
        "start",
        "profile ROLE",
        "profile ROLE --static",
        "exec ROLE -- cat /dev/null"
      })
  void whatPrintsNothing_needsNoRoom(String command) {
    assumeTrue(Files.exists(FULL), "/dev/full");
    Run.Result result = run(Shell.any(), command).output(FULL).result();

    assertThat(result.exit()).as(result.err()).isZero();
  }

  /** A shell whose files can't grow beyond 4 KiB. */
  private static Shell limited(Shell shell) {
    String path = Shell.find(shell.command().getFirst()).orElseThrow().toString();
    return new Shell(
        "limited " + shell,
        Stream.concat(
                Stream.of("sh", "-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh", path),
                shell.command().stream().skip(1))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit report --since 1h",
        "audit --id VEND --kind all --format jsonl",
        "audit reconcile events.json",
        "grant apply grants.jsonl --yes"
      })
  void fullTemporaryFolder_isSaid(String command) throws Exception {
    StringBuilder context = new StringBuilder();
    for (int i = 0; i < 18; i++) {
      context.append(" --context note%d=%s".formatted(i, "x".repeat(250)));
    }
    vend(context.toString());
    String event = Files.readString(home.resolve("events.json"));
    Files.writeString(home.resolve("events.json"), (event + "\n").repeat(40));
    String grant = Files.readString(home.resolve("grants.jsonl"));
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      many.append(grant.replace("Builder", "Builder" + i));
    }
    Files.writeString(home.resolve("grants.jsonl"), many);
    String before = stack.tables().rows(stack.allowListTable()).toString();
    for (Shell shell : Shell.share(command, Shell.all().toList()).toList()) {
      Run.Result result = run(limited(shell), command).result();

      assertThat(result.exit()).as("%s: %s", shell, result.err()).isEqualTo(1);
      assertThat(result.err()).as("%s", shell).containsPattern("(can't write|can't copy)");
      assertThat(result.err()).as("%s", shell).doesNotContain("curl");
    }
    assertThat(stack.tables().rows(stack.allowListTable())).hasToString(before);
  }

  @Test
  void readerThatHasEnoughIsNoError() throws Exception {
    Path script = home.resolve("head.sh");
    Files.writeString(script, "\"$1\" \"$2\" help | head -n 1\n");
    String shell = Shell.find(Shell.any().command().getFirst()).orElseThrow().toString();
    Run.Result result =
        Run.vend(Shell.any(), home, shell, Run.VEND.toString()).script(script).result();

    assertThat(result.out()).startsWith("vend:");
    assertThat(result.err()).isEmpty();
  }
}
