package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where secrets must not show: other programs' arguments and environment, files, traces. */
class SecretsTest {
  private static final List<String> SECRETS =
      List.of(
          Answers.CALLER_SECRET,
          Answers.CALLER_TOKEN,
          Answers.ISSUED_SECRET,
          Answers.ISSUED_TOKEN,
          "container-token",
          "meta/secret",
          "meta/token",
          "web.identity.token");

  @TempDir Path home;
  private Path recorders;

  /** Puts a recorder of arguments and environment before each program. */
  @BeforeEach
  void record() throws Exception {
    recorders = Files.createDirectories(home.resolve("recorders"));
    String env = Shell.find("env").orElseThrow().toString();
    for (String program : Run.PROGRAMS) {
      Programs.write(
          recorders.resolve(program),
          """
          for word in %s "$@"; do printf '<%%s>' "$word"; done >> "$HOME/seen"
          "%s" >> "$HOME/seen"
          exec "%s" "$@\"\
          """
              .formatted(program, env, Shell.find(program).orElseThrow()));
    }
  }

  private void assertNothingSeen() throws IOException {
    String seen = new String(Files.readAllBytes(home.resolve("seen")), StandardCharsets.ISO_8859_1);
    assertThat(seen).contains("<curl>", "<awk>");
    SECRETS.forEach(secret -> assertThat(seen).doesNotContain(secret));
  }

  private void assertNothingIn(String text) {
    SECRETS.forEach(secret -> assertThat(text).doesNotContain(secret));
  }

  @InShells
  void otherPrograms_seeNoSecret(Shell shell) throws Exception {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE, "--cache", "--format", "env")
              .calling(service.url())
              .programsIn(recorders)
              .result();

