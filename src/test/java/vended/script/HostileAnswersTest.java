package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are broken, or made to break in: nothing is printed, run, or half written. */
class HostileAnswersTest {
  @TempDir Path home;

  record Hostile(String what, String body, String reason) {
    @Override
    public String toString() {
      return what;
    }
  }

  @ParameterizedTest(name = "{1}, in {0}")
  @MethodSource("bodies")
  void body_isRefusedWithAReason(Shell shell, Hostile hostile) {
    try (RawServer service = RawServer.json(hostile.body.getBytes(StandardCharsets.UTF_8))) {
      var result =
          Run.vend(shell, home, "exec", Answers.ROLE, "--", "sh", "-c", "echo ran")
              .calling(service.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("vend: ").contains(hostile.reason);
      assertThat(result.err()).doesNotContain(Answers.ISSUED_SECRET);
      assertThat(home.resolve("pwned")).doesNotExist();
    }
  }

  @ParameterizedTest(name = "{1}, in {0}")
  @MethodSource("profileBodies")
  void body_leavesTheProfileFileAsItWas(Shell shell, Hostile hostile) throws Exception {
    Path folder = Files.createDirectories(home.resolve(".aws"));
    Files.writeString(folder.resolve("credentials"), "[other]\naws_access_key_id = K\n");
    try (RawServer service = RawServer.json(hostile.body.getBytes(StandardCharsets.UTF_8))) {
      var result =
          Run.vend(shell, home, "profile", Answers.ROLE, "--static")
              .calling(service.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(folder.resolve("credentials")).hasContent("[other]\naws_access_key_id = K\n");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).hasSize(1);
      }
    }
  }

  static Stream<Arguments> bodies() {
    // A shell's patterns judge the secrets, so each shell sees those; awk refuses the rest.
    List<Shell> shells = Shell.all().toList();
    List<Hostile> all = hostile();
    return IntStream.range(0, all.size())
        .boxed()
        .flatMap(
            i ->
                (all.get(i).what.startsWith("secret")
                        ? shells.stream()
                        : Stream.of(shells.get(i % shells.size())))
                    .map(shell -> Arguments.of(shell, all.get(i))));
  }

  static Stream<Arguments> profileBodies() {
    return hostile().stream()
        .filter(body -> body.what.startsWith("secret") || body.what.equals("truncated"))
        .map(body -> Arguments.of(Shell.any(), body));
  }

  private static List<Hostile> hostile() {
    List<Hostile> all = new ArrayList<>();
    String good = Answers.credentials();
    add(all, "empty", "", "incomplete");
    add(all, "truncated", good.substring(0, good.length() - 20), "incomplete");
    add(all, "not JSON", "<html>", "incomplete");
    add(all, "two documents", good + good, "incomplete");
    add(all, "an array", "[" + good + "]", "can't be trusted");
    add(all, "a name twice", good.replace("\"VendId\"", "\"AccountId\""), "incomplete");
    add(all, "too deep", "[".repeat(100) + "]".repeat(100), "incomplete");
    add(
        all,
        "secret with a substitution",
        but("SecretAccessKey", "$(touch pwned)"),
        "SecretAccessKey");
    add(all, "secret with backticks", but("SecretAccessKey", "`touch pwned`"), "SecretAccessKey");
    add(all, "secret with a line", but("SecretAccessKey", "a\\ntouch pwned"), "SecretAccessKey");
    add(all, "secret with a raw line", but("SecretAccessKey", "a\ntouch pwned"), "incomplete");
    add(all, "secret with an escaped NUL", but("SecretAccessKey", "a\\u0000b"), "SecretAccessKey");
    add(all, "secret with a quote", but("SecretAccessKey", "a';touch pwned;'"), "SecretAccessKey");
    add(all, "secret that is long", but("SecretAccessKey", "a".repeat(257)), "SecretAccessKey");
    add(all, "secret that is empty", but("SecretAccessKey", ""), "SecretAccessKey");
    add(all, "secret with a blank", but("SecretAccessKey", "a b"), "SecretAccessKey");
    add(all, "secret with a bracket", but("SecretAccessKey", "a\\r\\n[other]"), "SecretAccessKey");
    add(all, "secret with a raw NUL", but("SecretAccessKey", "a\0b"), "incomplete");
    add(all, "no token", Answers.credentialsBut("SessionToken", ""), "SessionToken");
    add(all, "token as number", Answers.credentialsBut("SessionToken", "1"), "SessionToken");
    add(all, "key in small letters", but("AccessKeyId", "asiaissued0000000000"), "AccessKeyId");
    add(all, "short key", but("AccessKeyId", "ASIA"), "AccessKeyId");
    add(all, "version as text", Answers.credentialsBut("Version", "\"1\""), "Version");
    add(all, "version 2", Answers.credentialsBut("Version", "2"), "Version");
    add(all, "no expiry", Answers.credentialsBut("Expiration", ""), "Expiration");
    add(all, "expiry of words", but("Expiration", "tomorrow"), "Expiration");
    add(
        all,
        "expiry with a sum",
        but("Expiration", "2099-01-01T00:00:a[$(touch pwned)]Z"),
        "Expiration");
    add(all, "another account", but("AccountId", "999999999999"), "AccountId");
    add(
        all,
        "another role",
        but("AssumedRoleArn", Answers.ASSUMED.replace("Deploy", "Deploy2")),
        "AssumedRoleArn");
    add(all, "vendId with a line", but("VendId", "x\\n::add-mask::"), "VendId");
    return all;
  }

