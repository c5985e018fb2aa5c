package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  @TempDir Path home;

  @InShells(evenBash = true, always = true)
  void credentials_printsTheDocumentOfACredentialProcess(Shell shell) {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(result.err()).isEmpty();
      assertThat(result.exit()).isZero();
      assertThat(result.out())
          .matches(
              "\\{\"Version\":1,\"AccessKeyId\":\"ASIAISSUED0000000000\","
                  + "\"SecretAccessKey\":\"issued/secret\\+0123456789\","
                  + "\"SessionToken\":\"issued/token\\+0123456789==\","
                  + "\"Expiration\":\"[-0-9T:]+Z\",\"AccountId\":\"444455556666\"}\n");
      assertThat(service.requests)
          .singleElement()
          .satisfies(
              request -> {
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.path()).isEqualTo("/credentials");
                assertThat(request.body()).isEqualTo("{\"roleArn\":\"" + Answers.ROLE + "\"}");
                assertThat(request.header("Content-Type")).isEqualTo("application/json");
                assertThat(request.header("X-Amz-Security-Token")).isEqualTo(Answers.CALLER_TOKEN);
                assertThat(request.header("User-Agent")).startsWith("vend/");
                assertThat(request.header("Authorization"))
                    .startsWith("AWS4-HMAC-SHA256 Credential=" + Answers.CALLER_ID + "/")
                    .contains("/eu-west-1/execute-api/aws4_request");
              });
    }
  }

  @InShells
  void credentials_withEveryOption_sendsThemAsJson(Shell shell) throws Exception {
    Path policy = home.resolve("a policy.json");
    Files.writeString(
        policy, "{\n\t\"Version\": \"2012-10-17\", \"x\": \"a\\\"b \\\\ é $(id)\"\n}\n");
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(
                  shell,
                  home,
                  "credentials",
                  "--duration",
                  "30m",
                  "--policy=" + policy,
                  "--policy-arn",
                  "arn:aws:iam::aws:policy/ReadOnlyAccess",
                  "--policy-arn",
                  "arn:aws:iam::444455556666:policy/a/B,c",
                  Answers.ROLE,
                  "--context",
                  "ticket=\"é\\ `id` #7")
              .calling(service.url() + "/prod/")
              .result();

      assertThat(result.err()).isEmpty();
      assertThat(service.requests.getFirst().path()).isEqualTo("/prod/credentials");
      assertThat(service.requests.getFirst().body())
          .isEqualTo(
              """
              {"roleArn":"arn:aws:iam::444455556666:role/vended/Deploy","durationSeconds":1800,\
              "policy":"{\\"Version\\":\\"2012-10-17\\",\\"x\\":\\"a\\\\\\"b \\\\\\\\ é $(id)\\"}",\
              "policyArns":["arn:aws:iam::aws:policy/ReadOnlyAccess","arn:aws:iam::444455556666:policy/a/B,c"],\
              "context":{"ticket":"\\"é\\\\ `id` #7"}}\
              """);
    }
  }

  @Test
  void credentials_asEnv_printsLinesForAShell() {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--format", "env")
              .calling(service.url())
              .result();

      assertThat(result.out().lines())
          .hasSize(5)
          .allMatch(line -> line.matches("export [A-Z_]+='[A-Za-z0-9/+=:-]+'"))
          .contains(
              "export AWS_ACCESS_KEY_ID='%s'".formatted(Answers.ISSUED_ID),
              "export AWS_SECRET_ACCESS_KEY='%s'".formatted(Answers.ISSUED_SECRET),
              "export AWS_SESSION_TOKEN='%s'".formatted(Answers.ISSUED_TOKEN),
              "export AWS_ACCOUNT_ID='444455556666'");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void credentials_asEnvInGitHubActions_masksTheSecretsOnTheOtherStream() {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--format", "env")
              .calling(service.url())
              .with("GITHUB_ACTIONS", "true")
              .result();

      assertThat(result.err().lines())
          .containsExactly(
              "::add-mask::" + Answers.ISSUED_SECRET, "::add-mask::" + Answers.ISSUED_TOKEN);
      assertThat(result.out().lines()).hasSize(5);
    }
  }

  @Test
  void credentials_forGitHub_areMaskedAndWrittenForTheNextSteps() throws Exception {
    Path file = Files.writeString(home.resolve("github-env"), "EARLIER=step\n");
    try (StandIn service = StandIn.vending()) {
      Run run =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--format", "github", "--quiet")
              .calling(service.url())
              .with("GITHUB_ENV", file.toString());
      assertThat(run.result().exit()).as("outside of GitHub Actions").isEqualTo(2);
      assertThat(service.requests).isEmpty();
      var result = run.with("GITHUB_ACTIONS", "true").result();

      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines())
          .containsExactly(
              "::add-mask::" + Answers.ISSUED_SECRET, "::add-mask::" + Answers.ISSUED_TOKEN);
      assertThat(Files.readAllLines(file))
          .hasSize(6)
          .startsWith("EARLIER=step", "AWS_ACCESS_KEY_ID=" + Answers.ISSUED_ID)
          .contains("AWS_SESSION_TOKEN=" + Answers.ISSUED_TOKEN);
    }
  }

  /** A runner would take "export NAME" for the name. */
  @Test
  void linesForAShell_areNotWrittenForTheNextSteps() throws Exception {
    Path file = Files.createFile(home.resolve("github-env"));
    try (StandIn service = StandIn.vending()) {
      Run run =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--format", "env")
              .calling(service.url())
              .with("GITHUB_ENV", file.toString());
      var result = run.output(file).await(run.start());

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("--format github");
      assertThat(service.requests).isEmpty();
    }
  }

  @Test
  void credentials_asJson_tellsTheRoleAndTheVendId() {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--format", "json")
              .calling(service.url())
              .result();

      assertThat(result.out())
          .contains("\"AssumedRoleArn\":\"" + Answers.ASSUMED + "\"")
          .contains("\"VendId\":\"" + Answers.VEND_ID + "\"");
    }
  }

  @Test
  void policy_fromStandardInput_isSent() {
    try (StandIn service = StandIn.vending()) {
      Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--policy", "-")
          .calling(service.url())
          .input("{ \"a\" : [ 1, true ] }")
          .result();

      assertThat(service.requests.getFirst().body())
          .contains("\"policy\":\"{\\\"a\\\":[1,true]}\"");
    }
  }

  /** As the file of a process substitution is. */
  @Test
  void policy_fromAPipe_isSent() {
    var result =
        Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--dry-run", "--policy=/dev/stdin")
            .calling("https://vend.example.com")
            .input("{\"a\":1}")
            .result();

    assertThat(result.out()).contains("\"policy\":\"{\\\"a\\\":1}\"");
  }

  @Test
  void dryRun_printsTheRequestAndSendsNothing() {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--dry-run", "--duration=1h")
              .calling(service.url())
              .result();

      assertThat(result.exit()).isZero();
      assertThat(result.out())
          .isEqualTo("{\"roleArn\":\"" + Answers.ROLE + "\",\"durationSeconds\":3600}\n");
      assertThat(result.err()).contains(service.url() + "/credentials").contains("eu-west-1");
      assertThat(service.requests).isEmpty();
    }
  }

  @Test
  void requestOfMoreThan8KiB_isNotSent() {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--policy", "-")
              .calling(service.url())
              .input("{\"a\":\"" + "x".repeat(8192) + "\"}")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("takes 8192");
      assertThat(service.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "credentials                                                       | which role",
        "credentials arn:aws:iam::444455556666:user/x                      | not an ARN",
        "credentials arn:aws:iam::44445555666:role/x                       | not an ARN",
        "credentials arn:aws:iam::444455556666:role/                       | not an ARN",
        "credentials arn:aws:iam::444455556666:role/x\"y                   | not an ARN",
        "credentials arn:aws:iam::444455556666:role/x --duration 899       | duration",
        "credentials arn:aws:iam::444455556666:role/x --duration 13h       | duration",
        "credentials arn:aws:iam::444455556666:role/x --duration 010m      | duration",
        "credentials arn:aws:iam::444455556666:role/x --duration 1d        | duration",
        "credentials arn:aws:iam::444455556666:role/x --duration           | needs a value",
        "credentials arn:aws:iam::444455556666:role/x --context novalue    | KEY=VALUE",
        "credentials arn:aws:iam::444455556666:role/x --context 1k=v       | starts with a letter",
        "credentials arn:aws:iam::444455556666:role/x --context k/=v       | context key",
        "credentials arn:aws:iam::444455556666:role/x --context k=v --context k=w | twice",
        "credentials arn:aws:iam::444455556666:role/x --format yaml        | --format",
        "credentials arn:aws:iam::444455556666:role/x --policy /nowhere    | policy file",
        "credentials arn:aws:iam::444455556666:role/x --policy-arn x       | policy ARN",
        "credentials arn:aws:iam::444455556666:role/x --cache=yes          | takes no value",
        "credentials arn:aws:iam::444455556666:role/x --wrong              | unknown option",
        "credentials arn:aws:iam::444455556666:role/x second               | one role",
        "exec arn:aws:iam::444455556666:role/x                             | no command to run  ",
        "exec arn:aws:iam::444455556666:role/x -- --format env             | after --",
        "roles something                                                   | options only",
        "roles --dry-run                                                   | has no --dry-run",
        "roles --duration 1h                                               | has no --duration",
        "roles --policy-arn arn:aws:iam::aws:policy/A                      | has no --policy-arn",
        "whoami --cache                                                    | has no --cache",
        "whoami --no-context                                               | has no --no-context",
        "exec arn:aws:iam::444455556666:role/x --for-profile a -- x        | has no --for-profile",
        "exec arn:aws:iam::444455556666:role/x env                         | after --",
        "profile arn:aws:iam::444455556666:role/x --url https://vend.example.com --region eu-west-1"
            + " | set AWS_REGION (",
        "mine audit --limit 0                                              | a number from 1",
        "frobnicate                                                        | no such command",
        "help frobnicate                                                   | no such command",
      })
  void wrongUsage_exitsWith2AndSaysWhatIsWrong(String arguments, String reason) {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(Shell.any(), home, arguments.strip().split(" +"))
              .calling(service.url())
              .without("AWS_REGION")
              .result();

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains(reason);
      assertThat(result.out()).isEmpty();
      assertThat(service.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "credentials", "exec", "profile", "roles", "whoami", "version"})
  void help_tellsOfEachCommand(String command) {
    var result =
        Run.vend(Shell.any(), home, ("help " + command).split(" "))
            .with("VEND_TIMEOUT", "x")
            .result();

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("vend " + command)
        .doesNotContainPattern("(?s)  --region REGION.*  --region REGION");
  }

  @Test
  void version_isOneLine() {
    assertThat(Run.vend(Shell.any(), home, "version").result().out())
        .matches("vend \\d+\\.\\d+\\.\\d+\n");
  }

  @Test
  void expiredCredentialsInTheAnswer_areRefused() {
    try (StandIn service =
        new StandIn(request -> StandIn.Answer.json(Answers.credentials(Duration.ofSeconds(-1))))) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("expired");
    }
  }
}
