package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.script.StandIn.Answer;

/**
 * What {@code vend} does when a change may stand and no answer says so. To send it again could undo
 * what a colleague did in between, or say that somebody else made the change.
 */
class LostAnswerTest {
  private static final String ACCOUNT = "555566667777";
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";
  private static final String BUILDER = "arn:aws:iam::111122223333:role/Builder";
  private static final String LINE =
      "{\"caller\":\"%s\",\"roleArn\":\"%s\",\"unpinned\":true}".formatted(BUILDER, ROLE);
  private static final Answer LOST =
      new Answer(
          504,
          "application/problem+json",
          "{\"title\":\"Gateway Timeout\",\"status\":504,\"code\":\"timeout\"}",
          Map.of());

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private final List<String> changes = new CopyOnWriteArrayList<>();

  static Stream<Shell> shells() {
    return Shell.matrix(LostAnswerTest.class);
  }

  /** Answers what reads, and to a change what is given. */
  private StandIn service(Answer change) {
    return new StandIn(
        request -> {
          if (request.path().equals("/clients/list")) {
            return Answer.json(
                "{\"client\":{\"account\":\"%s\",\"name\":\"C\",\"version\":1,\"roles\":[]}}"
                    .formatted(ACCOUNT));
          }
          if (request.body().contains("\"plan\":true")) {
            return Answer.json(result("create", ""));
          }
          changes.add(request.path());
          return change;
        });
  }

  private static String result(String action, String more) {
    return "{\"results\":[{\"caller\":\"%s\",\"roleArn\":\"%s\",\"action\":\"%s\"%s}]}"
        .formatted(BUILDER, ROLE, action, more);
  }

  private Run run(Shell shell, String url, String command) throws Exception {
    Path file = Files.writeString(home.resolve("grants.jsonl"), LINE + "\n");
    String[] words =
        command
            .replace("ACCOUNT", ACCOUNT)
            .replace("CALLER", BUILDER)
            .replace("ROLE", ROLE)
            .replace("FILE", file.toString())
            .split(" ", -1);
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Programs.write(stubs.resolve("sleep"), "exit 0");
    return Run.vend(shell, home, words).calling(url).programsIn(stubs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "client resume ACCOUNT",
        "client put ACCOUNT --name N",
        "grant remove CALLER ROLE",
        "grant apply FILE --yes --keep-others"
      })
  void aChangeThatMayStandIsSentOnce_AndThatIsSaid(String command) throws Exception {
    try (StandIn service = service(LOST)) {
      Run.Result result = run(Shell.any(), service.url(), command).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("HTTP 504", "may have been carried out");
      assertThat(changes).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aConnectionThatEndsWithoutAnAnswerLeavesAChangeOpen(Shell shell) throws Exception {
    try (RawServer service = new RawServer((socket, out) -> {})) {
      Run.Result result = run(shell, service.url(), "start").result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("no answer", "may have been carried out");
      assertThat(service.connections).hasValue(1);
    }
  }

  /** What makes it stricter is safe to repeat, and so is what only looks. */
  @ParameterizedTest
  @CsvSource({"stop, 3", "client suspend ACCOUNT, 3"})
  void whatIsSafeToRepeatIsSentAgain(String command, int times) throws Exception {
    try (StandIn service = service(LOST)) {
      Run.Result result = run(Shell.any(), service.url(), command).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).doesNotContain("may have been carried out");
      assertThat(changes).hasSize(times);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | 'code':'throttled' | 3",
        "503 | 'code':'unavailable','retryable':true | 3",
        "503 | 'code':'unsure','retryable':false | 1",
        "500 | 'message':'Internal server error' | 1"
      },
      quoteCharacter = '`')
  void aChangeThatWasSurelyNotMadeIsSentAgain(int status, String members, int times)
      throws Exception {
    String body = "{'title':'Failed','status':%d,%s}".formatted(status, members);
    Answer answer =
        new Answer(status, "application/problem+json", body.replace('\'', '"'), Map.of());
    try (StandIn service = service(answer)) {
      Run.Result result = run(Shell.any(), service.url(), "start").result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(changes).hasSize(times);
    }
  }

  @Test
  void aChangeIsSentAgainWhereNobodyListened() throws Exception {
    String url;
    try (StandIn gone = StandIn.vending()) {
      url = gone.url();
    }
    Run.Result result = run(Shell.any(), url, "start --verbose").result();

    assertThat(result.err())
        .contains("try 2 of 3", "curl 7")
        .doesNotContain("may have been carried out");
  }

  @Test
  void aLineThatMayStandIsNotSentAgain_AndOneThatDoesNotIs() throws Exception {
    for (String code : List.of("unsure", "unavailable")) {
      changes.clear();
      String more = ",\"code\":\"%s\",\"detail\":\"D.\"".formatted(code);
      try (StandIn service = service(Answer.json(result("failed", more)))) {
        Run.Result result =
            run(Shell.any(), service.url(), "grant apply FILE --yes --keep-others").result();

        assertThat(result.err()).contains(code, "run the command again");
        assertThat(changes).hasSize(code.equals("unsure") ? 1 : 4);
      }
    }
  }
}
