package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caller's credentials out of a profile, with a stand-in for the AWS CLI. */
class CallerProfileTest {
  private static final String EXPORT =
      "echo '{\"Version\":1,\"AccessKeyId\":\"ASIAPROFILE000000000\","
          + "\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\"}'";

  @TempDir Path home;
  private Path aws;

  @BeforeEach
  void folders() throws Exception {
    aws = Files.createDirectories(home.resolve("cli"));
    Files.createDirectories(home.resolve(".aws"));
  }

  private void cli(String script) throws Exception {
    Programs.write(aws.resolve("aws"), "echo \"$*\" >> \"$HOME/calls\"\n" + script);
  }

  private Run bare(Shell shell, String url, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "credentials";
    arguments[1] = Answers.ROLE;
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Run.vend(shell, home, arguments)
        .with("VEND_URL", url)
        .with("AWS_REGION", "eu-west-1")
        .programsIn(aws);
  }

  private static String authorization(StandIn service) {
    return service.requests.getLast().header("Authorization");
  }

  @InShells
  void awsProfile_isExportedByTheCli(Shell shell) throws Exception {
    cli(EXPORT);
    try (StandIn service = StandIn.vending()) {
      var result = bare(shell, service.url()).with("AWS_PROFILE", "ci").result();

      assertThat(result.err()).isEmpty();
      assertThat(authorization(service)).contains("ASIAPROFILE000000000");
      assertThat(home.resolve("calls"))
          .hasContent("configure export-credentials --format process --profile ci\n");
    }
  }

  @Test
  void environment_beatsAwsProfile_andAsBeatsBoth() throws Exception {
    cli(EXPORT);
    try (StandIn service = StandIn.vending()) {
      bare(Shell.any(), service.url()).calling(service.url()).with("AWS_PROFILE", "ci").result();
      assertThat(authorization(service)).contains(Answers.CALLER_ID);

      bare(Shell.any(), service.url(), "--as", "other")
          .calling(service.url())
          .with("AWS_PROFILE", "ci")
          .result();
      assertThat(authorization(service)).contains("ASIAPROFILE000000000");
      assertThat(home.resolve("calls")).content().contains("--profile other");
    }
  }

  @Test
  void profileThatCantBeExported_saysWhatTheCliSays() throws Exception {
    cli("printf 'The SSO session has \\033[31mexpired; run aws sso login\\n' >&2; exit 255");
    try (StandIn service = StandIn.vending()) {
      var result = bare(Shell.any(), service.url()).with("AWS_PROFILE", "ci").result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("profile ci", "run aws sso login").doesNotContain("\033");
      assertThat(service.requests).isEmpty();
    }
  }

  @Test
  void answerOfTheCli_isNotEvaluated() throws Exception {
    cli("echo '{\"AccessKeyId\":\"$(touch pwned)\",\"SecretAccessKey\":\"`touch pwned`\"}'");
    var result = bare(Shell.any(), "http://127.0.0.1:1", "--as", "ci").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("characters that access keys don't have");
    assertThat(home.resolve("pwned")).doesNotExist();
  }

  @InShells
  void withoutTheCli_staticKeysAreReadFromTheFile(Shell shell) throws Exception {
    Files.writeString(
        home.resolve(".aws/credentials"),
        """
        [a]
        aws_access_key_id = AKIAWRONG

        [ci]\r
        # c\r
        aws_access_key_id=AKIAFILE0000000000\r
        AWS_SECRET_ACCESS_KEY = a=b/c+d\r
        [z]
        aws_session_token = no
        """);
    try (StandIn service = StandIn.vending()) {
      var result = bare(shell, service.url(), "--as", "ci").result();

      assertThat(result.err()).isEmpty();
      assertThat(authorization(service)).contains("AKIAFILE0000000000");
      assertThat(service.requests.getFirst().header("X-Amz-Security-Token")).isEmpty();
    }
  }

  @Test
  void withoutTheCli_aProfileThatAssumesARole_isNotTakenForItsKeys() throws Exception {
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[ci]\naws_access_key_id=AKIAFILE0000000000\naws_secret_access_key = s\n");
    Files.writeString(
        home.resolve(".aws/config"), "[profile ci]\nrole_arn = arn:aws:iam::1:role/x\n");
    var result = bare(Shell.any(), "http://127.0.0.1:1", "--as", "ci").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("profile ci", "AWS CLI");
  }

  @Test
  void defaultProfile_isUsedWhenThereIsOne() throws Exception {
    cli(EXPORT);
    Files.writeString(home.resolve(".aws/credentials"), "[default]\naws_access_key_id = x\n");
    try (StandIn service = StandIn.vending()) {
      bare(Shell.any(), service.url()).result();

      assertThat(home.resolve("calls")).content().contains("--profile default");
      assertThat(authorization(service)).contains("ASIAPROFILE000000000");
    }
  }

  /** An SDK runs a credential_process with AWS_PROFILE set to the profile that it fills. */
  @Test
  void profileThatIsBeingFilled_isNotAskedForTheCallersCredentials() throws Exception {
    cli(EXPORT);
    var result =
        bare(Shell.any(), "http://127.0.0.1:1", "--for-profile", "client")
            .with("AWS_PROFILE", "client")
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("the profile that is being renewed");
    assertThat(home.resolve("calls")).doesNotExist();
  }

  @Test
  void profilesThatLeadInACircle_end() throws Exception {
    cli("exec \"$SHELL_UNDER_TEST\" \"$VEND\" credentials " + Answers.ROLE + " --as ci");
    Run run = bare(Shell.any(), "http://127.0.0.1:1", "--as", "ci");
    var result = run.with("VEND", Run.VEND.toString()).with("SHELL_UNDER_TEST", "/bin/sh").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(Files.readAllLines(home.resolve("calls")).size()).isLessThan(50);
  }
}