      assertThat(result.out()).contains(Answers.ISSUED_SECRET);
      assertNothingSeen();
    }
  }

  @InShells
  void otherPrograms_seeNoSecretOfAProfile(Shell shell) throws Exception {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(shell, home, "profile", Answers.ROLE, "--static")
              .calling(service.url())
              .programsIn(recorders)
              .result();

      assertThat(result.exit()).isZero();
      assertNothingSeen();
    }
  }

  @Test
  void otherPrograms_seeNoSecretOfTheContainerEndpoint() throws Exception {
    try (StandIn service = StandIn.vending();
        StandIn container =
            new StandIn(
                request ->
                    StandIn.Answer.json(
                        CallerTest.metadata("ASIACONTAINER0000000", Duration.ofHours(1))))) {
      var result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .with("VEND_URL", service.url())
              .with("AWS_REGION", "eu-west-1")
              .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url() + "/x")
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN", "container-token")
              .programsIn(recorders)
              .result();

      assertThat(result.exit()).isZero();
      assertThat(container.requests.getFirst().header("Authorization"))
          .isEqualTo("container-token");
      assertNothingSeen();
    }
  }

  @InShells
  void otherPrograms_seeNoSecretOfWebIdentity(Shell shell) throws Exception {
    Path token = Files.writeString(home.resolve("token"), "web.identity.token\n");
    try (StandIn service = StandIn.vending();
        StandIn sts = new StandIn(request -> StandIn.Answer.json(WebIdentityTest.JSON))) {
      var result =
          Run.vend(shell, home, "credentials", Answers.ROLE)
              .with("VEND_URL", service.url())
              .with("AWS_REGION", "eu-west-1")
              .with("AWS_ENDPOINT_URL_STS", sts.url())
              .with("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/Ci")
              .with("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString())
              .programsIn(recorders)
              .result();

      assertThat(result.exit()).isZero();
      assertThat(sts.requests.getFirst().body()).contains("web.identity.token");
      assertNothingSeen();
    }
  }

  /** Bash reads BASH_ENV before a script, and expands aliases in it when told to. */
  @Test
  void aliasesOfTheCaller_areNotCalled() throws Exception {
    assumeTrue(Shell.find("bash").isPresent(), "bash");
    Programs.write(
        recorders.resolve("printf"),
        "echo \"<$*>\" >> \"$HOME/seen\"; exec \"%s\" \"$@\""
            .formatted(Shell.find("printf").orElseThrow()));
    Path startup =
        Files.writeString(
            home.resolve("startup"),
            """
            shopt -s expand_aliases
            alias printf=%s/printf set='echo >> "$HOME/aliased" set' curl='false curl'
            alias unset='echo >> "$HOME/aliased" unset' unalias='echo unalias'
            """
                .formatted(recorders));
    for (Shell shell : Shell.evenBash().filter(shell -> shell.name().startsWith("bash")).toList()) {
      try (StandIn service = StandIn.vending()) {
        var result =
            Run.vend(shell, home, "credentials", Answers.ROLE)
                .calling(service.url())
                .programsIn(recorders)
                .with("BASH_ENV", startup.toString())
                .result();

        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(home.resolve("aliased")).doesNotExist();
        assertNothingSeen();
      }
    }
  }

  /** With the keys of its connections, whoever recorded them reads what they carried. */
  @Test
  void keysOfTheConnection_areNotWrittenDown() throws Exception {
    Tls tls = Tls.make(home);
    Path keys = home.resolve("keys");
    try (StandIn service =
        new StandIn(request -> StandIn.Answer.json(Answers.credentials()), tls.context())) {
      var result =
          Run.vend(Shell.any(), home, "exec", Answers.ROLE, "--", "sh", "-c", "echo $SSLKEYLOGFILE")
              .calling(service.url())
              .with("AWS_CA_BUNDLE", tls.certificate().toString())
              .with("SSLKEYLOGFILE", keys.toString())
              .result();

      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo(keys + "\n");
      assertThat(keys).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "-v", "-a", "-ax"})
  void optionsOfTheShell_revealNothing(String option) throws Exception {
    for (Shell shell : Shell.share(option, Shell.evenBash().toList()).toList()) {
      try (StandIn service = StandIn.vending()) {
        var result =
            Run.vend(shell, home, "exec", Answers.ROLE, "--", "true")
                .calling(service.url())
                .shellOptions(option)
                .programsIn(recorders)
                .with("PATH", recorders + ":" + Run.programs() + ":/usr/bin:/bin")
                .result();

        assertThat(result.exit()).isZero();
        assertNothingIn(result.err() + result.out());
        assertNothingSeen();
      }
    }
  }

  /** An exported variable stays exported when a script gives it another value. */
  @InShells
  void variablesOfTheCaller_neitherCarrySecretsNorChange(Shell shell) throws Exception {
    List<String> names =
        Pattern.compile("\\bv_([a-z_]+)=")
            .matcher(Files.readString(Run.VEND))
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertThat(names).contains("config", "issued_secret");
    String env = Shell.find("env").orElseThrow().toString();
    try (StandIn service = StandIn.vending()) {
      Run run =
          Run.vend(shell, home, "exec", Answers.ROLE, "--", env)
              .calling(service.url())
              .programsIn(recorders);
      names.forEach(name -> run.with(name, "mine").with("v_" + name, "mine"));
      var result = run.result();

      assertThat(result.exit()).isZero();
      names.forEach(name -> assertThat("\n" + result.out()).contains("\n" + name + "=mine\n"));
      assertThat(result.out().replaceAll("(?m)^AWS_.*$", ""))
          .doesNotContain(Answers.ISSUED_SECRET, Answers.CALLER_SECRET);
      assertNothingSeen();
    }
  }

  @InShells
  void variablesOfTheCaller_carryNoSecretOfAConfigFile(Shell shell) throws Exception {
    Path config =
        Files.writeString(
            home.resolve("config"),
            "[profile ci]\naws_access_key_id = A\naws_secret_access_key = "
                + Answers.CALLER_SECRET
                + "\n");
    try (StandIn service = StandIn.vending()) {
      Run run =
          Run.vend(shell, home, "credentials", Answers.ROLE, "--as", "ci")
              .calling(service.url())
              .with("AWS_ACCESS_KEY_ID", "")
              .with("AWS_SECRET_ACCESS_KEY", "")
              .with("AWS_SESSION_TOKEN", "")
              .with("AWS_CONFIG_FILE", config.toString())
              .programsIn(recorders);
      Pattern.compile("\\b(v_[a-z_]+)=")
          .matcher(Files.readString(Run.VEND))
          .results()
          .forEach(match -> run.with(match.group(1), "mine"));
      var result = run.result();

      assertThat(result.exit()).as(result.err()).isZero();
      assertNothingSeen();
    }
  }

  /** Bash takes functions from its environment. */
  @Test
  void functionsOfTheCaller_areNotCalled() throws Exception {
    assumeTrue(Shell.find("bash").isPresent(), "bash");
    for (Shell shell : Shell.evenBash().filter(shell -> shell.name().startsWith("bash")).toList()) {
      try (StandIn service = StandIn.vending()) {
        Run run =
            Run.vend(shell, home, "credentials", Answers.ROLE)
                .calling(service.url())
                .programsIn(recorders);
        List<String> names = new ArrayList<>(List.of("printf", "curl", "awk", "command", "tr"));
        if (shell.name().equals("bash")) {
          // In its POSIX mode, bash itself complains of these two.
          names.addAll(List.of("unset", "set"));
        }
        for (String name : names) {
          run.with("BASH_FUNC_" + name + "%%", "() { echo \"taken $*\" >&2; }");
        }
        var result = run.result();

        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
      }
    }
  }

  @Test
  void verbose_tellsTheStepsAndNoSecret() {
    try (StandIn service =
        StandIn.inTurn(
            StandIn.Answer.problem(503, "Unavailable", ""),
            StandIn.Answer.json(Answers.credentials()))) {
      var result =
          Run.vend(Shell.any(), home, "exec", Answers.ROLE, "--verbose", "--", "sh", "-c", ":")
              .calling(service.url())
              .result();

      assertThat(result.err())
          .containsSubsequence(
              "caller's credentials: environment",
              "POST " + service.url() + "/credentials",
              "try 1 of 3: HTTP 503",
              "HTTP 200",
              Answers.VEND_ID);
      assertNothingIn(result.err());
    }
  }

  @Test
  void files_holdNoSecretUnlessAskedTo() throws Exception {
    try (StandIn service = StandIn.vending()) {
      Run.vend(Shell.any(), home, "exec", Answers.ROLE, "--", "sh", "-c", ":")
          .calling(service.url())
          .with("TMPDIR", home.toString())
          .result();
      Run.vend(Shell.any(), home, "profile", Answers.ROLE).calling(service.url()).result();
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertNothingIn(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }
}
