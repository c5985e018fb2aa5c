package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    List<ProcessHandle> started = process.descendants().toList();
    assertThat(started).isNotEmpty();
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

    assertThat(run.await(process).exit()).isEqualTo(status);
    Processes.awaitEnd(started);
    try (Stream<Path> left = Files.list(home.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  /** Whether the build runs under nohup: a shell can't trap what was ignored when it started. */
  private static boolean ignoresHangUp() throws Exception {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
  }

  private static RawServer hanging(CountDownLatch asked) {
    return new RawServer(
        (socket, out) -> {
          asked.countDown();
          // Until curl is gone.
          socket.getInputStream().read();
        });
  }

  @InShells(evenBash = true, always = true)
  void signalWhileTheServiceIsSilent_endsCurl(Shell shell) throws Exception {
    for (String signal : ignoresHangUp() ? List.of("TERM") : List.of("TERM", "HUP")) {
      CountDownLatch asked = new CountDownLatch(1);
      try (RawServer server = hanging(asked)) {
        Run run = slow(shell, server.url(), "credentials", Answers.ROLE, "--cache");

        assertEndsAll(run, asked, signal, signal.equals("TERM") ? 143 : 129);
      }
    }
  }

  @InShells(evenBash = true)
  void signalWhileAnAuditorWaits_removesTheFolderToo(Shell shell) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server = hanging(asked)) {
      assertEndsAll(slow(shell, server.url(), "audit", "report"), asked, "TERM", 143);
    }
  }

  @Test
  void signalWhileMetadataIsSilent_endsCurl() throws Exception {
    for (Shell shell : Shell.matrix(SignalTest.class).toList()) {
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
    try (StandIn service =
        new StandIn(
            request ->
                StandIn.Answer.problem(503, "Unavailable", "").header("Retry-After", "300"))) {
      assertEndsThePause(Shell.any(), service, "credentials", Answers.ROLE);
    }
  }

  @InShells(evenBash = true)
  void signalWhileANewRoleIsWaitedFor_endsTheWait(Shell shell) throws Exception {
    String probe =
        "{\"probeId\":\"%s\",\"passed\":false,\"propagating\":true}".formatted(Answers.VEND_ID);
    try (StandIn service = new StandIn(request -> StandIn.Answer.json(probe))) {
      assertEndsThePause(shell, service, "client", "verify", Answers.ROLE, "--wait", "300");
    }
  }

  private void assertEndsThePause(Shell shell, StandIn service, String... arguments)
      throws Exception {
    Path naps = Files.createDirectories(home.resolve("naps"));
    String sleep = Shell.find("sleep").orElseThrow().toString();
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer sleeping = hanging(asked)) {
      Programs.write(
          naps.resolve("sleep"), "curl -s '%s' & exec %s \"$@\"".formatted(sleeping.url(), sleep));
      Run run =
          slow(shell, service.url(), arguments).with("VEND_RETRY_SECONDS", "900").programsIn(naps);
      Process process = run.start();
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      List<ProcessHandle> started =
          process
              .descendants()
              .filter(handle -> !handle.info().command().orElse("").endsWith("curl"))
              .toList();
      process.destroy();

      assertThat(run.await(process).exit()).isEqualTo(143);
      Processes.awaitEnd(started);
    }
  }

  static Stream<Arguments> pagingCommands() {
    String[] period = {"--since", "2026-01-01", "--until", "2026-01-03"};
    List<List<String>> commands =
        Stream.of(
                List.of("audit", "--all"),
                List.of("audit", "report"),
                List.of("audit", "export", "--output", "records"),
                List.of("audit", "reconcile"),
                List.of("grant", "export"),
                List.of("grant", "list"),
                List.of("client", "list"),
                List.of("roles"),
                List.of("roles", "--format", "json"))
            .map(
                command ->
                    command.getFirst().equals("audit")
                        ? Stream.concat(command.stream(), Stream.of(period)).toList()
                        : command)
            .toList();
    return Shell.deal(commands.stream(), Shell.evenBash().toList());
  }

  private static StandIn.Answer firstPage(StandIn.Request request) {
    return switch (request.path()) {
      case "/audit/query" -> StandIn.Answer.text("HEAD\nrow\n").header("Vend-Cursor", "Mg");
      case "/audit/reconcile" ->
          StandIn.Answer.json(
              "{\"events\":0,\"records\":0,\"matched\":0,"
                  + Answers.VENDOR_ROLE
                  + ",\"complete\":true,\"findings\":[]}");
      default ->
          StandIn.Answer.json(
              "{\"caller\":{},\"grants\":[],\"lines\":[\"{}\"],\"table\":\"x\\n"
                  + "\",\"cursor\":\"Mg\"}");
    };
  }

  /** A report has one page; of all others the second never comes. */
  @ParameterizedTest(name = "{1}, in {0}")
  @MethodSource("pagingCommands")
  void signalWhileAPageIsAwaited_endsAllAndLeavesNoFile(Shell shell, List<String> command)
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger pages = new AtomicInteger();
    try (StandIn service =
        new StandIn(
            request -> {
              if (pages.incrementAndGet() == 1 && !request.path().equals("/audit/report")) {
                return firstPage(request);
              }
              asked.countDown();
              return awaited(never);
            })) {
      Run run =
          slow(shell, service.url(), command.toArray(String[]::new)).input("{\"Records\":[]}");

      assertEndsAll(run, asked, "TERM", 143);
      never.countDown();
    }
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("records"));
    }
  }

  /** What was added up before is not lost, and whoever interrupted it is told where it is. */
  @InShells(evenBash = true)
  void signalWhileALaterPartOfAReportIsAwaited_keepsTheSum(Shell shell) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger parts = new AtomicInteger();
    String part = "{\"complete\":false,\"progress\":0.4,\"cursor\":\"first\"}";
    try (StandIn service =
        new StandIn(
            request -> {
              if (parts.incrementAndGet() == 1) {
                return new StandIn.Answer(202, "application/json", part, Map.of());
              }
              asked.countDown();
              return awaited(never);
            })) {
      Run run = slow(shell, service.url(), "audit", "report", "--during", "2026-01");
      Process process = run.start();
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      List<ProcessHandle> started = process.descendants().toList();
      process.destroy();
      // The last of them tells.
      Processes.awaitEnd(started);
      Run.Result result = run.await(process);
      never.countDown();

      assertThat(result.exit()).isEqualTo(143);
      try (Stream<Path> left = Files.list(home)) {
        String rest =
            left.map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".part"))
                .findFirst()
                .orElseThrow();
        assertThat(result.err()).contains("vend audit report --continue ./" + rest);
      }
    }
  }

  private static StandIn.Answer awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StandIn.Answer.text("");
  }

  /** awk reads an answer when curl is done. */
  @InShells(evenBash = true)
  void signalWhileAnAnswerIsRead_removesTheFolderToo(Shell shell) throws Exception {
    Path slow = Files.createDirectories(home.resolve("slow"));
    String awk = Shell.find("awk").orElseThrow().toString();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (StandIn service = new StandIn(request -> StandIn.Answer.text(""));
        RawServer reading =
            new RawServer(
                (socket, out) -> {
                  asked.countDown();
                  release.await();
                })) {
      Programs.write(
          slow.resolve("awk"),
          "case $* in *vend-cursor*) curl -s '%s' ;; esac\nexec %s \"$@\""
              .formatted(reading.url(), awk));
      Run run = slow(shell, service.url(), "audit", "report").programsIn(slow);
      Process process = run.start();
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      List<ProcessHandle> started = process.descendants().toList();
      process.destroy();

      assertThat(run.await(process).exit()).isEqualTo(143);
      release.countDown();
      Processes.awaitEnd(started);
      try (Stream<Path> left = Files.list(home.resolve("tmp"))) {
        assertThat(left).isEmpty();
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
