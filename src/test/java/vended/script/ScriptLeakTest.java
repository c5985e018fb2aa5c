package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Trail;
import vended.canary.Canaries;
import vended.json.Json;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/**
 * Every secret is known, and all that the script writes while it is traced is searched for each:
 * outputs, traces, files, and the arguments and environments of the programs that it starts. {@code
 * ./mvnw -Pcanary} runs each command in each shell.
 */
class ScriptLeakTest {
  private static final boolean FULL = LeakRun.FULL;
  private static final String EXTERNAL_ID = LeakRun.EXTERNAL_ID;
  private static final Canaries.Allowed PRINTED =
      new Canaries.Allowed("the output of vend credentials", "it is what the caller asked for");
  private static final Canaries.Allowed PROFILE =
      new Canaries.Allowed("the file of vend profile --static", "it is to contain them");
  private static final Canaries.Allowed CACHE =
      new Canaries.Allowed("the cache of --cache", "the next call takes them from it");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();
  private static final Canaries canaries = new Canaries();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @SuppressWarnings("NullAway.Init")
  private LeakRun run;

  @SuppressWarnings("NullAway.Init")
  private Watched watched;

  static Stream<Shell> shells() {
    return LeakRun.shells(ScriptLeakTest.class);
  }

  @BeforeEach
  void plant() throws IOException {
    run = new LeakRun(canaries, stack, home);
    watched = run.watched;
  }

  @AfterAll
  static void print() {
    System.out.print(canaries.figures("script"));
  }

