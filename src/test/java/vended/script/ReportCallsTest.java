package vended.script;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.script.StandIn.Answer;
import vended.script.StandIn.Request;

/** A report that takes more than one call. */
class ReportCallsTest {
  private static final String PERIOD =
      "{\"since\":\"2026-01-01T00:00:00Z\",\"until\":\"2026-02-01T00:00:00Z\",";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  /** The detail quotes the word, as the service's does. */
  private static Answer part(String cursor) {
    String body =
        ("{\"complete\":false,\"progress\":0.4,\"detail\":\"Send it as \\\"cursor\\\", again.\","
                + "\"cursor\":\"%s\"}")
            .formatted(cursor);
    return new Answer(202, "application/json", body, Map.of());
  }

  private Run.Result report(Shell shell, StandIn service) {
    return Run.vend(shell, home, "audit", "report", "--during", "2026-01", "--format", "csv")
        .calling(service.url())
        .result();
  }

  @InShells
  void theLastCursorIsSentUntilTheReportIsThere_AlsoAfterAFailure(Shell shell) {
    // The largest one.
    String second = "b-_9".repeat(1_250_000);
    try (StandIn service =
        StandIn.inTurn(
            part("first-_0"),
            part(second),
            Answer.problem(503, "Unavailable", "Later."),
            new Answer(200, "text/csv; charset=utf-8", "caller\r\n", Map.of()))) {
      Run.Result result = report(shell, service);

      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo("caller\r\n");
      assertThat(result.exit()).isZero();
      assertThat(service.requests.stream().map(Request::body))
          .containsExactly(
              PERIOD + "\"format\":\"csv\"}",
              PERIOD + "\"format\":\"csv\",\"cursor\":\"first-_0\"}",
              PERIOD + "\"format\":\"csv\",\"cursor\":\"" + second + "\"}",
              PERIOD + "\"format\":\"csv\",\"cursor\":\"" + second + "\"}");
    }
  }

  /** The sum of many calls is not lost with the last try of one. */
  @InShells
  void aReportThatFailsGoesOnLater(Shell shell) throws Exception {
    Answer later = Answer.problem(503, "Unavailable", "Later.");
    Path rest;
    try (StandIn service = StandIn.inTurn(part("first-_0"), later, later, later)) {
      Run.Result result =
          Run.vend(shell, home, "audit", "report", "--during", "2026-01", "--format", "csv")
              .calling(service.url())
              .with("VEND_RETRY_SECONDS", "0")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      try (Stream<Path> files = Files.list(home)) {
        rest = files.filter(file -> file.toString().endsWith(".part")).findFirst().orElseThrow();
      }
      assertThat(result.err())
          .contains("vend audit report --continue ./" + rest.getFileName() + " > report.csv");
      assertThat(Files.getPosixFilePermissions(rest))
          .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
    }
    String request = PERIOD + "\"format\":\"csv\",\"cursor\":\"first-_0\"}";
    try (StandIn service =
        StandIn.inTurn(
            part("second"), new Answer(200, "text/csv; charset=utf-8", "caller\r\n", Map.of()))) {
      Run.Result result = continued(shell, service, rest);

      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo("caller\r\n");
      assertThat(service.requests.stream().map(Request::body))
          .containsExactly(request, request.replace("first-_0", "second"));
    }
    try (StandIn service = new StandIn(asked -> Answer.problem(400, "Invalid", "The cursor."))) {
      Run.Result result = continued(shell, service, rest);

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).doesNotContain("--continue");
    }
    for (String other : List.of("", "{}", request.replace("csv", "csv\",\"x\":\"$(touch x)"))) {
      try (StandIn service = StandIn.inTurn()) {
        Run.Result result = continued(shell, service, Files.writeString(rest, other));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(service.requests).isEmpty();
      }
    }
  }

  /** Credentials can expire while a report is made. */
  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void aReportWhoseCallIsRefusedForNowGoesOnLater(int status) {
    Answer refusal = Answer.problem(status, "Refused", "Not now.");
    try (StandIn service = StandIn.inTurn(part("first"), refusal, refusal, refusal)) {
      Run.Result result =
          Run.vend(Shell.any(), home, "audit", "report", "--during", "2026-01")
              .calling(service.url())
              .with("VEND_RETRY_SECONDS", "0")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("(HTTP " + status + ")", "vend audit report --continue ./");
    }
  }

  @Test
  void aReportThatGoesOnHasItsOwnFormat() throws Exception {
    Path rest = home.resolve("rest.part");
    Files.writeString(rest, PERIOD + "\"format\":\"csv\",\"cursor\":\"first\"}");
    try (StandIn service = StandIn.inTurn()) {
      Run.Result result =
          Run.vend(
                  Shell.any(),
                  home,
                  "audit",
                  "report",
                  "--continue",
                  rest.toString(),
                  "--format",
                  "json")
              .calling(service.url())
              .result();

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("its own period and format");
      assertThat(service.requests).isEmpty();
    }
  }

  private Run.Result continued(Shell shell, StandIn service, Path rest) {
    return Run.vend(shell, home, "audit", "report", "--continue", rest.toString())
        .calling(service.url())
        .result();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\\\\nb"})
  void aCursorOfOtherCharactersIsNotSent(String cursor) {
    try (StandIn service = new StandIn(request -> part(cursor))) {
      Run.Result result = report(Shell.any(), service);

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("the cursor in the answer is invalid");
      assertThat(service.requests).hasSize(1);
    }
  }
}
