package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command whose credentials are renewed until it ends. */
class RenewTest {
  /** Reads its credentials until it has seen those of four sessions. */
  private static final String SESSIONS =
      """
      print=${AWS_CONFIG_FILE%/*}/print
      last= n=0
      while [ $n -lt 4 ]; do
        line=$(sh "$print") || exit 99
        id=${line#*AccessKeyId\\":\\"} id=${id%%\\"*}
        [ "$id" = "$last" ] || { n=$((n + 1)); echo "$id"; }
        last=$id
        sleep 0.1
      done
      """;

  private static final String WAIT =
      ": > ready; while [ -e ready ] && [ ! -e go ]; do sleep 0.05; done\n";

  @TempDir Path home;

  /** Other tests' processes have the usual keys in their environment. */
  private final String secret = "secret" + UUID.randomUUID();

  private final String token = "token" + UUID.randomUUID();

  /** The script in a shell, which starts the script in the same one. */
  private Run exec(Shell shell, StandIn service, String program) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    String interpreter =
        Shell.find(shell.command().getFirst()).orElseThrow()
            + " "
            + String.join(" ", shell.command().subList(1, shell.command().size()));
    String vend = Files.readString(Run.VEND);
    Files.writeString(bin.resolve("vend"), "#!" + interpreter + vend.substring(vend.indexOf('\n')));
    assertThat(bin.resolve("vend").toFile().setExecutable(true)).isTrue();
    Files.copy(Run.VEND.resolveSibling("vend-more"), bin.resolve("vend-more"));
    String[] command = {"exec", "--renew", Answers.ROLE, "--", "sh", "-c", program};
    return Run.vend(shell, home, command)
        .script(bin.resolve("vend"))
        .calling(service.url())
        .with("AWS_SECRET_ACCESS_KEY", secret)
        .with("AWS_SESSION_TOKEN", token)
        .with("TMPDIR", Files.createDirectories(home.resolve("tmp")).toString());
  }

  /** Sessions of two seconds, each with another key. */
  private static StandIn shortSessions(int most) {
    AtomicInteger count = new AtomicInteger();
    return new StandIn(
        request -> {
          int n = count.incrementAndGet();
          return n > most
              ? StandIn.Answer.problem(403, "Forbidden", "There is no grant.")
              : StandIn.Answer.json(
                  Answers.credentials(Duration.ofSeconds(2))
                      .replace(Answers.ISSUED_ID, "ASIASESSION%09d".formatted(n)));
        });
  }

  private Process ready(Run run) throws Exception {
    Process process = run.start();
    while (!Files.exists(home.resolve("ready"))) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
    }
    return process;
  }

  private void assertNothingIsLeft() throws IOException {
    Processes.awaitEnd(renewers());
    try (Stream<Path> left = Files.list(home.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  private List<ProcessHandle> renewers() {
    return ProcessHandle.allProcesses()
        .filter(process -> read(process, "cmdline").contains(home + "/bin/vend\0renewer"))
        .toList();
  }

  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void commandThatOutlivesThreeSessions_hasCredentialsAllTheTime(Shell shell) throws Exception {
    try (StandIn service = shortSessions(99)) {
      Run.Result result = exec(shell, service, SESSIONS + "exit 7").result();

      assertThat(result.err()).isEmpty();
      assertThat(result.exit()).isEqualTo(7);
      assertThat(result.out().lines()).hasSize(4).doesNotHaveDuplicates();
      assertThat(service.requests)
          .allMatch(request -> request.body().equals(service.requests.getFirst().body()))
          .allMatch(request -> request.header("X-Amz-Security-Token").equals(token));
    }
    assertNothingIsLeft();
  }

  static Stream<Shell> shells() {
    return Shell.matrix(RenewTest.class);
  }

  /**
   * The program also closes the file by which vend sees it end, as scripts do that choose numbers
   * of files themselves. It is renewed all the same.
   */
  @Test
  void callersKeys_areInNoEnvironmentArgumentOrFile() throws Exception {
    try (StandIn service = shortSessions(99)) {
      Run run =
          exec(Shell.any(), service, "exec 8>other\nenv\n" + WAIT)
              .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/" + secret)
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN", secret)
              .with("AWS_PROFILE", "other")
              .with("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")
              .with("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/x")
              .with("AWS_CREDENTIAL_EXPIRATION", Answers.in(Duration.ofHours(1)))
              .with("PATH", Run.programs() + ":/usr/bin:/bin");
      Process process = ready(run);
      while (service.requests.size() < 2) {
        assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
      }
      assertThat(renewers()).isNotEmpty();
      // A program that the renewer started may have ended meanwhile: then there is nothing to read.
      assertThat(renewers())
          .allMatch(renewer -> read(renewer, "limits").matches("(?s)|.*Max core file size +0 .*"));
      assertThat(process.children()).allMatch(child -> !read(child, "cmdline").contains("vend"));
      assertThat(ProcessHandle.allProcesses().filter(this::showsASecret)).isEmpty();
      try (Stream<Path> files = Files.walk(home.resolve("tmp"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.getPosixFilePermissions(file)).hasSizeLessThanOrEqualTo(2);
          assertThat(Files.readString(file)).doesNotContain(secret, token, Answers.CALLER_ID);
        }
      }
      Files.createFile(home.resolve("go"));
      Run.Result result = run.await(process);

      assertThat(result.err()).contains("your own credentials expire at 20");
      assertThat(
              result.out().lines().filter(line -> line.startsWith("AWS_")).map(RenewTest::nameOf))
          .containsExactlyInAnyOrder(
              "AWS_ACCOUNT_ID",
              "AWS_CONFIG_FILE",
              "AWS_EC2_METADATA_DISABLED",
              "AWS_REGION",
              "AWS_SDK_LOAD_CONFIG",
              "AWS_SHARED_CREDENTIALS_FILE");
    }
    assertNothingIsLeft();
  }

  private boolean showsASecret(ProcessHandle process) {
    String shown = read(process, "environ") + read(process, "cmdline");
    return shown.contains(secret) || shown.contains(token);
  }

  private static String nameOf(String line) {
    return line.substring(0, line.indexOf('='));
  }

  /** What the service says reaches the user, and whoever asks for credentials afterwards. */
  @Test
  void revokedGrant_endsTheRenewalWithTheServicesReason() throws Exception {
    String program =
        """
        print=${AWS_CONFIG_FILE%/*}/print
        while sh "$print" >/dev/null 2>said; do sleep 0.1; done
        cat said
        exit 5
        """;
    try (StandIn service = shortSessions(1)) {
      Run.Result result = exec(Shell.any(), service, program).result();

      assertThat(result.exit()).isEqualTo(5);
      for (String told : List.of(result.out(), result.err())) {
        assertThat(told)
            .contains("can't renew the credentials of " + Answers.ROLE)
            .contains("Forbidden (HTTP 403)", "There is no grant.", "vend why " + Answers.VEND_ID);
      }
      assertThat(service.requests).hasSize(2);
    }
    assertNothingIsLeft();
  }

  /** As on a full disk, where the reason can't be written either. */
  @Test
  void renewalThatCannotWrite_saysSo() throws Exception {
    String program =
        """
        mkdir "${AWS_CONFIG_FILE%/*}/said"
        n=0
        while [ ! -e "${AWS_CONFIG_FILE%/*}/failure" ] && [ $n -lt 100 ]; do n=$((n + 1)); sleep 0.1; done
        """;
    try (StandIn service = shortSessions(1)) {
      Run.Result result = exec(Shell.any(), service, program).result();

      assertThat(result.err())
          .contains("can't renew the credentials of " + Answers.ROLE)
          .contains("vend: can't write into " + home);
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void signals_reachTheCommand(Shell shell) throws Exception {
    try (StandIn service = StandIn.vending()) {
      Run run = exec(shell, service, "trap 'echo told; exit 9' INT TERM\n" + WAIT);
      Process process = ready(run);
      process.destroy();
      Run.Result result = run.await(process);

      assertThat(result.exit()).isEqualTo(9);
      assertThat(result.out()).isEqualTo("told\n");
    }
    assertNothingIsLeft();
  }

  @Test
  void commandThatIsKilled_leavesNothingBehind() throws Exception {
    try (StandIn service = StandIn.vending()) {
      Run run = exec(Shell.any(), service, WAIT);
      Process process = ready(run);
      process.destroyForcibly();

      assertThat(run.await(process).exit()).isEqualTo(137);
      Files.createFile(home.resolve("go"));
    }
    assertNothingIsLeft();
  }

  @Test
  void settingsOfTheDefaultProfile_stay() throws Exception {
    Files.createDirectory(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        "[default]\nregion = eu-north-1\naws_access_key_id = AKIDINTHEFILE0000000\n");
    try (StandIn service = StandIn.vending()) {
      Run.Result result = exec(Shell.any(), service, "cat \"$AWS_CONFIG_FILE\"").result();

      assertThat(result.out()).contains("region = eu-north-1").doesNotContain("AKID");
    }
  }

  @Test
  void withoutTheFileThatRenews_noCredentialsAreRequested() throws Exception {
    try (StandIn service = StandIn.vending()) {
      Run run = exec(Shell.any(), service, "true");
      Files.delete(home.resolve("bin/vend-more"));
      Run.Result result = run.result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("vend-more, which is missing");
      assertThat(service.requests).isEmpty();
    }
  }

  @Test
  void withoutATemporaryFolder_noCredentialsAreRequested() throws Exception {
    Files.createDirectories(home.resolve("tmp;x"));
    try (StandIn service = StandIn.vending()) {
      Run run = exec(Shell.any(), service, "true");
      for (String folder : List.of(home + "/missing", home + "/tmp;x")) {
        Run.Result result = run.with("TMPDIR", folder).result();

        assertThat(result.exit()).as(result.err()).isBetween(1, 2);
        assertThat(result.err()).contains(folder);
      }
      assertThat(service.requests).isEmpty();
    }
  }
}
