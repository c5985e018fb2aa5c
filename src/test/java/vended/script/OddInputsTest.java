package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Surroundings and words that are unusual, and what the script says of them. */
class OddInputsTest {
  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::444455556666:role//x",
        "arn:aws:iam::444455556666:role/a//x",
        "arn:aws:iam::444455556666:role/a//b/x",
        "arn:aws:iam::444455556666:role/a:b/x",
        "arn:aws:iam::444455556666:role/"
            + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      })
  void roleThatTheServiceWouldRefuse_isNotSent(String role) {
    try (StandIn service = StandIn.vending()) {
      var result = Run.vend(Shell.any(), home, "credentials", role).calling(service.url()).result();

      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("the role is not an ARN");
      assertThat(service.requests).isEmpty();
    }
  }

  private Run report(Shell shell, StandIn service) {
    return Run.vend(shell, home, "audit", "report").calling(service.url());
  }

  private static StandIn reporting() {
    return new StandIn(
        request -> new StandIn.Answer(200, "text/html", "<!doctype html>", Map.of()));
  }

  @InShells
  void temporaryFolderThatLooksLikeAnOption_isUsed(Shell shell) throws Exception {
    Files.createDirectory(home.resolve("-t"));
    try (StandIn service = reporting()) {
      var result = report(shell, service).with("TMPDIR", "-t").result();

      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo("<!doctype html>");
      assertThat(home.resolve("-t")).isEmptyDirectory();
    }
  }

  /** awk reads a backslash in the value of a variable as the beginning of another character. */
  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\\tb"})
  void temporaryFolderThatProgramsWouldMisread_isRefusedInWords(String name) throws Exception {
    Path folder = Files.createDirectory(home.resolve(name));
    try (StandIn service = reporting()) {
      var result = report(Shell.any(), service).with("TMPDIR", folder.toString()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("TMPDIR has a backslash or control characters");
      assertThat(service.requests).isEmpty();
    }
  }

  @Test
  void relativeTemporaryFolderInsideSuchAFolder_isRefusedToo() throws Exception {
    Path here = Files.createDirectory(home.resolve("a\\tb"));
    Files.createDirectory(here.resolve("t"));
    try (StandIn service = reporting()) {
      var result =
          Run.vend(Shell.any(), here, "audit", "report")
              .calling(service.url())
              .with("TMPDIR", "t")
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("TMPDIR has a backslash or control characters");
      assertThat(service.requests).isEmpty();
    }
  }

  @Test
  void authorityOfTheProfile_isTrusted_andAMissingOneIsSaid() throws Exception {
    Tls tls = Tls.make(home);
    Path config = Files.createDirectories(home.resolve(".aws")).resolve("config");
    try (StandIn service =
        new StandIn(request -> StandIn.Answer.json(Answers.credentials()), tls.context())) {
      Run plain = Run.vend(Shell.any(), home, "credentials", Answers.ROLE).calling(service.url());
      assertThat(plain.result().err()).contains("curl 60", "this system", "AWS_CA_BUNDLE");

      Files.writeString(config, "[profile ci]\nca_bundle = ~/ca.pem\n");
      var trusted =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .calling(service.url())
              .with("AWS_PROFILE", "ci")
              .result();
      assertThat(trusted.err()).isEmpty();
      assertThat(trusted.exit()).isZero();

      var missing =
          Run.vend(Shell.any(), home, "credentials", Answers.ROLE)
              .calling(service.url())
              .with("AWS_PROFILE", "ci")
              .with("AWS_CA_BUNDLE", "/nowhere/ca.pem")
              .result();
      assertThat(missing.err()).contains("curl 77", "/nowhere/ca.pem", "set AWS_CA_BUNDLE");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusal_saysWhoCalled(int status) throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[ci]\naws_access_key_id = AKIAPROFILE000000000\naws_secret_access_key = s\n");
    try (StandIn service =
            new StandIn(request -> StandIn.Answer.problem(status, "Forbidden", "No."));
        StandIn gateway =
            new StandIn(request -> new StandIn.Answer(status, "text/html", "no", Map.of()))) {
      for (StandIn one : new StandIn[] {service, gateway}) {
        var environment =
            Run.vend(Shell.any(), home, "credentials", Answers.ROLE).calling(one.url()).result();
        assertThat(environment.exit()).isEqualTo(1);
        assertThat(environment.err())
            .contains("access key " + Answers.CALLER_ID + ", from: environment")
            .doesNotContain(Answers.CALLER_SECRET, Answers.CALLER_TOKEN);

        var profile =
            Run.vend(Shell.any(), home, "roles", "--as", "ci").calling(one.url()).result();
        assertThat(profile.err()).contains("access key AKIAPROFILE000000000, from: profile ci");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "credentials ROLE --x^[31m=1",
        "credentials ROLE --x^[31m",
        "credentials ROLE^[31m",
        "credentials ROLE --format=^[31m",
        "credentials ROLE --format ^[31m",
        "credentials ROLE --duration ^[31m",
        "exec ROLE --^[31m=1 -- true",
        "profile ROLE --profile ^[31m",
        "roles --x^[31m=1",
        "client list --x^[31m=1",
        "grant put ROLE ROLE --wait^[31m=1",
        "audit --x^[31m=1",
        "audit report --id=^[31m",
      })
  void controlCharactersInAnArgument_areNotPrinted(String command) {
    String[] arguments = command.replace("ROLE", Answers.ROLE).replace("^", "\033").split(" ");
    var result = Run.vend(Shell.any(), home, arguments).calling("http://127.0.0.1:1").result();

    assertThat(result.err())
        .isEqualTo(
            "vend: an argument has control characters in it\nvend: see: vend help %s\n"
                .formatted(arguments[0]));
    assertThat(result.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "audit --wrong, vend audit has no --wrong",
    "audit --output x, vend audit has no --output",
    "audit report --id V1, vend audit report has no --id",
    "audit export --all, vend audit export has no --all",
    "audit reconcile --limit 1, vend audit reconcile has no --limit"
  })
  void optionOfAnotherCommand_isRefused(String command, String message) {
    var result = Run.vend(Shell.any(), home, command.split(" ")).result();

    assertThat(result.err()).startsWith("vend: " + message + "\n");
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void inputOfReconcileThatIsNoEvents_isRefused() throws Exception {
    for (String input : List.of("{\"Events\":", "[1", "{\"Events\":[{]}")) {
      var result =
          Run.vend(Shell.any(), home, "audit", "reconcile")
              .calling("http://127.0.0.1:1")
              .with("TMPDIR", home.toString())
              .input(input)
              .result();

      assertThat(result.err())
          .isEqualTo(
              "vend: the input is incomplete or not JSON, or is neither lookup-events output, log"
                  + " files, nor a sequence of events\n");
      assertThat(result.exit()).isEqualTo(1);
    }
  }
}