  private Run.Result vend(Shell shell, Keys.Key caller, String... arguments) {
    return run.vend(shell, caller, arguments);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void credentialsAreOnlyWhereTheyBelong(Shell shell) throws Exception {
    String role = stack.demonstration().roleArn();
    Keys.Key caller = stack.people().session();
    for (String format : FULL ? List.of("env", "process", "json") : List.of("env")) {
      Run.Result result =
          vend(shell, caller, "credentials", role, "--cache", "--verbose", "--format", format);
      for (Path file : watched.files()) {
        if (home.relativize(file).toString().contains("vend")) {
          watched.takeFile(CACHE, file, run.issued());
        }
      }
      watched.searchBut(PRINTED, "vend credentials", result, run.issued());
    }
    String env = Shell.find("env").orElseThrow().toString();
    Run.Result command = vend(shell, caller, "exec", role, "--", env);
    watched.searchBut(LeakRun.COMMAND, "vend exec", command, withOwn(caller));
    Run.Result profile = vend(shell, caller, "profile", role, "--static");
    watched.takeFile(PROFILE, home.resolve(".aws/credentials"), run.issued());
    watched.search("vend profile", profile);
  }

  /** The command also has what was in the environment before, such as AWS_SESSION_TOKEN. */
  private String[] withOwn(Keys.Key caller) {
    List<String> all = new ArrayList<>(List.of(run.issued()));
    all.add(caller.secret());
    caller.token().ifPresent(all::add);
    return all.toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void administratorsAndAuditorsSeeNoSecretsOfOthers(Shell shell) throws Exception {
    Keys.Key administrator = stack.people().administrator();
    var client = stack.newClient();
    canaries.plant(EXTERNAL_ID, client.externalId());
    Run.Result put =
        vend(
            shell,
            administrator,
            "client",
            "put",
            client.account(),
            "--name",
            "New",
            "--role",
            client.roleArn(),
            "--import-external-id",
            client.externalId());
    run.searchOnboarding("vend client put", put);
    reconcile(shell);
    if (FULL) {
      for (String[] command : administration(client.account(), client.roleArn())) {
        Run.Result result = vend(shell, administrator, command);
        run.searchOnboarding("vend " + command[0], result);
      }
      for (String command : auditing()) {
        watched.search(
            "vend " + command, vend(shell, stack.people().auditor(), command.split(" ", -1)));
      }
    }
  }

  private static List<String[]> administration(String account, String role) {
    String caller = stack.people().pipeline().principal().identityArn();
    return Stream.of(
            "client list",
            "client show " + account,
            "client verify " + account + " --verbose",
            "grant put " + caller + " " + role + " --unpinned",
            "grant list",
            "grant export",
            "grant remove " + caller + " " + role,
            "client suspend " + account,
            "client resume " + account,
            "stop",
            "start",
            "status",
            "access",
            "why " + caller + " " + stack.demonstration().roleArn())
        .map(command -> command.split(" ", -1))
        .toList();
  }

  private static List<String> auditing() {
    return List.of(
        "audit --kind all --since 1h",
        "audit report --since 1h",
        "audit report --since 1h --format json",
        "audit export --during yesterday --output all",
        "access --format csv",
        "access review --since 1h",
        "status");
  }

  /** CloudTrail's events have tokens and ExternalIds, which the script leaves out. */
  private void reconcile(Shell shell) throws IOException {
    canaries.plant("a token in CloudTrail", "IQoJb3JpZ2luX2VjEXAMPLETOKEN".repeat(20));
    canaries.plant(EXTERNAL_ID, Trail.EXTERNAL_ID);
    Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    var event =
        Trail.issued(
            at,
            stack.demonstration().roleArn(),
            "somebody@01JZ0000000000000000000000",
            "ASIAEXAMPLEOFNOBODY1");
    Path file =
        Files.writeString(
            home.resolve("input.json"), Json.write(Map.of("Records", List.of(event))));
    Run.Result result =
        watched
            .vend(
                shell,
                stack,
                stack.people().auditor(),
                "audit",
                "reconcile",
                file.toString(),
                "--since=" + at.minusSeconds(60),
                "--until=" + at.plusSeconds(60))
            .result();
    assertThat(result.out()).as(result.err()).contains("ASIAEXAMPLEOFNOBODY1");
    watched.search("vend audit reconcile", result);
  }

  /** What goes wrong is told without what came. */
  @ParameterizedTest
  @MethodSource("shells")
  void failuresQuoteNoSecret(Shell shell) throws Exception {
    Keys.Key caller = stack.people().session();
    String quoted = caller.secret() + "  " + caller.token().orElseThrow();
    List<StandIn.Answer> answers =
        List.of(
            new StandIn.Answer(
                200, "application/json", "{\"SecretAccessKey\":\"" + quoted, Map.of()),
            new StandIn.Answer(200, "text/html", "<html>" + quoted, Map.of()),
            new StandIn.Answer(
                302, "text/plain", quoted, Map.of("Location", "http://127.0.0.1:1/")),
            new StandIn.Answer(502, "application/json", quoted, Map.of()));
    for (StandIn.Answer answer : FULL ? answers : answers.subList(0, 1)) {
      try (StandIn service = new StandIn(request -> answer)) {
        Run.Result result =
            watched
                .vend(shell, stack, caller, "credentials", Answers.ROLE, "--verbose")
                .with("VEND_URL", service.url())
                .result();
        assertThat(result.exit()).isNotZero();
        watched.search("a failed vend credentials", result);
      }
    }
  }

  /** Killed while it waits for the answer: it can't clean up, and others can look at it. */
  @Test
  void whatIsKilledLeavesNoSecret_AndItsProgramsHaveNone() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    try (StandIn service =
        new StandIn(
            request -> {
              asked.countDown();
              await(killed);
              return StandIn.Answer.text("");
            })) {
      Run exec =
          watched
              .vend(
                  Shell.any(), stack, stack.people().session(), "exec", Answers.ROLE, "--", "true")
              .with("VEND_URL", service.url());
      Process process = exec.start();
      await(asked);
      searchRunning(process);
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly().waitFor();
      children.forEach(ProcessHandle::destroyForcibly);
      killed.countDown();
      for (Path file : watched.files()) {
        canaries.search("file after a kill", Files.readAllBytes(file));
      }
      watched.searchPrograms("a killed vend");
    }
    assertThat(canaries.hits()).isEmpty();
  }

  /** A part of the script that runs beside it is the same program, with what it was given. */
  private static void searchRunning(Process script) throws IOException {
    String own = read(script.pid(), "cmdline");
    List<String> commands = new ArrayList<>();
    for (ProcessHandle child : script.descendants().toList()) {
      String command = read(child.pid(), "cmdline");
      commands.add(command);
      canaries.search("arguments of a running program", command);
      if (!command.equals(own)) {
        canaries.search(
            "environment of " + command.replace('\0', ' '), read(child.pid(), "environ"));
      }
    }
    assertThat(commands).anyMatch(command -> own.isEmpty() || command.contains("curl"));
  }

  /** Empty where the system has no such file. */
  private static String read(long process, String name) throws IOException {
    Path file = Path.of("/proc", Long.toString(process), name);
    return Files.isReadable(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
        : "";
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void nothingFound() {
    assertThat(canaries.hits()).isEmpty();
  }
}
