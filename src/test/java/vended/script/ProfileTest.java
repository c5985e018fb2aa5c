package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
  private static final String URL = "https://abc.execute-api.eu-west-1.amazonaws.com/prod";
  private static final String PROCESS =
      "credential_process = "
          + Run.VEND
          + " credentials "
          + Answers.ROLE
          + " --for-profile client --url "
          + URL;

  @TempDir Path home;
  private Path config;
  private Path credentials;

  @BeforeEach
  void folder() throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    config = home.resolve(".aws/config");
    credentials = home.resolve(".aws/credentials");
  }

  private Run profile(Shell shell, String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "profile";
    arguments[1] = Answers.ROLE;
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Run.vend(shell, home, arguments).calling(URL);
  }

  @InShells(evenBash = true)
  void profile_onAMachineWithoutOne_isMade(Shell shell) throws Exception {
    Files.delete(home.resolve(".aws"));
    var result = profile(shell, "--region", "eu-north-1").result();

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(Files.readString(config))
        .isEqualTo("[profile client]\n" + PROCESS + "\nregion = eu-north-1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-------");
  }

  @InShells
  void otherLines_stayByteForByte(Shell shell) throws Exception {
    String before =
        """

        # top \t\r
        [default]\r
        region=x\r
        \r
        [profile  clients]
        credential_process = a
        [ profile client ]  ; mine
        # note
        Region : old
        s3 =
          a = b

        credential_process = other
          more
        \toutput = json
        output = $(id) \\n %s é


        [profile z]
        region = z
        credential_process = z\
        """;
    Files.writeString(config, before);

    profile(shell, "--region", "eu-north-1", "--replace").result();

    assertThat(Files.readString(config))
        .isEqualTo(
            before
                .replace("Region : old", "region = eu-north-1")
                .replace("credential_process = other\n  more\n\toutput = json\n", PROCESS + "\n"));
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "'[a]\nb = c', '\n\n'", "'[a]\nb = c\n', '\n'", "'[a]\r\nb = c\n\n', ''"})
  void newSection_goesToTheEnd(String before, String between) throws Exception {
    Files.writeString(config, before);

    profile(Shell.any()).result();

    assertThat(Files.readString(config))
        .isEqualTo(before + between + "[profile client]\n" + PROCESS + "\n");
  }

  @ParameterizedTest
  @CsvSource({"'[a]\r\nb = c\r\n', '\r\n'", "'[a]\r\nb = c', '\r\n\r\n'"})
  void newSection_hasTheLineEndsOfTheFile(String before, String between) throws Exception {
    Files.writeString(config, before);

    profile(Shell.any()).result();

    assertThat(Files.readString(config))
        .isEqualTo(before + between + "[profile client]\r\n" + PROCESS + "\r\n");
  }

  @Test
  void profileMadeTwice_isTheSame() throws Exception {
    Files.writeString(config, "[default]\nregion = x\n");
    profile(Shell.any()).result();
    String once = Files.readString(config);
    profile(Shell.any()).shellOptions("-C").result();

    assertThat(Files.readString(config)).isEqualTo(once);
  }

  @InShells
  void staticProfile_holdsTheThreeKeysWhereOnlyTheUserReads(Shell shell) throws Exception {
    Files.writeString(
        credentials, "[client]\n# old\nAWS_ACCESS_KEY_ID=old\naws_session_token = old\n");
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r--r--"));
    try (StandIn service = StandIn.vending()) {
      var result = profile(shell, "--static").with("VEND_URL", service.url()).result();

      assertThat(result.exit()).isZero();
      assertThat(result.out() + result.err()).doesNotContain(Answers.ISSUED_SECRET);
    }
    assertThat(Files.readString(credentials))
        .isEqualTo(
            "[client]\naws_secret_access_key = %s\nvend_role = %s\n# old\naws_access_key_id = %s\naws_session_token = %s\n"
                .formatted(
                    Answers.ISSUED_SECRET, Answers.ROLE, Answers.ISSUED_ID, Answers.ISSUED_TOKEN));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
        .isEqualTo("rw-------");
  }

  @Test
  void modeOfTheConfigFile_stays() throws Exception {
    Files.writeString(config, "");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));

    profile(Shell.any()).result();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void symbolicLink_staysALink() throws Exception {
    Path real = Files.writeString(home.resolve("dotfiles-config"), "# mine\n");
    Files.createSymbolicLink(config, Path.of("../dotfiles-config"));

    profile(Shell.any()).result();

    assertThat(config).isSymbolicLink();
    assertThat(real).content().startsWith("# mine\n").contains(PROCESS);
  }

  @Test
  void keysOfTheOldScript_areTakenOutForTheyWouldHideTheCommand() throws Exception {
    Files.writeString(
        credentials,
        """
        [client]
        aws_access_key_id = A
        aws_secret_access_key = s
        aws_session_token = t
        [b]
        x = y
        """);
    var result = profile(Shell.any()).result();

    assertThat(result.err()).contains("removing its temporary keys");
    assertThat(Files.readString(credentials)).isEqualTo("[client]\n[b]\nx = y\n");
  }

  @Test
  void longLivedKeys_areNeverTakenOut() throws Exception {
    String before = "[client]\naws_access_key_id = A\naws_secret_access_key = s\n";
    Files.writeString(credentials, before);
    var result = profile(Shell.any()).result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("long-lived");
    assertThat(Files.readString(credentials)).isEqualTo(before);
    assertThat(config).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"role_arn = x", "sso_session = x", "aws_access_key_id = x"})
  void profileThatMeansSomethingElse_isLeftAlone(String line) throws Exception {
    Files.writeString(config, "[profile client]\n" + line + "\n");
    var result = profile(Shell.any()).result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("choose another name");
    assertThat(Files.readString(config)).isEqualTo("[profile client]\n" + line + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "credential_process = x, ''",
    "credential_process = x, --static",
    "role_arn = x, ''",
    "sso_session = x, --static",
    "web_identity_token_file = x, ''",
  })
  void credentialsFileThatMeansSomethingElse_isLeftAlone(String line, String option)
      throws Exception {
    Files.writeString(credentials, "[client]\n" + line + "\n");
    try (StandIn service = StandIn.vending()) {
      var result =
          profile(Shell.any(), option.isEmpty() ? new String[0] : new String[] {option})
              .with("VEND_URL", service.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains(credentials.toString(), "choose another name");
      assertThat(service.requests).isEmpty();
    }
    assertThat(Files.readString(credentials)).isEqualTo("[client]\n" + line + "\n");
    assertThat(config).doesNotExist();
  }

  @Test
  void dryRun_showsTheProfileAndWritesNothing() {
    try (StandIn service = StandIn.vending()) {
      var renewed = profile(Shell.any(), "--dry-run", "--region", "eu-north-1").result();
      var fixed =
          profile(Shell.any(), "--dry-run", "--static").with("VEND_URL", service.url()).result();

      assertThat(renewed.exit()).isZero();
      assertThat(renewed.out())
          .isEqualTo("[profile client]\n" + PROCESS + "\nregion = eu-north-1\n");
      assertThat(renewed.err()).contains("would write", config.toString());
      assertThat(fixed.exit()).isZero();
      assertThat(fixed.out()).isEqualTo("{\"roleArn\":\"" + Answers.ROLE + "\"}\n");
      assertThat(fixed.err()).contains("would write", credentials.toString());
      assertThat(service.requests).isEmpty();
    }
    assertThat(config).doesNotExist();
    assertThat(credentials).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeff[profile client]\na = b\n",
        "  [profile client]\na = b\n",
        "[a]\nb = c\0d\n"
      })
  void fileThatCantBeCopiedFaithfully_isLeftAlone(String before) throws Exception {
    Files.writeString(config, before);
    var result = profile(Shell.any()).result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(Files.readString(config)).isEqualTo(before);
  }

  @Test
  void pathWithBlanks_isQuoted() throws Exception {
    Path folder = Files.createDirectories(home.resolve("my tools"));
    Path copy = Files.copy(Run.VEND, folder.resolve("vend"));
    profile(Shell.any(), "--context", "ticket=a b", "--cache").script(copy).result();

    assertThat(Files.readString(config))
        .contains("credential_process = \"" + copy + "\" credentials ")
        .contains(" --context \"ticket=a b\" --cache\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a$(id)", "a`id`", "a\\b", "a #b", "a;b"})
  void valueThatASdkOrAShellWouldReadOtherwise_isRefused(String value) {
    var result = profile(Shell.any(), "--context", "k=" + value).result();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(config).doesNotExist();
  }

  @Test
  void profileThatWouldCallWithItself_isRefused() throws Exception {
    Files.writeString(
        config,
        "[profile a]\nsource_profile = b\nrole_arn = x\n[profile b]\nsource_profile=client\n");

    for (String source : new String[] {"client", "a"}) {
      var result = profile(Shell.any(), "--as", source).result();

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("its own credentials");
    }
  }

  @Test
  void awsProfileOfNow_isWrittenDownAsTheSource() throws Exception {
    profile(Shell.any())
        .without("AWS_ACCESS_KEY_ID")
        .without("AWS_SECRET_ACCESS_KEY")
        .with("AWS_PROFILE", "ci")
        .result();

    assertThat(Files.readString(config)).contains(" --as ci\n");
  }

  @Test
  void defaultProfile_hasItsOwnKindOfHead() throws Exception {
    Files.writeString(config, "[profile a]\nb = c\n");
    profile(Shell.any(), "--profile", "default").result();

    assertThat(Files.readString(config)).contains("\n[default]\ncredential_process = ");
  }

  @Test
  void tildeInTheNameOfAFile_isTheHome() {
    profile(Shell.any()).with("AWS_CONFIG_FILE", "~/.aws/config").result();

    assertThat(config).content().contains(PROCESS);
  }

  @Test
  void cdpathAndAFunctionCalledCd_dontChangeTheScriptsOwnPath() throws Exception {
    Path copy = Files.copy(Run.VEND, Files.createDirectories(home.resolve("bin")).resolve("vend"));
    for (Shell shell : Shell.share("functions", Shell.evenBash().toList()).toList()) {
      Files.deleteIfExists(config);
      var result =
          profile(shell)
              .script(Path.of("bin/vend"))
              .with("CDPATH", home.toString())
              .with("BASH_FUNC_cd%%", "() { echo taken; }")
              .result();

      assertThat(result.exit()).isZero();
      assertThat(config).content().contains("credential_process = " + copy + " credentials ");
    }
  }

  @Test
  void filesNamedByTheEnvironment_areTheOnesWritten() throws Exception {
    Path other = home.resolve("a=b/other config");
    profile(Shell.any()).with("AWS_CONFIG_FILE", other.toString()).result();

    assertThat(other).content().contains(PROCESS);
    assertThat(config).doesNotExist();
  }
}
