package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vend why} and {@code vend status}: what they print, and their exit codes. */
class AccessAnswersTest {
  private static final String ID = "01KG9VQ9E0TSV4RRFFQ69G5FAV";
  private static final String CALLER = "arn:aws:iam::111122223333:role/Deployer";
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private Run.Result vend(String answer, String... arguments) {
    try (StandIn service = new StandIn(request -> StandIn.Answer.json(answer))) {
      return Run.vend(Shell.any(), home, arguments).calling(service.url()).result();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 3", "null, 1", "'\"true\"', 1", "1, 1"})
  void theExitCodeIsTheAnswer(String value, int exit) {
    String answer =
        "{\"vendedNow\":%1$s,\"allRight\":%1$s,\"table\":[\"one\",\"\",\"two\"]}".formatted(value);

    for (List<String> command : List.of(List.of("why", ID), List.of("status"))) {
      Run.Result result = vend(answer, command.toArray(String[]::new));

      assertThat(result.exit()).as(result.err()).isEqualTo(exit);
      assertThat(result.out()).isEqualTo("one\n\ntwo\n");
    }
    Run.Result quiet = vend(answer, "status", "--quiet");
    assertThat(quiet.exit()).isEqualTo(exit);
    assertThat(quiet.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"why " + ID, "why " + CALLER + " " + ROLE, "status"})
  void jsonIsPrintedAsItIs(String command) {
    String answer = "{\"vendedNow\":false,\"allRight\":false,\"findings\":[]}";

    Run.Result result = vend(answer, (command + " --format json").split(" ", -1));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).isEqualTo(answer + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"why", "status"})
  void nothingOfAnAnswerIsEvaluated_OrMovesTheCursor(String command) {
    String hostile = "$(touch pwned) `touch pwned` %s \\\\n \u202E\u009B\\u001b[31m\\nvend stop";

    Run.Result result =
        vend(
            "{\"vendedNow\":true,\"allRight\":true,\"table\":[\"%s\"]}".formatted(hostile),
            command.equals("why") ? new String[] {"why", ID} : new String[] {command});

    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith("$(touch pwned) `touch pwned` %s \\n ").hasLineCount(1);
    assertThat(result.out()).doesNotContain("\u202E", "\u009B", "\u001B");
    assertThat(home.resolve("pwned")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "why",
        "why x/y",
        "why " + CALLER,
        "why " + ID + " " + ROLE,
        "why " + CALLER + " " + ROLE + " more",
        "why " + ID + " --quiet",
        "why " + ID + " --format csv",
        "status more",
        "status --format csv",
        "status --since 1d"
      })
  void otherArgumentsAreUsageErrors(String command) {
    Run.Result result = vend("{}", command.split(" ", -1));

    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"why " + ID, "status"})
  void aQuestionsOwnIdIsNoRecord(String command) {
    String problem =
        "{\"title\":\"Not Found\",\"detail\":\"No record.\",\"code\":\"no_record\",\"vendId\":\"%s\"}"
            .formatted(ID);
    try (StandIn service =
        new StandIn(
            request -> new StandIn.Answer(404, "application/problem+json", problem, Map.of()))) {
      Run.Result result =
          Run.vend(Shell.any(), home, command.split(" ", -1)).calling(service.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).isEqualTo("vend: Not Found (HTTP 404)\nvend:   No record.\n");
    }
  }
}
