package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Soak;

/** Keys in AWS's files, where no AWS CLI can say what a profile's credentials are. */
class StaticKeysTest {
  private static final String KEYS =
      "aws_access_key_id = AKIAOLDKEYS000000000\naws_secret_access_key = s\n";

  @TempDir Path home;
  private Path aws;

  @BeforeEach
  void folders() throws Exception {
    aws = Files.createDirectories(home.resolve("cli"));
    Files.createDirectories(home.resolve(".aws"));
  }

  /** Answers as version 1 does, which has no export-credentials in any release. */
  private void oldCli() throws Exception {
    Programs.write(
        aws.resolve("aws"),
        """
        case $* in
        "configure get aws_access_key_id "*) echo AKIAOLDKEYS000000000 ;;
        "configure get aws_secret_access_key "*) echo s ;;
        "configure get "*) exit 1 ;;
        *)
          printf 'usage: aws [options]\\n\\naws <command> help\\n\\n' >&2
          echo 'aws: error: argument subcommand: Invalid choice, valid choices are:' >&2
          exit 2
          ;;
        esac\
        """);
  }

  private void newCliThatFails() throws Exception {
    Programs.write(
        aws.resolve("aws"), "echo 'The SSO session has expired; run aws sso login' >&2; exit 255");
  }

  private Run calling(Shell shell, String url, String... more) {
    return Run.vend(
            shell,
            home,
            Stream.concat(Stream.of("credentials", Answers.ROLE), Stream.of(more))
                .toArray(String[]::new))
        .with("VEND_URL", url)
        .with("AWS_REGION", "eu-west-1")
        .programsIn(aws);
  }

  /** Each setting in one place, and in the long run in all. */
  static Stream<Arguments> settings() {
    List<String> places = List.of("both", "config", "credentials");
    List<String> settings =
        List.of(
            "role_arn = arn:aws:iam::111122223333:role/x\nsource_profile = base",
            "role_arn=arn:aws:iam::111122223333:role/x\ncredential_source=Environment",
            "  role_arn = arn:aws:iam::111122223333:role/x\n  source_profile = base",
            "\tsso_session=work",
            "credential_process = /bin/true",
            "web_identity_token_file = /token",
            "sso_session = work\nsso_account_id = 111122223333",
            "sso_start_url = https://example.com",
            "login_session = arn:aws:iam::111122223333:user/me");
    return IntStream.range(0, settings.size())
        .boxed()
        .flatMap(
            i ->
                (Soak.ON ? places : List.of(places.get(i % places.size())))
                    .stream().map(where -> Arguments.of(settings.get(i), where)));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void profileThatLeadsElsewhere_isNotTakenForItsKeys(String setting, String where)
      throws Exception {
    Files.writeString(
        home.resolve(".aws/config"),
        "[profile ci]\n"
            + (where.equals("credentials") ? "region = eu-west-1\n" : setting + "\n")
            + (where.equals("config") ? KEYS : ""));
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[ci]\n"
            + (where.equals("credentials") ? setting + "\n" : "")
            + (where.equals("config") ? "" : KEYS));
    try (StandIn service = StandIn.vending()) {
      for (String cli : List.of("none", "old", "new")) {
        switch (cli) {
          case "old" -> oldCli();
          case "new" -> newCliThatFails();
          default -> {}
        }
        var result = calling(Shell.any(), service.url(), "--as", "ci").result();

        assertThat(result.exit()).as(cli).isEqualTo(1);
        assertThat(service.requests).as(cli).isEmpty();
        assertThat(result.err())
            .as(cli)
            .contains(
                cli.equals("new")
                    ? new String[] {"run aws sso login"}
                    : new String[] {
                      setting.strip().replaceFirst("(?s)[ =].*", ""), "AWS CLI 2.9.0 or later"
                    });
      }
    }
  }

  @InShells
  void staticKeys_areReadFromTheFiles_withAnOldCli(Shell shell) throws Exception {
    oldCli();
    Files.writeString(
        home.resolve(".aws/config"),
        """
        [profile ci]
        aws_access_key_id = AKIACONFIG0000000000
        aws_secret_access_key = c
        aws_session_token = config-token
        [profile z]
        role_arn = x
        """);
    Files.writeString(home.resolve(".aws/credentials"), "[z]\n[ci]\n" + KEYS);
    try (StandIn service = StandIn.vending()) {
      var result = calling(shell, service.url(), "--as", "ci").result();

      assertThat(result.err()).isEmpty();
      assertThat(service.requests.getFirst().header("Authorization"))
          .contains("AKIAOLDKEYS000000000");
      // The token belongs to the other file's keys.
      assertThat(service.requests.getFirst().header("X-Amz-Security-Token")).isEmpty();
    }
  }

  /** SDKs stop there too. */
  @Test
  void defaultProfileThatLeadsElsewhere_isNoReasonToTurnToAnotherIdentity() throws Exception {
    oldCli();
    Files.writeString(
        home.resolve(".aws/config"), "[default]\nrole_arn = arn:aws:iam::111122223333:role/x\n");
    try (StandIn service = StandIn.vending();
        StandIn container =
            new StandIn(
                request ->
                    StandIn.Answer.json(
                        CallerTest.metadata("ASIACONTAINER0000000", Duration.ofHours(1))))) {
      var result =
          calling(Shell.any(), service.url())
              .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("profile default", "role_arn", "2.9.0");
      assertThat(container.requests).isEmpty();
      assertThat(service.requests).isEmpty();
    }
  }

