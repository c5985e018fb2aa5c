package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;

/** {@code vend audit} takes the caller's credentials from each place that other commands do. */
class AuditCallerTest {
  private static final String ID = "ASIAAUDITOR000000000";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private static StandIn.Answer service(StandIn.Request request) {
    return switch (request.path()) {
      case "/audit/reconcile" ->
          StandIn.Answer.json(
              "{\"events\":0,\"records\":0,\"matched\":0,"
                  + Answers.VENDOR_ROLE
                  + ",\"complete\":true,\"findings\":[]}");
      default -> StandIn.Answer.text("{}\n");
    };
  }

  private static StandIn.Answer source(StandIn.Request request) {
    String path = request.path();
    if (path.equals("/")) {
      return StandIn.Answer.json(WebIdentityTest.JSON.replaceAll("ASIAWEB0*", ID));
    }
    if (path.equals("/creds")) {
      return StandIn.Answer.json(CallerTest.metadata(ID, Duration.ofHours(1)));
    }
    StandIn.Answer answer = CallerTest.imds(request);
    return new StandIn.Answer(
        answer.status(), answer.type(), answer.body().replaceAll("ASIAINSTANCE0*", ID), Map.of());
  }

  private Run from(String source, String url, Run run) throws Exception {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Path token = Files.writeString(home.resolve("token"), "eyJ.p.s");
    return switch (source) {
      case "environment" ->
          run.with("AWS_ACCESS_KEY_ID", ID).with("AWS_SECRET_ACCESS_KEY", "secret");
      case "web identity" ->
          run.with("AWS_ENDPOINT_URL_STS", url)
              .with("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/Auditor")
              .with("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
      case "container" -> run.with("AWS_CONTAINER_CREDENTIALS_FULL_URI", url + "/creds");
      case "instance" ->
          run.without("AWS_EC2_METADATA_DISABLED").with("AWS_EC2_METADATA_SERVICE_ENDPOINT", url);
      default -> {
        Programs.write(
            stubs.resolve("aws"),
            "echo '{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"s\"}'"
                .formatted(ID));
        yield run.with("AWS_PROFILE", "auditor").programsIn(stubs);
      }
    };
  }

  static Stream<Arguments> sourcesAndCommands() {
    List<Shell> shells = Shell.all().toList();
    List<String> sources =
        List.of("environment", "web identity", "container", "instance", "profile");
    List<String> commands = List.of("query", "report", "export", "reconcile");
    // Otherwise each source and each command once.
    return IntStream.range(0, sources.size() * commands.size())
        .filter(i -> Soak.ON || i / commands.size() % commands.size() == i % commands.size())
        .mapToObj(
            i ->
                Arguments.of(
                    shells.get(i % shells.size()),
                    sources.get(i / commands.size()),
                    commands.get(i % commands.size())));
  }

  @ParameterizedTest(name = "{2} as {1}, in {0}")
  @MethodSource("sourcesAndCommands")
  void auditCallsWithTheCredentialsOfEachSource(Shell shell, String source, String command)
      throws Exception {
    String[] period = {"--since", "2026-01-01", "--until", "2026-01-02"};
    String[] arguments =
        Stream.concat(
                command.equals("query") ? Stream.of("audit") : Stream.of("audit", command),
                Stream.of(period))
            .toArray(String[]::new);
    try (StandIn service = new StandIn(AuditCallerTest::service);
        StandIn keys = new StandIn(AuditCallerTest::source)) {
      Run run =
          Run.vend(shell, home, arguments)
              .with("VEND_URL", service.url())
              .with("AWS_REGION", "eu-west-1")
              .input("{\"Records\":[]}");
      Run.Result result = from(source, keys.url(), run).result();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(service.requests)
          .isNotEmpty()
          .allSatisfy(
              request ->
                  assertThat(request.header("Authorization")).contains("Credential=" + ID + "/"));
    }
  }
}
