package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
  @TempDir Path home;

  @InShells
  void serviceThatIsBusyTwice_isAskedAThirdTime(Shell shell) {
    try (StandIn service =
        StandIn.inTurn(
            StandIn.Answer.problem(429, "Too many", "Slow down."),
            StandIn.Answer.problem(503, "Unavailable", "Later."),
            StandIn.Answer.json(Answers.credentials()))) {
      var result = run(shell, service.url());

      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains(Answers.ISSUED_ID);
      assertThat(service.requests).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void serviceThatStaysBusy_isAskedThreeTimesAndNoMore(int status) {
    try (StandIn service =
        new StandIn(request -> StandIn.Answer.problem(status, "Busy", "Later."))) {
      var result = run(Shell.any(), service.url());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("HTTP " + status, "Later.", "tried 3 times");
      assertThat(service.requests).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 413})
  void refusal_isFinal(int status) {
    try (StandIn service = new StandIn(request -> StandIn.Answer.problem(status, "No", "Never."))) {
      var result = run(Shell.any(), service.url());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("No (HTTP " + status + ")", "Never.");
      assertThat(service.requests).hasSize(1);
    }
  }

  /** The service knows; without its word, as from API Gateway, the status and code decide. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "502, \"retryable\":false, 1",
        "503, \"retryable\":false, 1",
        "500, \"retryable\":true, 3",
        "502, \"retryable\":true, 3",
        "503, \"retryable\":\"no\", 3",
        "502, \"code\":\"sts_policy_malformed\", 1",
        "502, \"code\":\"integration_failure\", 3",
        "501, \"code\":\"x\", 1",
        "403, \"retryable\":true, 1",
      })
  void failureThatTheServiceCallsPermanent_isNotTriedAgain(int status, String member, int tries) {
    for (Shell shell : Shell.share(status + member, Shell.all().toList()).toList()) {
      try (StandIn service =
          new StandIn(
              request ->
                  new StandIn.Answer(
                      status,
                      "application/problem+json",
                      "{\"title\":\"Failed\",\"status\":%d,%s}".formatted(status, member),
                      Map.of()))) {
        var result = run(shell, service.url());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("Failed (HTTP " + status + ")");
        assertThat(service.requests).hasSize(tries);
      }
    }
  }

  @InShells
  void resetConnection_isTriedAgain(Shell shell) {
    try (RawServer service =
        new RawServer(
            (socket, out) -> {
              // Closing with a linger of nothing sends a reset.
              socket.setSoLinger(true, 0);
            })) {
      var result = run(shell, service.url());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("no answer from " + service.url());
      assertThat(service.connections).hasValue(3);
    }
  }

  @Test
  void answerCutInTheMiddle_isTriedAgain() {
    byte[] body = Answers.credentials().getBytes(StandardCharsets.UTF_8);
    try (RawServer service =
        new RawServer(
            (socket, out) -> {
              out.write(RawServer.head("200 OK", "application/json", body.length));
              out.write(Arrays.copyOf(body, body.length - 1));
            })) {
      var result = run(Shell.any(), service.url());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(service.connections).hasValue(3);
    }
  }

  @Test
  void slowDrip_endsWithTheTimeout() {
    try (RawServer service =
        new RawServer(
            (socket, out) -> {
              out.write(RawServer.head("200 OK", "application/json", 100));
              for (int i = 0; i < 100; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(100);
              }
            })) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .calling(service.url())
              .with("VEND_TIMEOUT", "1")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("no answer", "curl 28");
      assertThat(service.connections).hasValue(3);
    }
  }

  @Test
  void nobodyThere_isSaid() {
    String url;
    try (StandIn gone = StandIn.vending()) {
      url = gone.url();
    }
    var result = run(Shell.any(), url);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("no answer from " + url, "curl 7");
  }

  @Test
  void badCertificate_isNotTriedAgain() throws Exception {
    Path store = home.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "a",
                "-dname",
                "CN=localhost",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("keytool.out").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, "changeit".toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(factory.getKeyManagers(), null, null);
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server = tls.getServerSocketFactory().createServerSocket(0)) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!server.isClosed()) {
                  try (Socket socket = server.accept()) {
                    connections.incrementAndGet();
                    ((SSLSocket) socket).startHandshake();
                  } catch (IOException refused) {
                    // By curl, or the test is over.
                  }
                }
              });
      var result = run(Shell.any(), "https://localhost:" + server.getLocalPort());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("curl 60");
      assertThat(connections).hasValue(1);
    }
  }

  @InShells
  void retryAfter_isHonouredAndSomeIsAddedByLot(Shell shell) throws Exception {
    Path stubs = recordSleeps();
    Programs.write(stubs.resolve("od"), "echo ' 1'");
    try (StandIn service =
        StandIn.inTurn(
            StandIn.Answer.problem(429, "Too many", "").header("Retry-After", "07"),
            StandIn.Answer.problem(429, "Too many", "").header("Retry-After", "0"),
            StandIn.Answer.json(Answers.credentials()))) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE)
              .calling(service.url())
              .without("VEND_RETRY_SECONDS")
              .programsIn(stubs)
              .result();

      assertThat(result.exit()).isZero();
      assertThat(home.resolve("sleeps")).hasContent("9\n2\n");
    }
  }

  @Test
  void retryAfterLongerThanTheLongestPause_isSaidAndNothingTriedAgain() {
    try (StandIn service =
        new StandIn(
            request ->
                StandIn.Answer.problem(429, "Too many", "").header("Retry-After", "86400"))) {
      var result = run(Shell.any(), service.url());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("86400 s", "Too many (HTTP 429)");
      assertThat(service.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1 1", "65535, 2 4"})
  void withoutRetryAfter_thePausesGrowAndAreDrawnByLot(String random, String pauses)
      throws Exception {
    Path stubs = recordSleeps();
    Programs.write(stubs.resolve("od"), "echo ' " + random + "'");
    try (StandIn service = new StandIn(request -> StandIn.Answer.problem(503, "Unavailable", ""))) {
      Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
          .calling(service.url())
          .without("VEND_RETRY_SECONDS")
          .programsIn(stubs)
          .result();
    }

    assertThat(home.resolve("sleeps")).hasContent(pauses.replace(' ', '\n') + "\n");
  }

  /** What API Gateway makes of Lambda's refusal to run a function. */
  private static StandIn.Answer notStarted(int status, String code) {
    return new StandIn.Answer(
        status,
        "application/problem+json",
        "{\"title\":\"The request failed\",\"detail\":\"-\",\"code\":\"%s\"}".formatted(code),
        Map.of());
  }

  @InShells
  void serviceThatHasToBeStarted_isWaitedFor(Shell shell) throws Exception {
    StandIn.Answer starting = notStarted(500, "failed");
    try (StandIn service =
        StandIn.inTurn(
            starting,
            starting,
            starting,
            starting,
            starting,
            StandIn.Answer.json(Answers.credentials()))) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE)
              .calling(service.url())
              .without("VEND_START_SECONDS")
              .programsIn(recordSleeps())
              .result();

      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains(Answers.ISSUED_ID);
      assertThat(result.err()).containsOnlyOnce("up to three minutes").contains("180 s");
      assertThat(service.requests).hasSize(6);
      assertThat(home.resolve("sleeps")).hasContent("15\n15\n15\n");
    }
  }

  @Test
  void serviceThatNeverStarts_isWaitedForNoLonger() throws Exception {
    try (StandIn service = new StandIn(request -> notStarted(500, "failed"))) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .calling(service.url())
              .with("VEND_START_SECONDS", "40")
              .programsIn(recordSleeps())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("The request failed (HTTP 500)", "tried 6 times");
      assertThat(home.resolve("sleeps")).hasContent("15\n15\n10\n");
    }
  }

  /** The function itself failed, no answer came, or the service knows better. */
  @ParameterizedTest
  @CsvSource({"502, failed", "504, no_answer", "504, timeout", "503, unavailable", "500, internal"})
  void otherFailuresAreNotWaitedFor(int status, String code) throws Exception {
    try (StandIn service = new StandIn(request -> notStarted(status, code))) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .calling(service.url())
              .without("VEND_START_SECONDS")
              .programsIn(recordSleeps())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(service.requests).hasSize(3);
    }
  }

  private Path recordSleeps() throws Exception {
    Path folder = Files.createDirectories(home.resolve("recorders"));
    Programs.write(folder.resolve("sleep"), "echo \"$1\" >> \"$HOME/sleeps\"");
    return folder;
  }

  private Run.Result run(Shell shell, String url) {
    return Run.vend(shell, home, "credentials", Answers.ROLE).calling(url).result();
  }
}
