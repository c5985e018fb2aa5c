package vended.script;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import software.amazon.awssdk.profiles.ProfileFile;

/** The examples' own commands, run with the script itself; other programs only tell their names. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");

  @TempDir Path home;
  private Path programs;

  @BeforeEach
  void programs() throws Exception {
    programs = Files.createDirectories(home.resolve("bin"));
    Programs.write(
        programs.resolve("aws"),
        "echo \"aws $* as ${AWS_ACCESS_KEY_ID:-nobody}\" >> \"$HOME/ran\"");
    // The download: the script itself, wherever -o says; vend's own calls go to the real one.
    Programs.write(
        programs.resolve("curl"),
        """
        case $1 in -q) exec %s "$@" ;; esac
        while [ "$1" != -o ]; do shift; done
        cat '%s' > "$2\"\
        """
            .formatted(Shell.find("curl").orElseThrow(), Run.VEND));
    Files.createSymbolicLink(programs.resolve("vend"), Run.VEND);
  }

  private static Object yaml(Path file) throws Exception {
    return requireNonNull(
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
  }

  private static Object at(Object node, Object... path) {
    for (Object step : path) {
      node =
          requireNonNull(
              step instanceof Integer index
                  ? ((List<?>) node).get(index)
                  : ((Map<?, ?>) node).get(step));
    }
    return node;
  }

  private static String lines(Object commands) {
    return ((List<?>) commands).stream().map(String::valueOf).collect(joining("\n", "", "\n"));
  }

  private String run(StandIn service, String script) throws Exception {
    String sum =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Run.VEND)));
    ProcessBuilder builder =
        new ProcessBuilder(
                Shell.find("sh").orElseThrow().toString(),
                "-euc",
                script.replace("/usr/local/bin/", home + "/"))
            .directory(home.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(
        Map.of(
            "HOME",
            home.toString(),
            "PATH",
            programs + ":/usr/bin:/bin",
            "VEND_URL",
            service.url(),
            "AWS_REGION",
            "eu-west-1",
            "AWS_ACCESS_KEY_ID",
            Answers.CALLER_ID,
            "AWS_SECRET_ACCESS_KEY",
            Answers.CALLER_SECRET,
            "CLIENT_ROLE_ARN",
            Answers.ROLE,
            "VEND_SCRIPT_URL",
            "https://tools.example.com/vend",
            "VEND_SCRIPT_SHA256",
            sum));
    environment.putAll(
        Map.of(
            "SCRIPT_URL",
            "https://tools.example.com/vend",
            "SCRIPT_SHA256",
            sum,
            "ROLE_ARN",
            Answers.ROLE,
            "DURATION",
            "1h",
            "RUNNER_TEMP",
            home.toString(),
            "GITHUB_ACTIONS",
            "true",
            "GITHUB_ENV",
            home.resolve("github-env").toString(),
            "GITHUB_PATH",
            home.resolve("github-path").toString()));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void codeBuild_deploysAsTheClient() throws Exception {
    Object spec = yaml(EXAMPLES.resolve("buildspec.yml"));
    String commands =
        lines(at(spec, "phases", "install", "commands"))
            + lines(at(spec, "phases", "build", "commands"));
    try (StandIn service = StandIn.vending()) {
      run(service, commands);
    }

    assertThat(home.resolve("ran"))
        .content()
        .contains("aws sts get-caller-identity as " + Answers.ISSUED_ID)
        .contains("deploy --profile client");
    assertThat(home.resolve(".aws/config")).content().contains("[profile client]", "--cache");
  }

  @Test
  void gitLab_deploysAsTheClient() throws Exception {
    String commands = lines(at(yaml(EXAMPLES.resolve("gitlab-ci.yml")), "deploy", "script"));
    try (StandIn service = StandIn.vending()) {
      run(service, commands);

      assertThat(service.requests.getFirst().body()).contains("\"environment\":\"production\"");
    }
    assertThat(home.resolve("ran")).content().contains(" as " + Answers.ISSUED_ID);
    // The image's own is aws.
    assertThat(at(yaml(EXAMPLES.resolve("gitlab-ci.yml")), "deploy", "image", "entrypoint"))
        .isEqualTo(List.of(""));
  }

  @Test
  void gitHubAction_putsMaskedCredentialsIntoTheJob() throws Exception {
    Object action = yaml(EXAMPLES.resolve("github-actions/action.yml"));
    String script =
        at(action, "runs", "steps", 0, "run").toString() + at(action, "runs", "steps", 1, "run");
    // Text of a caller in the text of a script would be code.
    assertThat(script).doesNotContain("${{");
    Files.createFile(home.resolve("github-env"));
    try (StandIn service = StandIn.vending()) {
      String log = run(service, script);

      assertThat(log)
          .contains("::add-mask::" + Answers.ISSUED_SECRET, "::add-mask::" + Answers.ISSUED_TOKEN);
      assertThat(log.replaceAll("::add-mask::.*", "")).doesNotContain(Answers.ISSUED_SECRET);
    }
    assertThat(home.resolve("github-env"))
        .content()
        .contains("AWS_SESSION_TOKEN=" + Answers.ISSUED_TOKEN + "\n");
  }

  /** The action of a release, which has the script beside it. */
  @Test
  void releasedAction_putsMaskedCredentialsIntoTheJob() throws Exception {
    Object action = yaml(Path.of("src/release/action/action.yml"));
    String step = at(action, "runs", "steps", 0, "run").toString();
    assertThat(step).doesNotContain("${{");
    Files.createFile(home.resolve("github-env"));
    try (StandIn service = StandIn.vending()) {
      String log = run(service, "VEND=vend\n" + step);

      assertThat(log).contains("::add-mask::" + Answers.ISSUED_SECRET);
    }
    assertThat(Files.readAllLines(home.resolve("github-env")))
        .contains("AWS_SESSION_TOKEN=" + Answers.ISSUED_TOKEN);
  }

  @Test
  void gitHubWorkflow_givesTheActionItsRequiredInputs() throws Exception {
    Map<?, ?> inputs =
        (Map<?, ?>) at(yaml(EXAMPLES.resolve("github-actions/action.yml")), "inputs");
    Map<?, ?> given =
        (Map<?, ?>)
            at(
                yaml(EXAMPLES.resolve("github-actions/deploy.yml")),
                "jobs",
                "deploy",
                "steps",
                2,
                "with");

    assertThat(inputs.keySet().containsAll(given.keySet())).isTrue();
    inputs.forEach(
        (name, input) -> {
          if (Boolean.TRUE.equals(((Map<?, ?>) input).get("required"))) {
            assertThat(given.containsKey(name)).as(name.toString()).isTrue();
          }
        });
  }

  @Test
  void jenkinsfile_runsVendAsTheShellReadsIt() throws Exception {
    String file = Files.readString(EXAMPLES.resolve("Jenkinsfile"));
    String commands =
        Pattern.compile("\\bsh (?:'''(.*)'''|'([^']*)')")
            .matcher(file)
            .results()
            .map(step -> step.group(1) == null ? step.group(2) : step.group(1))
            .collect(joining("\n"));
    try (StandIn service = StandIn.vending()) {
      run(service, commands);
    }

    assertThat(home.resolve("ran")).content().contains(" as " + Answers.ISSUED_ID);
    assertThat(file.chars().filter(c -> c == '{').count())
        .isEqualTo(file.chars().filter(c -> c == '}').count());
  }

  @Test
  void awsConfig_isWhatTheScriptWrites() throws Exception {
    var profile =
        ProfileFile.builder()
            .type(ProfileFile.Type.CONFIGURATION)
            .content(EXAMPLES.resolve("terraform/aws-config"))
            .build()
            .profile("client")
            .orElseThrow();
    Run.vend(
            Shell.any(),
            home,
            "profile",
            Answers.ROLE,
            "--region",
            profile.property("region").orElseThrow(),
            "--cache")
        .calling("https://abc123.execute-api.eu-west-1.amazonaws.com/prod")
        .result();

    assertThat(
            Files.readString(home.resolve(".aws/config"))
                .replace(Run.VEND.toString(), "/usr/local/bin/vend"))
        .isEqualTo(
            "[profile client]\ncredential_process = "
                + profile.property("credential_process").orElseThrow()
                + "\nregion = eu-west-1\n");
  }

  @Test
  void terraform_findsTheFileWellFormed() throws Exception {
    boolean there = Shell.find("terraform").isPresent();
    if (!there) {
      System.out.println("skipped, not on this machine: terraform");
    }
    assumeTrue(there, "terraform");
    Process process =
        new ProcessBuilder("terraform", "fmt", "-check", EXAMPLES.resolve("terraform").toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();

    assertThat(process.waitFor()).isZero();
  }

  @Test
  void codePipeline_handsTheExecutionToTheBuild() throws Exception {
    String file = Files.readString(EXAMPLES.resolve("codepipeline.yaml"));

    assertThat(file)
        .contains(
            "\"name\":\"CODEPIPELINE_EXECUTION_ID\",\"value\":\"#{codepipeline.PipelineExecutionId}\"");
    if (Shell.find("cfn-lint").isEmpty()) {
      System.out.println("skipped, not on this machine: cfn-lint");
      return;
    }
    Process process =
        new ProcessBuilder("cfn-lint", EXAMPLES.resolve("codepipeline.yaml").toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
  }
}
