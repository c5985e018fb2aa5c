package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A signal to the script alone, as a build service sends it, ends all that it started. */
class SignalTest {
  @TempDir Path home;

  /** The time-out is much longer than the test waits. */
  private Run slow(Shell shell, String url, String... arguments) throws Exception {
    return Run.vend(shell, home, arguments)
        .calling(url)
        .with("TMPDIR", Files.createDirectories(home.resolve("tmp")).toString())
        .with("VEND_TIMEOUT", "600");
  }

  private void assertEndsAll(Run run, CountDownLatch asked, String signal, int status)
      throws Exception {
    Process process = run.start();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    List<ProcessHandle> started = process.descendants().toList();
    assertThat(started).isNotEmpty();
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

    assertThat(run.await(process).exit()).isEqualTo(status);
    for (ProcessHandle handle : started) {
      handle.onExit().get(20, TimeUnit.SECONDS);
    }
    try (Stream<Path> left = Files.list(home.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  private static RawServer hanging(CountDownLatch asked) {
    return new RawServer(
        (socket, out) -> {
          asked.countDown();
          // Until curl is gone.
          socket.getInputStream().read();
        });
  }

  @ParameterizedTest
  @MethodSource("vended.script.Shell#evenBash")
  void signalWhileTheServiceIsSilent_endsCurl(Shell shell) throws Exception {
    for (String signal : List.of("TERM", "HUP")) {
      CountDownLatch asked = new CountDownLatch(1);
      try (RawServer server = hanging(asked)) {
        Run run = slow(shell, server.url(), "credentials", Answers.ROLE, "--cache");

        assertEndsAll(run, asked, signal, signal.equals("TERM") ? 143 : 129);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("vended.script.Shell#evenBash")
  void signalWhileAnAuditorWaits_removesTheFolderToo(Shell shell) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server = hanging(asked)) {
      assertEndsAll(slow(shell, server.url(), "audit", "report"), asked, "TERM", 143);
    }
  }

  @Test
  void signalWhileMetadataIsSilent_endsCurl() throws Exception {
    for (Shell shell : Shell.evenBash().toList()) {
      CountDownLatch asked = new CountDownLatch(1);
      try (RawServer server = hanging(asked)) {
        Path aws = Files.createDirectories(home.resolve("cli"));
        Programs.write(aws.resolve("aws"), "exec curl -s '%s'".formatted(server.url()));
        Run run =
            slow(shell, "http://127.0.0.1:1", "credentials", Answers.ROLE, "--as", "ci")
                .programsIn(aws);

        assertEndsAll(run, asked, "TERM", 143);
      }
    }
  }

  /** Between two tries. */
  @Test
  void signalDuringAPause_endsIt() throws Exception {
    Path naps = Files.createDirectories(home.resolve("naps"));
    String sleep = Shell.find("sleep").orElseThrow().toString();
    for (Shell shell : List.of(Shell.any())) {
      CountDownLatch asked = new CountDownLatch(1);
      try (StandIn service =
              new StandIn(
                  request ->
                      StandIn.Answer.problem(503, "Unavailable", "").header("Retry-After", "300"));
          RawServer sleeping = hanging(asked)) {
        Programs.write(
            naps.resolve("sleep"),
            "curl -s '%s' & exec %s \"$@\"".formatted(sleeping.url(), sleep));
        Run run =
            slow(shell, service.url(), "credentials", Answers.ROLE)
                .with("VEND_RETRY_SECONDS", "900")
                .programsIn(naps);
        Process process = run.start();
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        List<ProcessHandle> started =
            process
                .descendants()
                .filter(handle -> !handle.info().command().orElse("").endsWith("curl"))
                .toList();
        process.destroy();

        assertThat(run.await(process).exit()).isEqualTo(143);
        for (ProcessHandle handle : started) {
          handle.onExit().get(20, TimeUnit.SECONDS);
        }
      }
    }
  }

  @Test
  void folderThatTakesNoPipe_isNoHindrance() throws Exception {
    try (StandIn service = StandIn.vending()) {
      var result =
          slow(Shell.any(), service.url(), "credentials", Answers.ROLE)
              .with("TMPDIR", "/proc/nowhere")
              .result();

      assertThat(result.err()).isEmpty();
      assertThat(result.exit()).isZero();
    }
  }
}