  /** What an SDK reads in another way than awk, or somewhere else. */
  static Stream<Arguments> filesThatAreNotPlain() {
    String role = "role_arn = arn:aws:iam::111122223333:role/x\n";
    String profile = "[profile ci]\n" + role;
    String keys = "[ci]\n" + KEYS;
    return Stream.of(
        Arguments.of("config", "\uFEFF" + profile, "", "byte order mark"),
        Arguments.of("config", " [profile ci]\n" + role, "", "indented"),
        Arguments.of("config", "\t[profile ci]\n" + role, "", "indented"),
        Arguments.of("config", "\u00A0[profile ci]\n" + role, "", "indented"),
        Arguments.of("config", "\f[profile ci]\n" + role, "", "indented"),
        Arguments.of("config", "# a\r[profile ci]\r" + role, "", "carriage return"),
        Arguments.of("config", "# \0\n" + profile, "", "NUL"),
        Arguments.of("other", profile, "AWS_CONFIG_FILE=$HOME/.aws/other", "a $ or ~"),
        Arguments.of("other", profile, "AWS_CONFIG_FILE=${HOME}/.aws/other", "a $ or ~"),
        Arguments.of("other", profile, "AWS_CONFIG_FILE=~root/.aws/other", "a $ or ~"),
        Arguments.of("other", profile, "AWS_CONFIG_FILE=~", "a $ or ~"),
        Arguments.of("other", keys, "AWS_SHARED_CREDENTIALS_FILE=$HOME/.aws/other", "a $ or ~"),
        Arguments.of("folder/config", profile, "AWS_CONFIG_FILE=~/.aws/folder", "is not a file"),
        Arguments.of("other", profile, "AWS_CONFIG_FILE=~/.aws/pipe", "is not a file"),
        Arguments.of("credentials", keys + "  [bar]\n" + KEYS, "", "indented"),
        Arguments.of("credentials", "\uFEFF[other]\n" + keys, "", "byte order mark"));
  }

  @ParameterizedTest
  @MethodSource("filesThatAreNotPlain")
  void fileThatIsNotPlain_isLeftToTheCli(String file, String text, String setting, String why)
      throws Exception {
    Files.createDirectories(home.resolve(".aws/folder"));
    Files.writeString(home.resolve(".aws/credentials"), "[ci]\n" + KEYS);
    Files.writeString(home.resolve(".aws").resolve(file), text);
    new ProcessBuilder("mkfifo", home.resolve(".aws/pipe").toString()).start().waitFor();
    try (StandIn service = StandIn.vending()) {
      for (String cli : List.of("none", "old", "new")) {
        switch (cli) {
          case "old" -> oldCli();
          case "new" ->
              Programs.write(
                  aws.resolve("aws"),
                  "echo '{\"Version\":1,\"AccessKeyId\":\"ASIAROLE000000000000\",\"SecretAccessKey\":\"s\"}'");
          default -> {}
        }
        Run run = calling(Shell.any(), service.url(), "--as", "ci");
        var result = setting(run, setting).result();

        if (cli.equals("new")) {
          assertThat(result.err()).isEmpty();
          assertThat(service.requests.getFirst().header("Authorization"))
              .contains("ASIAROLE000000000000");
        } else {
          assertThat(result.exit()).as(cli).isEqualTo(1);
          assertThat(result.err()).as(cli).contains(why, "vend can't be certain", "2.9.0 or later");
          assertThat(service.requests).as(cli).isEmpty();
        }
      }
    }
  }

  private static Run setting(Run run, String setting) {
    int equals = setting.indexOf('=');
    return equals < 0 ? run : run.with(setting.substring(0, equals), setting.substring(equals + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF[default]\n", " [default]\n", "# \0\n[default]\n"})
  void defaultProfileThatMayBeHidden_isNoReasonToTurnToAnotherIdentity(String section)
      throws Exception {
    Files.writeString(home.resolve(".aws/credentials"), section + KEYS);
    try (StandIn service = StandIn.vending();
        StandIn container =
            new StandIn(
                request ->
                    StandIn.Answer.json(
                        CallerTest.metadata("ASIACONTAINER0000000", Duration.ofHours(1))))) {
      for (boolean cli : List.of(false, true)) {
        if (cli) {
          newCliThatFails();
        }
        var result =
            calling(Shell.any(), service.url())
                .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url())
                .result();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("profile default", cli ? "aws sso login" : "certain");
        assertThat(container.requests).isEmpty();
        assertThat(service.requests).isEmpty();
      }
    }
  }

  /** The usual way to say that there is no such file. */
  @Test
  void nullDevice_isAnEmptyFile() throws Exception {
    Files.writeString(home.resolve(".aws/credentials"), "[ci]\r\n" + KEYS);
    try (StandIn service = StandIn.vending()) {
      var result =
          calling(Shell.any(), service.url(), "--as", "ci")
              .with("AWS_CONFIG_FILE", "/dev/null")
              .result();

      assertThat(result.err()).isEmpty();
      assertThat(service.requests).hasSize(1);
    }
  }
}
