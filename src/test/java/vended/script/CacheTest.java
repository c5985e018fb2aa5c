package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheTest {
  @TempDir Path home;
  private Path folder;

  @BeforeEach
  void folder() {
    folder = home.resolve(".cache/vend");
  }

  private Run cached(Shell shell, StandIn service, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "credentials";
    arguments[1] = Answers.ROLE;
    arguments[2] = "--cache";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Run.vend(shell, home, arguments).calling(service.url());
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @InShells(always = true)
  void secondCall_isServedFromAFileThatOnlyTheUserReads(Shell shell) throws Exception {
    try (StandIn service = StandIn.vending()) {
      var first = cached(shell, service).result();
      var second = cached(shell, service).result();

      assertThat(first.exit()).isZero();
      assertThat(second).isEqualTo(first);
      assertThat(service.requests).hasSize(1);
      assertThat(files()).hasSize(1);
      assertThat(mode(folder)).isEqualTo("rwx------");
      assertThat(mode(files().getFirst())).isEqualTo("rw-------");
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void withoutTheOption_nothingIsKept() {
    try (StandIn service = StandIn.vending()) {
      Run.vend(Shell.any(), home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(home.resolve(".cache")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 899})
  void credentialsWithUnder15Minutes_areNotServed(int seconds) {
    try (StandIn service =
        new StandIn(
            request -> StandIn.Answer.json(Answers.credentials(Duration.ofSeconds(seconds))))) {
      cached(Shell.any(), service).result();
      cached(Shell.any(), service).result();

      assertThat(service.requests).hasSize(2);
    }
  }

  @Test
  void anotherCallerRoleUrlOrOption_isAnotherEntry() {
    try (StandIn service =
        new StandIn(
            request ->
                StandIn.Answer.json(
                    request.body().contains("Other")
                        ? Answers.credentials().replace("assumed-role/Deploy", "assumed-role/Other")
                        : Answers.credentials()))) {
      cached(Shell.any(), service).result();
      cached(Shell.any(), service).with("AWS_ACCESS_KEY_ID", "AKIAOTHER00000000000").result();
      cached(Shell.any(), service, "--duration", "15m").result();
      cached(Shell.any(), service, "--context", "a=b").result();
      cached(Shell.any(), service, "--url", service.url() + "/prod").result();
      Run.vend(Shell.any(), home, "credentials", Answers.ROLE.replace("Deploy", "Other"), "--cache")
          .calling(service.url())
          .result();

      assertThat(service.requests).hasSize(6);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"Version\":1,\"AccessKeyId\":\"ASIA", "not JSON", "{\"Version\":1}"})
  void tornFile_isIgnoredAndReplaced(String torn) throws Exception {
    try (StandIn service = StandIn.vending()) {
      String whole = cached(Shell.any(), service).result().out();
      Files.writeString(files().getFirst(), torn);
      var result = cached(Shell.any(), service).result();

      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains(Answers.ISSUED_ID).hasSameSizeAs(whole);
      assertThat(service.requests).hasSize(2);
    }
  }

  @InShells
  void manyAtOnce_askTheServiceOnce(Shell shell) {
    try (StandIn service = StandIn.vending()) {
      List<Run> runs = new ArrayList<>();
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Run run = cached(shell, service);
        runs.add(run);
        processes.add(run.start());
      }
      for (int i = 0; i < 6; i++) {
        var result = runs.get(i).await(processes.get(i));
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains(Answers.ISSUED_ID);
      }

      assertThat(service.requests).hasSize(1);
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void lockOfADeadProcess_isNoObstacle() throws Exception {
    try (StandIn service = StandIn.vending()) {
      cached(Shell.any(), service).result();
      Path entry = files().getFirst();
      Files.delete(entry);
      Path lock = folder.resolve(entry.getFileName() + ".lock");
      String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      Process gone = new ProcessBuilder("true").start();
      gone.waitFor();
      Files.createSymbolicLink(
          lock,
          Path.of(
              "vend-lock:%s:%d:%d".formatted(host, gone.pid(), System.currentTimeMillis() / 1000)));
      var result = cached(Shell.any(), service).result();

      assertThat(result.exit()).isZero();
      assertThat(files()).containsExactly(entry);
    }
  }

  @ParameterizedTest
  @CsvSource({"190, true", "3600, false"})
  void lockOfALivingProcess_isWaitedForAsLongAsACallCanTake(int age, boolean waits)
      throws Exception {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Programs.write(
        stubs.resolve("sleep"),
        "for lock in \"$HOME\"/.cache/vend/*.lock; do [ ! -L \"$lock\" ] || : > \"$HOME/waited\";"
            + " rm -f \"$lock\"; done");
    try (StandIn service = StandIn.vending()) {
      cached(Shell.any(), service).result();
      Path entry = files().getFirst();
      Files.delete(entry);
      Files.createSymbolicLink(
          folder.resolve(entry.getFileName() + ".lock"),
          Path.of(
              "vend-lock:%s:%d:%d"
                  .formatted(
                      Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(),
                      ProcessHandle.current().pid(),
                      System.currentTimeMillis() / 1000 - age)));
      var result =
          cached(Shell.any(), service).with("VEND_TIMEOUT", "60").programsIn(stubs).result();

      assertThat(result.exit()).isZero();
      assertThat(Files.exists(home.resolve("waited"))).isEqualTo(waits);
    }
  }

  @InShells
  void signal_endsItAtOnceAndIsNoObstacleForTheNext(Shell shell) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer slow =
            new RawServer(
                (socket, out) -> {
                  asked.countDown();
                  socket.getInputStream().read();
                });
        StandIn service = StandIn.vending()) {
      Run run = cached(shell, service, "--url", slow.url()).with("VEND_TIMEOUT", "600");
      Process process = run.start();
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      process.destroy();

      assertThat(run.await(process).exit()).isEqualTo(143);
      assertThat(cached(shell, service).result().exit()).isZero();
    }
  }

  @Test
  void withoutAHome_thereIsNoCache() {
    try (StandIn service = StandIn.vending()) {
      var result = cached(Shell.any(), service).without("HOME").result();

      assertThat(result.exit()).isZero();
      assertThat(result.err()).contains("no cache: HOME is not set");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxr-xr-x", "rwx--x---"})
  void folderThatOthersCanEnter_isNotUsed(String mode) throws Exception {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    try (StandIn service = StandIn.vending()) {
      var result = cached(Shell.any(), service).result();

      assertThat(result.exit()).isZero();
      assertThat(result.err()).contains("no cache");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void refusal_isNotKept() {
    try (StandIn service =
        StandIn.inTurn(
            StandIn.Answer.problem(403, "Forbidden", ""),
            StandIn.Answer.json(Answers.credentials()))) {
      assertThat(cached(Shell.any(), service).result().exit()).isEqualTo(1);
      assertThat(files()).isEmpty();
      assertThat(cached(Shell.any(), service).result().exit()).isZero();
    }
  }

  /** A clock that was fast when the entry was written, and the service's that still is. */
  @ParameterizedTest
  @ValueSource(strings = {"10 minutes ago", "3 days ago", "400 days ago"})
  void clockThatWasSetBack_makesNoEntryLastLonger(String now) throws Exception {
    Path clock = Files.createDirectories(home.resolve("clock"));
    Programs.write(
        clock.resolve("date"),
        "exec %s -d '%s' \"$@\"".formatted(Shell.find("date").orElseThrow(), now));
    try (StandIn service = StandIn.vending()) {
      cached(Shell.any(), service).result();
      var second = cached(Shell.any(), service).programsIn(clock).result();

      assertThat(second.exit()).isZero();
      assertThat(service.requests).hasSize(2);
    }
  }

  @Test
  void entryThatLastsLongerThanAnyVend_isNotBelieved() {
    try (StandIn service =
        new StandIn(request -> StandIn.Answer.json(Answers.credentials(Duration.ofDays(2))))) {
      cached(Shell.any(), service).result();
      cached(Shell.any(), service).result();

      assertThat(service.requests).hasSize(2);
    }
  }
}
