package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One caller asks and the others wait, unless there is nothing to wait for. */
class CacheWaitTest {
  private static final int WAITERS = 5;
  private static final String[] LN_FAILURES = {
    "echo \"ln: failed to create symbolic link 'x': Read-only file system\" >&2; exit 1", "exit 1"
  };

  @TempDir Path home;

  /** Lets the first caller be answered when all others wait, and those when all have asked. */
  private static final class Crowd implements AutoCloseable {
    final CountDownLatch holding = new CountDownLatch(1);
    final AtomicInteger peak = new AtomicInteger();
    final StandIn service;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final CountDownLatch together = new CountDownLatch(WAITERS);
    private final CountDownLatch waiting = new CountDownLatch(WAITERS);
    private final AtomicInteger asked = new AtomicInteger();

    Crowd(StandIn.Answer answer) {
      service =
          new StandIn(
              request -> {
                if (request.path().startsWith("/waits/")) {
                  waiting.countDown();
                  return StandIn.Answer.text("");
                }
                if (asked.incrementAndGet() == 1) {
                  holding.countDown();
                  await(waiting);
                } else {
                  peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                  together.countDown();
                  await(together);
                  inFlight.decrementAndGet();
                }
                return answer;
              });
    }

    /** Shorter than the script's own timeout. */
    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(25, TimeUnit.SECONDS)) {
          // Once is enough to know.
          while (latch.getCount() > 0) {
            latch.countDown();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      service.close();
    }
  }

  static Stream<Arguments> answersThatAreNotKept() {
    return Shell.deal(
        Stream.of(
            Arguments.of(StandIn.Answer.problem(403, "Forbidden", ""), 1),
            Arguments.of(StandIn.Answer.json(Answers.credentials(Duration.ofMinutes(5))), 0)));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreNotKept")
  void answerThatIsNotKept_isAskedForByAllWhoWaitedAtOnce(
      Shell shell, StandIn.Answer answer, int exit) throws Exception {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    // The first pause of a caller tells that it waits.
    Programs.write(
        stubs.resolve("sleep"),
        "[ -e \"$HOME/waits.$PPID\" ] || { : > \"$HOME/waits.$PPID\";"
            + " curl -s \"$VEND_URL/waits/$PPID\"; }; exec \"%s\" \"$@\""
                .formatted(Shell.find("sleep").orElseThrow()));
    try (Crowd crowd = new Crowd(answer)) {
      List<Run> runs = new ArrayList<>();
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i <= WAITERS; i++) {
        Run run = cached(shell, crowd.service.url()).programsIn(stubs);
        runs.add(run);
        processes.add(run.start());
        assertThat(crowd.holding.await(30, TimeUnit.SECONDS)).isTrue();
      }
      for (int i = 0; i <= WAITERS; i++) {
        assertThat(runs.get(i).await(processes.get(i), Duration.ofMinutes(5)).exit())
            .isEqualTo(exit);
      }

      assertThat(crowd.peak).as("callers that asked at the same time").hasValue(WAITERS);
    }
  }

  private Run cached(Shell shell, String url) {
    return Run.vend(shell, home, "credentials", Answers.ROLE, "--cache").calling(url);
  }

  private Path stub(String program, String script) throws Exception {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Programs.write(stubs.resolve(program), script);
    return stubs;
  }

  static Stream<Arguments> failures() {
    return Shell.deal(Stream.of(LN_FAILURES));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whereNoLockCanBeMade_thereIsNoCache(Shell shell, String failure) throws Exception {
    try (StandIn service = StandIn.vending()) {
      Run.Result result = cached(shell, service.url()).programsIn(stub("ln", failure)).result();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out()).contains(Answers.ISSUED_ID);
      assertThat(result.err())
          .contains(
              "no cache: can't make a symbolic link in " + home.resolve(".cache/vend"),
              failure.contains("Read-only") ? ": Read-only file system" : ": ln fails");
      assertThat(service.requests).hasSize(1);
      assertThat(home.resolve(".cache/vend")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whereNoLockCanBeMade_aProfileFailsAtOnceAndSaysWhy(Shell shell, String failure)
      throws Exception {
    Path config = Files.createDirectories(home.resolve(".aws")).resolve("config");
    Files.writeString(config, "# mine\n");
    Path stubs = stub("ln", failure);
    Programs.write(stubs.resolve("sleep"), ": > \"$HOME/slept\"");
    Run.Result result =
        Run.vend(shell, home, "profile", Answers.ROLE)
            .calling("https://abc.execute-api.eu-west-1.amazonaws.com/prod")
            .programsIn(stubs)
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "can't write " + config,
            failure.contains("Read-only") ? ": Read-only file system" : ": ln fails");
    assertThat(home.resolve("slept")).doesNotExist();
    assertThat(config).hasContent("# mine\n");
  }

  /** Left by a process that was killed before the disk became read-only. */
  @Test
  void deadLockThatCantBeTakenAway_isNotWaitedFor() throws Exception {
    try (StandIn service = StandIn.vending()) {
      cached(Shell.any(), service.url()).result();
      Path entry;
      try (Stream<Path> files = Files.list(home.resolve(".cache/vend"))) {
        entry = files.toList().getFirst();
      }
      Files.delete(entry);
      Files.createSymbolicLink(
          entry.resolveSibling(entry.getFileName() + ".lock"), Path.of("vend-lock:x:1:1"));
      stub("mv", "exit 1");
      Run.Result result =
          cached(Shell.any(), service.url()).programsIn(stub("ln", LN_FAILURES[0])).result();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).contains("no cache", "Read-only file system");
      assertThat(service.requests).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsInTheLocksPlace_isNamed(boolean folder) throws Exception {
    Path lock = Files.createDirectories(home.resolve(".aws")).resolve(".config.vend-lock");
    if (folder) {
      Files.createDirectory(lock);
    } else {
      Files.createFile(lock);
    }
    Run.Result result =
        Run.vend(Shell.any(), home, "profile", Answers.ROLE)
            .calling("https://abc.execute-api.eu-west-1.amazonaws.com/prod")
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains(lock + " is not a lock", "remove it");
  }

  @Test
  void folderThatCantBeMade_isNamed() throws Exception {
    Path file = Files.createFile(home.resolve("file"));
    try (StandIn service = StandIn.vending()) {
      Run.Result result =
          cached(Shell.any(), service.url()).with("XDG_CACHE_HOME", file.toString()).result();

      assertThat(result.exit()).isZero();
      assertThat(result.err()).contains("no cache: can't make the folder " + file);
    }
  }
}