  private static String but(String name, String text) {
    return Answers.credentialsBut(name, '"' + text + '"');
  }

  private static void add(List<Hostile> all, String what, String body, String reason) {
    all.add(new Hostile(what, body, reason));
  }

  @InShells
  void answerOf10Megabytes_isCutOff(Shell shell) {
    byte[] large = new byte[10_000_000];
    Arrays.fill(large, (byte) ' ');
    try (RawServer known = RawServer.json(large);
        RawServer unknown =
            new RawServer(
                (socket, out) -> {
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                          .getBytes(StandardCharsets.US_ASCII));
                  out.write(large);
                })) {
      for (RawServer service : List.of(known, unknown)) {
        var result =
            Run.vend(shell, home, "credentials", Answers.ROLE).calling(service.url()).result();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).containsIgnoringCase("larger than");
        assertThat(result.out()).isEmpty();
      }
    }
  }

  @InShells
  void answerOfAnotherContentType_isNotRead(Shell shell) {
    String body = Answers.credentials();
    try (StandIn service = new StandIn(request -> StandIn.Answer.text(body))) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("content type text/plain; is VEND_URL right?");
      assertThat(result.out()).isEmpty();
    }
  }

  @InShells
  void redirect_isNotFollowed(Shell shell) {
    try (StandIn other = StandIn.vending();
        StandIn service =
            new StandIn(
                request ->
                    new StandIn.Answer(307, "application/json", "{}", Map.of())
                        .header("Location", other.url() + "/credentials"))) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("HTTP 307", "not followed");
      assertThat(other.requests).isEmpty();
      assertThat(service.requests).hasSize(1);
    }
  }

  @InShells
  void problem_isPrintedAsTextWithoutControlCharacters(Shell shell) {
    String problem =
        """
        {"title":"Bad\\u001b]0;x\\u0007 request\\u202e","status":400,"detail":"$(touch pwned) `touch pwned` %s %n \\\\n é",
        "vendId":"V1","errors":[{"pointer":"/roleArn","detail":"wrong\\u009b31m"},{"pointer":"/x~1y","detail":"a\\nb"}]}\
        """;
    try (StandIn service =
        new StandIn(
            request -> new StandIn.Answer(400, "application/problem+json", problem, Map.of()))) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .isEqualTo(
              """
              vend: Bad?]0;x? request? (HTTP 400)
              vend:   $(touch pwned) `touch pwned` %s %n \\n é
              vend:   /roleArn: wrong?31m
              vend:   /x~1y: a b
              vend:   vendId V1: an administrator or auditor of the service can find the reason with: vend why V1
              """);
      assertThat(home.resolve("pwned")).doesNotExist();
    }
  }

  @Test
  void refusalOfAnotherServer_isNotTakenForTheServices() {
    try (StandIn service =
        new StandIn(request -> new StandIn.Answer(404, "text/html", "<p>no</p>", Map.of()))) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .isEqualTo(
              "vend: %s answered HTTP 404, and the answer is not from the service (content type text/html)\n"
                  .formatted(service.url()));
    }
  }

  /** It would be printed as part of a command. */
  @Test
  void vendIdThatIsNone_isNotPrinted() {
    String problem = "{\"title\":\"No\",\"status\":400,\"vendId\":\"V1; touch pwned\"}";
    try (StandIn service =
        new StandIn(
            request -> new StandIn.Answer(400, "application/problem+json", problem, Map.of()))) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(result.err()).isEqualTo("vend: No (HTTP 400)\n");
    }
  }
}
