package vended.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;

/** {@code vend revoke CALLER}, when its grants are gone already. */
class RevokeTest extends OnStack {
  static Stream<Shell> shells() {
    return Shell.matrix(RevokeTest.class);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void afterTheGrantIsRemoved_thePolicyStillHasTheIdentityAndTheRoles(Shell shell) {
    String role = stack.demonstration().roleArn();
    String id = stack.people().session().principal().userId().replaceFirst(":.*", "");
    assertThat(vendToDeployer(shell, role).exit()).isZero();
    assertThat(admin(shell, "grant", "remove", DEPLOYER, role).exit()).isZero();

    Run.Result revoke = admin(shell, "revoke", DEPLOYER);

    assertThat(revoke.exit()).as(revoke.err()).isZero();
    assertThat(revoke.out())
        .contains("\"aws:SourceIdentity\":[\"" + id + "\"]", "\"aws:userid\":\"*:Deployer@*\"");
    assertThat(revoke.err()).containsOnlyOnce(role);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aCallerThatNothingIsKnownOfGetsNoPolicy(Shell shell) {
    Run.Result revoke = admin(shell, "revoke", DEPLOYER.replace("Deployer", "Deploier"));

    assertThat(revoke.exit()).isEqualTo(1);
    assertThat(revoke.out()).isEmpty();
    assertThat(revoke.err()).contains("found nothing to end", "Deploier", "12 hours");
  }

  @Test
  void whereTheAuditCantBeAskedThePolicyIsPrinted_AndWhatIsMissingSaid() {
    try (StandIn service =
        new StandIn(
            request ->
                request.path().equals("/audit/caller")
                    ? StandIn.Answer.problem(403, "Forbidden", "no")
                    : StandIn.Answer.json("{\"grants\":[]}"))) {
      Run.Result revoke =
          Run.vend(Shell.any(), home, "revoke", DEPLOYER).calling(service.url()).result();

      assertThat(revoke.exit()).isZero();
      assertThat(revoke.out()).contains("*:Deployer@*");
      assertThat(revoke.err())
          .contains("could not ask the audit what the caller was vended", "403");
    }
  }

  @FunctionalInterface
  interface Failure {
    void of(Socket socket, OutputStream out) throws IOException;
  }

  private static void write(OutputStream out, String status, String type, String body)
      throws IOException {
    out.write(RawServer.head(status, type, body.length()));
    out.write(body.getBytes(UTF_8));
  }

  static Stream<Arguments> failures() {
    Map<String, Failure> failures = new LinkedHashMap<>();
    failures.put(
        "HTTP 504",
        (socket, out) -> write(out, "504 Gateway Timeout", "text/html", "<html></html>"));
    failures.put("HTTP 302", (socket, out) -> write(out, "302 Found", "text/html", ""));
    failures.put("incomplete", (socket, out) -> write(out, "200 OK", "application/json", "{\"ro"));
    failures.put("text/html", (socket, out) -> write(out, "200 OK", "text/html", "<html></html>"));
    failures.put(
        "cursor in the answer is invalid",
        (socket, out) ->
            write(
                out,
                "200 OK",
                "application/json",
                "{\"roles\":[],\"complete\":false,\"cursor\":\"a b\"}"));
    failures.put("curl 56", (socket, out) -> reset(socket));
    failures.put("/audit/caller: ", (socket, out) -> flood(out));
    if (Soak.ON) {
      failures.put("HTTP 418", (socket, out) -> write(out, "418 Teapot", "text/plain", "no"));
      failures.put("curl 28", (socket, out) -> socket.getInputStream().read());
      failures.put("curl 52", (socket, out) -> {});
    }
    return failures.entrySet().stream()
        .flatMap(
            failure ->
                shells().map(shell -> Arguments.of(shell, failure.getKey(), failure.getValue())));
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** An answer of unknown length that is larger than the script takes. */
  private static void flood(OutputStream out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes(UTF_8));
    byte[] blanks = " ".repeat(1 << 16).getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      out.write(blanks);
    }
  }

  @ParameterizedTest(name = "{1}, in {0}")
  @MethodSource("failures")
  void howeverTheAuditFailsThePolicyIsPrinted(Shell shell, String said, Failure failure) {
    AtomicInteger requests = new AtomicInteger();
    try (RawServer service =
        new RawServer(
            (socket, out) -> {
              if (requests.incrementAndGet() == 1) {
                write(out, "200 OK", "application/json", "{\"grants\":[]}");
              } else {
                failure.of(socket, out);
              }
            })) {
      Run.Result revoke =
          Run.vend(shell, home, "revoke", DEPLOYER)
              .calling(service.url())
              .with("VEND_TIMEOUT", said.equals("curl 28") ? "1" : "35")
              .result();

      assertThat(revoke.exit()).as(revoke.err()).isZero();
      assertThat(revoke.out()).contains("*:Deployer@*");
      assertThat(revoke.err()).contains("could not ask the audit what the caller was vended", said);
    }
  }

  @Test
  void allPagesOfTheAuditAreRead() {
    List<String> asked = new ArrayList<>();
    try (StandIn service =
        new StandIn(
            request -> {
              if (!request.path().equals("/audit/caller")) {
                return StandIn.Answer.json("{\"grants\":[]}");
              }
              asked.add(request.body());
              String page =
                  "{\"roles\":[{\"roleArn\":\"arn:aws:iam::%d:role/r\",\"sourceIdentities\":[\"AROA%d\"],"
                      + "\"sessionNames\":[\"Deployer@x\"]}],\"complete\":%s}";
              return StandIn.Answer.json(
                  asked.size() == 1
                      ? page.formatted(444455556666L, 1, "false,\"cursor\":\"Yw\"")
                      : page.formatted(777788889999L, 2, "true"));
            })) {
      Run.Result revoke =
          Run.vend(Shell.any(), home, "revoke", DEPLOYER).calling(service.url()).result();

      assertThat(asked)
          .containsExactly(
              "{\"caller\":\"" + DEPLOYER + "\"}",
              "{\"caller\":\"" + DEPLOYER + "\",\"cursor\":\"Yw\"}");
      assertThat(revoke.out()).contains("\"aws:SourceIdentity\":[\"AROA1\",\"AROA2\"]");
      assertThat(revoke.err())
          .contains("arn:aws:iam::444455556666:role/r", "arn:aws:iam::777788889999:role/r");
    }
  }
}
