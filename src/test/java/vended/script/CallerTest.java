package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the caller's own credentials are found, and in which order. */
class CallerTest {
  @TempDir Path home;

  static String metadata(String id, Duration left) {
    return """
    {"Code":"Success","AccessKeyId":"%s","SecretAccessKey":"meta/secret","Token":"meta/token","Expiration":"%s"}\
    """
        .formatted(id, Answers.in(left));
  }

  private static StandIn container(String path, String token) {
    return new StandIn(
        request ->
            request.path().equals(path) && request.header("Authorization").equals(token)
                ? StandIn.Answer.json(metadata("ASIACONTAINER0000000", Duration.ofHours(1)))
                : new StandIn.Answer(403, "text/plain", "no", Map.of()));
  }

  private Run bare(Shell shell, String url) {
    return Run.vend(shell, home, "credentials", Answers.ROLE)
        .with("VEND_URL", url)
        .with("AWS_REGION", "eu-west-1");
  }

  private static String signer(StandIn service) {
    return service
        .requests
        .getLast()
        .header("Authorization")
        .replaceAll("(?s)^.*Credential=([^/]*)/.*$", "$1");
  }

  @InShells
  void containerEndpoint_getsItsTokenAsItIs(Shell shell) {
    String token = "Bearer a\"b\\c $(id)";
    try (StandIn service = StandIn.vending();
        StandIn container = container("/creds?a=[1-2]", token)) {
      var result =
          bare(shell, service.url())
              .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url() + "/creds?a=[1-2]")
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN", token)
              .result();

      assertThat(result.err()).isEmpty();
      assertThat(result.exit()).isZero();
      assertThat(signer(service)).isEqualTo("ASIACONTAINER0000000");
      assertThat(service.requests.getFirst().header("X-Amz-Security-Token"))
          .isEqualTo("meta/token");
    }
  }

  @Test
  void containerEndpoint_takesItsTokenFromAFile() throws Exception {
    Path token = Files.writeString(home.resolve("token file"), "from-file\n");
    try (StandIn service = StandIn.vending();
        StandIn container = container("/v1/credentials", "from-file")) {
      var result =
          bare(Shell.any(), service.url())
              .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url() + "/v1/credentials")
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN", "not this")
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString())
              .result();

      assertThat(result.exit()).isZero();
      assertThat(signer(service)).isEqualTo("ASIACONTAINER0000000");
    }
  }

  @Test
  void containerEndpoint_thatRefuses_isNoReasonToTurnToAnotherIdentity() {
    try (StandIn service = StandIn.vending();
        StandIn container = container("/creds", "right")) {
      var result =
          bare(Shell.any(), service.url())
              .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url() + "/creds")
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN", "wrong")
              .without("AWS_EC2_METADATA_DISABLED")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("container endpoint: HTTP 403");
      assertThat(service.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/creds",
        "http://169.254.170.3/creds",
        "http://127.0.0.1.example.com/creds",
        "http://127.0.0.1@example.com/creds",
        "http://[fd00:ec2::24]/creds",
        "ftp://127.0.0.1/creds",
        "file:///etc/passwd",
        "127.0.0.1/creds",
        "http://127.0.0.1/a\nurl = \"http://example.com\"",
        "http://127.0.0.1/\"",
      })
  void containerEndpoint_ofAHostThatNoSdkTrusts_isNotAsked(String uri) {
    var result =
        bare(Shell.any(), "http://127.0.0.1:1")
            .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri)
            .with("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token")
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("the SDKs would not accept");
  }

  @Test
  void containerToken_withALineBreak_isRefused() {
    var result =
        bare(Shell.any(), "http://127.0.0.1:1")
            .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/creds")
            .with("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a\nurl\thttp://example.com")
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("control characters");
  }

  static StandIn.Answer imds(StandIn.Request request) {
    boolean trusted = request.header("X-aws-ec2-metadata-token").equals("imds-token==");
    return switch (request.method() + " " + request.path()) {
      case "PUT /latest/api/token" ->
          request.header("X-aws-ec2-metadata-token-ttl-seconds").isEmpty()
              ? new StandIn.Answer(400, "text/plain", "", Map.of())
              : StandIn.Answer.text("imds-token==");
      case "GET /latest/meta-data/iam/security-credentials/" ->
          trusted ? StandIn.Answer.text("Build-Role") : unauthorized();
      case "GET /latest/meta-data/iam/security-credentials/Build-Role" ->
          trusted
              ? new StandIn.Answer(
                  200,
                  "text/plain",
                  metadata("ASIAINSTANCE00000000", Duration.ofHours(6)),
                  Map.of())
              : unauthorized();
      default -> new StandIn.Answer(404, "text/plain", "", Map.of());
    };
  }

  private static StandIn.Answer unauthorized() {
    return new StandIn.Answer(401, "text/plain", "", Map.of());
  }

  @InShells
  void instanceMetadata_isAskedWithAToken(Shell shell) {
    try (StandIn service = StandIn.vending();
        StandIn imds = new StandIn(CallerTest::imds)) {
      var result =
          bare(shell, service.url())
              .without("AWS_EC2_METADATA_DISABLED")
              .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url())
              .result();

      assertThat(result.err()).isEmpty();
      assertThat(signer(service)).isEqualTo("ASIAINSTANCE00000000");
      assertThat(imds.requests).hasSize(3);
    }
  }

  @Test
  void instanceMetadata_withARoleNameThatIsNone_isNotFollowed() {
    try (StandIn service = StandIn.vending();
        StandIn imds =
            new StandIn(
                request ->
                    request.path().endsWith("security-credentials/")
                        ? StandIn.Answer.text("../../x")
                        : imds(request))) {
      var result =
          bare(Shell.any(), service.url())
              .without("AWS_EC2_METADATA_DISABLED")
              .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(imds.requests).hasSize(2);
    }
  }

  @InShells
  void nothingFound_saysWhatWasTried(Shell shell) {
    var result = bare(shell, "http://127.0.0.1:1").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .containsSubsequence(
            "environment: AWS_ACCESS_KEY_ID is not set",
            "profile default: it does not exist",
            "container endpoint:",
            "instance metadata: switched off");
  }

  @Test
  void halfOfAKeyInTheEnvironment_isSaid() {
    var result = bare(Shell.any(), "http://127.0.0.1:1").with("AWS_ACCESS_KEY_ID", "AKIA").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("AWS_SECRET_ACCESS_KEY is not");
  }

  @Test
  void expiredEnvironment_isSaidAndNotUsed() {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .calling(service.url())
              .with("AWS_CREDENTIAL_EXPIRATION", "2020-02-29T23:59:59Z")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("expired at 2020-02-29T23:59:59Z");
      assertThat(service.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID"})
  void lineBreakInTheCallersKeys_isRefusedAndBecomesNoOptionOfCurl(String variable) {
    try (StandIn service = StandIn.vending();
        StandIn other = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .calling(service.url())
              .with(variable, "x\nurl\t" + other.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(service.requests).isEmpty();
      assertThat(other.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "token, 404, HTTP 404",
    "token, 403, HTTP 403",
    "security-credentials/, 401, HTTP 401",
    "security-credentials/, 200, 'HTTP 200, without content'"
  })
  void instanceMetadata_thatRefuses_isNotTakenForNoAnswer(String path, int status, String words) {
    try (StandIn imds =
        new StandIn(
            request ->
                request.path().endsWith(path)
                    ? new StandIn.Answer(status, "text/plain", "", Map.of())
                    : imds(request))) {
      var result =
          bare(Shell.any(), "http://127.0.0.1:1")
              .without("AWS_EC2_METADATA_DISABLED")
              .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .endsWith("  instance metadata: %s (%s)\n".formatted(words, imds.url()));
    }
  }

  /** Whatever ended it there: the list of what was tried says more. */
  @InShells
  void curlThatEndsWithoutAResult_isOneLineOfWhatWasTried(Shell shell) throws Exception {
    Path stubs = Files.createDirectory(home.resolve("stubs"));
    Programs.write(
        stubs.resolve("curl"),
        "case $* in *--version*) echo 'curl 8.5.0 (x)' ;; *) kill -9 $$ ;; esac");
    for (String variable :
        List.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
      var result =
          bare(shell, "http://127.0.0.1:1")
              .programsIn(stubs)
              .without("AWS_EC2_METADATA_DISABLED")
              .with(variable, "http://127.0.0.1:1")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .containsSubsequence(
              "Tried, in this order", "environment:", "curl ended without a result");
    }
  }
}
