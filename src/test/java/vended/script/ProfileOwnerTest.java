package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A profile that gives one role is not turned into another's by mistake. */
class ProfileOwnerTest {
  private static final String OTHER = "arn:aws:iam::777788889999:role/vended/Deploy";

  @TempDir Path home;
  private Path config;
  private Path credentials;

  @BeforeEach
  void folder() throws Exception {
    config = Files.createDirectories(home.resolve(".aws")).resolve("config");
    credentials = home.resolve(".aws/credentials");
  }

  private Run.Result profile(Shell shell, StandIn service, String role, String... options) {
    List<String> arguments = new ArrayList<>(List.of("profile", role));
    arguments.addAll(List.of(options));
    return Run.vend(shell, home, arguments.toArray(String[]::new)).calling(service.url()).result();
  }

  /** Vends whichever of the two roles is asked for. */
  private static StandIn service() {
    return new StandIn(
        request ->
            StandIn.Answer.json(
                request.body().contains(OTHER)
                    ? Answers.credentials().replace("444455556666", "777788889999")
                    : Answers.credentials()));
  }

  private String files() throws Exception {
    return (Files.exists(config) ? Files.readString(config) : "")
        + (Files.exists(credentials) ? Files.readString(credentials) : "");
  }

  /** A profile by a command or by keys, and what is made of it then. */
  static Stream<Arguments> kinds() {
    return Shell.deal(
        Stream.of(
            Arguments.of(new String[0], new String[0]),
            Arguments.of(new String[0], new String[] {"--static"}),
            Arguments.of(new String[] {"--static"}, new String[0]),
            Arguments.of(new String[] {"--static"}, new String[] {"--static"})));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void profileOfAnotherRole_isReplacedOnlyWhereThatIsSaid(
      Shell shell, String[] first, String[] then) throws Exception {
    try (StandIn service = service()) {
      Run.Result made = profile(shell, service, Answers.ROLE, first);
      String before = files();
      int requests = service.requests.size();
      Run.Result other = profile(shell, service, OTHER, then);

      assertThat(made.exit()).isZero();
      assertThat(made.err()).contains(Answers.ROLE);
      assertThat(other.exit()).isEqualTo(1);
      assertThat(other.err()).contains("profile client", Answers.ROLE, "--replace");
      assertThat(files()).isEqualTo(before);
      assertThat(service.requests).as("asked for nothing").hasSize(requests);

      assertThat(profile(shell, service, Answers.ROLE, then).exit()).as("the same role").isZero();
      String[] replacing =
          Stream.concat(Stream.of(then), Stream.of("--replace")).toArray(String[]::new);
      Run.Result replaced = profile(shell, service, OTHER, replacing);
      assertThat(replaced.exit()).as(replaced.err()).isZero();
      assertThat(replaced.err()).contains(OTHER);
      assertThat(files()).contains(OTHER).doesNotContain(Answers.ROLE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/opt/tool --role arn:aws:iam::444455556666:role/vended/Deploy",
        "aws-vault exec x"
      })
  void commandOfAnotherTool_isReplacedOnlyWhereThatIsSaid(String command) throws Exception {
    Files.writeString(config, "[profile client]\ncredential_process = " + command + "\n");
    try (StandIn service = service()) {
      String before = files();
      for (String[] kind : new String[][] {{}, {"--static"}}) {
        Run.Result refused = profile(Shell.any(), service, Answers.ROLE, kind);

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("vend did not write", "--replace");
        assertThat(files()).isEqualTo(before);
      }
      assertThat(profile(Shell.any(), service, Answers.ROLE, "--replace").exit()).isZero();
    }
  }

  @Test
  void commandThatSomebodyWroteByHand_isOfTheRoleItNames() throws Exception {
    Files.writeString(
        config,
        "[profile client]\ncredential_process = sh \"/my tools/vend\" credentials --cache "
            + OTHER
            + "\n");
    try (StandIn service = service()) {
      Run.Result refused = profile(Shell.any(), service, Answers.ROLE);

      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains(OTHER);
      assertThat(profile(Shell.any(), service, OTHER).exit()).isZero();
    }
  }

  @Test
  void temporaryKeysOfAnotherTool_areReplacedAndThatIsSaid() throws Exception {
    Files.writeString(
        credentials,
        "[client]\naws_access_key_id = A\naws_secret_access_key = s\naws_session_token = t\n");
    try (StandIn service = service()) {
      Run.Result result = profile(Shell.any(), service, Answers.ROLE, "--static");

      assertThat(result.exit()).isZero();
      assertThat(result.err()).contains("vend did not write");
    }
  }

  /** The one that comes second looks again when it has the lock. */
  @Test
  void twoRolesAtOnce_onlyOneGetsTheProfile() throws Exception {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Files.writeString(
        stubs.resolve("other"),
        "[profile client]\ncredential_process = vend credentials " + OTHER + "\n");
    Programs.write(
        stubs.resolve("ln"),
        "cat \"$HOME/stubs/other\" > \"$HOME/.aws/config\"; exec \"%s\" \"$@\""
            .formatted(Shell.find("ln").orElseThrow()));
    Run.Result result =
        Run.vend(Shell.any(), home, "profile", Answers.ROLE)
            .calling("https://abc.execute-api.eu-west-1.amazonaws.com/prod")
            .programsIn(stubs)
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains(OTHER);
    assertThat(config).content().doesNotContain(Answers.ROLE);
  }

  @Test
  void replaceBelongsToProfile() {
    try (StandIn service = service()) {
      Run.Result result =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--replace")
              .calling(service.url())
              .result();

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("vend profile");
    }
  }
}
