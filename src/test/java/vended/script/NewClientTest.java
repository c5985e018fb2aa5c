package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;
import vended.json.Json;
import vended.local.LocalStack;
import vended.local.Reprobes;
import vended.local.TestStack;
import vended.template.Template;

/**
 * A new client reads the letter, creates its role as that says, and is activated without another
 * command of the vendor. It sees a vend, closes the door and opens it again with README's commands.
 * In the tests that take long, in every shell.
 */
class NewClientTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();
  private static final String ACCOUNT = stack.newClient().account();
  private static final String ROLE = "arn:aws:iam::%s:role/vended/vended-deploy".formatted(ACCOUNT);

  /** What README gives a client to run. */
  private static final String CLIENT_COMMANDS = Page.of("README.md").shell("vend mine audit");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Soak.ON ? Shell.evenBash() : Shell.matrix(NewClientTest.class);
  }

  private ScriptOnStack script() {
    return new ScriptOnStack(stack, home);
  }

  /** One hour of the schedule. */
  private static void anHourOfTheSchedule() throws Exception {
    new Reprobes(stack, Clock.systemUTC(), pause -> {}, TestStack.PATIENT).runNew();
  }

  private void put(Shell shell, String... options) {
    script()
        .done(
            shell,
            Stream.concat(
                    Stream.of("client", "put", ACCOUNT, "--name", "New Client", "--role", ROLE),
                    Stream.of(options))
                .toArray(String[]::new));
  }

  private Run.Result await(Shell shell) {
    return script().admin(shell, "client", "wait", ACCOUNT, "--timeout", "0").result();
  }

  /** Runs the letter's command, and makes what client-role.yaml has for its parameters. */
  private void createRoleAsTheLetterSays(Shell shell) throws Exception {
    String letter = script().done(shell, "client", "letter", ACCOUNT).out();
    Path programs = Files.createDirectories(home.resolve("programs"));
    Path noted = home.resolve("noted");
    Programs.write(
        programs.resolve("aws"), "for a; do printf '%s\\n' \"$a\"; done >'" + noted + "'");
    Path file = home.resolve("block.sh");
    Files.writeString(file, new Page("letter", letter).shell("aws cloudformation deploy"));
    assertThat(Run.vend(shell, home).script(file).programsIn(programs).result().exit()).isZero();
    Map<String, String> parameters = new HashMap<>(Map.of("AWS::AccountId", ACCOUNT));
    List<String> arguments = Files.readAllLines(noted);
    for (String given :
        arguments.subList(arguments.indexOf("--parameter-overrides") + 1, arguments.size())) {
      int at = given.indexOf('=');
      parameters.put(given.substring(0, at), given.substring(at + 1));
    }
    Template template = Template.read(Path.of("client-role.yaml"), parameters);
    Map<?, ?> trust =
        (Map<?, ?>)
            Objects.requireNonNull(
                template.properties("ClientRole").get("AssumeRolePolicyDocument"));
    Map<String, Object> document = new HashMap<>();
    trust.forEach((name, value) -> document.put(String.valueOf(name), value));
    stack.sts().addRole(ROLE, Json.write(document), Duration.ofHours(1));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aClientThatDoesAsTheLetterSaysIsActivated(Shell shell) throws Exception {
    put(shell, "--activate-when-safe");
    anHourOfTheSchedule();
    Run.Result waiting = await(shell);
    assertThat(waiting.exit()).isEqualTo(1);
    assertThat(waiting.err())
        .contains(ROLE + " not created yet", "is not ready yet")
        .doesNotContain("\n\n");

    createRoleAsTheLetterSays(shell);
    anHourOfTheSchedule();

    Run.Result ready = await(shell);
    assertThat(ready.err()).isEmpty();
    assertThat(ready.exit()).isZero();
    assertThat(ready.out()).isEqualTo(ROLE + " verified\n");
    String caller = stack.people().pipeline().principal().identityArn();
    script().done(shell, "grant", "put", caller, ROLE, "--unpinned");
    assertThat(vend(shell).out()).contains("\"AccountId\":\"" + ACCOUNT + "\"");
    seesTheVendAndClosesTheDoor(shell);
  }

  private void seesTheVendAndClosesTheDoor(Shell shell) throws Exception {
    List<String> commands =
        CLIENT_COMMANDS.lines().map(line -> line.replaceFirst("\\s+#.*", "")).toList();
    assertThat(commands)
        .containsExactly(
            "vend mine audit", "vend mine grants", "vend mine suspend", "vend mine resume");
    if (Soak.ON) {
      seesTheVend(shell, commands.get(0));
    }
    assertThat(client(shell, commands.get(1)).out()).contains("demo-pipeline", ROLE, "vended");
    client(shell, commands.get(2));
    Run.Result refused = vend(shell);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("HTTP 403");
    client(shell, commands.get(3));
    assertThat(vend(shell).exit()).isZero();
  }

  /** A new record is shown after some seconds: a client asks again. */
  private void seesTheVend(Shell shell, String command) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    String seen = "";
    while (!seen.contains("granted") && Instant.now().isBefore(end)) {
      seen = client(shell, command).out();
    }
    assertThat(seen).contains("granted", "emo-pipeline");
  }

  private Run.Result vend(Shell shell) {
    return script()
        .run(shell, stack.people().pipeline(), "credentials", ROLE, "--no-context")
        .result();
  }

  private Run.Result client(Shell shell, String command) {
    String[] arguments = command.substring("vend ".length()).split(" ");
    Run.Result result = script().run(shell, stack.people().newClient(), arguments).result();
    assertThat(result.exit()).as("%s: %s", command, result.err()).isZero();
    return result;
  }

  @Test
  void waitingEndsWhenNothingMoreHappensByItself() throws Exception {
    put(Shell.any());
    createRoleAsTheLetterSays(Shell.any());
    anHourOfTheSchedule();

    Run.Result ready =
        script().admin(Shell.any(), "client", "wait", ACCOUNT, "--timeout", "14d").result();

    assertThat(ready.exit()).isEqualTo(1);
    assertThat(ready.err())
        .contains("safe, and waiting for an administrator: vend client verify " + ROLE);
    assertThat(script().done(Shell.any(), "client", "list").out())
        .containsPattern(ROLE + " +ready");
    script().done(Shell.any(), "client", "suspend", ACCOUNT);
    assertThat(await(Shell.any()).err()).contains("of a suspended client: vend client resume");
  }

  @Test
  void aRequestIsWithdrawn() throws Exception {
    put(Shell.any(), "--activate-when-safe");
    put(Shell.any(), "--no-activate-when-safe");
    createRoleAsTheLetterSays(Shell.any());
    anHourOfTheSchedule();

    assertThat(await(Shell.any()).err()).contains("waiting for an administrator");
  }
}
