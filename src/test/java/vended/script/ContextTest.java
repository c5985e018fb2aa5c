package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a build service says of a build becomes claimed context. */
class ContextTest {
  @TempDir Path home;

  private String body(Shell shell, Map<String, String> environment, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "credentials";
    arguments[1] = Answers.ROLE;
    arguments[2] = "--dry-run";
    System.arraycopy(more, 0, arguments, 3, more.length);
    Run run = Run.vend(shell, home, arguments).calling("https://vend.example.com");
    environment.forEach(run::with);
    var result = run.result();
    assertThat(result.exit()).isZero();
    return result.out();
  }

  static Stream<Arguments> pipelines() {
    return Stream.of(
        Arguments.of(
            Map.of(
                "CODEBUILD_BUILD_ID", "deploy:1234",
                "CODEBUILD_RESOLVED_SOURCE_VERSION", "abc123",
                "CODEBUILD_SOURCE_REPO_URL",
                    "https://user:to#k?en@git.example.com/a/b.git?private_token=x#y",
                "CODEBUILD_INITIATOR", "codepipeline/release",
                "CODEPIPELINE_EXECUTION_ID", "e-1"),
            """
            "pipeline":"codebuild","build":"deploy:1234","commit":"abc123",\
            "repository":"https://git.example.com/a/b.git","codepipeline":"release",\
            "codepipelineExecution":"e-1\"\
            """),
        Arguments.of(
            Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_RUN_ID", "77",
                "GITHUB_RUN_ATTEMPT", "2",
                "GITHUB_SHA", "abc123",
                "GITHUB_SERVER_URL", "https://github.com",
                "GITHUB_REPOSITORY", "o/r"),
            """
            "pipeline":"github-actions","build":"77/2","commit":"abc123",\
            "repository":"https://github.com/o/r","buildUrl":"https://github.com/o/r/actions/runs/77\"\
            """),
        Arguments.of(
            Map.of(
                "GITLAB_CI", "true",
                "CI_PIPELINE_ID", "5",
                "CI_JOB_ID", "6",
                "CI_COMMIT_SHA", "abc123",
                "CI_PROJECT_URL", "https://gitlab.example.com/g/p",
                "CI_JOB_URL", "https://gitlab.example.com/g/p/-/jobs/6"),
            """
            "pipeline":"gitlab-ci","build":"5/6","commit":"abc123",\
            "repository":"https://gitlab.example.com/g/p",\
            "buildUrl":"https://gitlab.example.com/g/p/-/jobs/6\"\
            """),
        Arguments.of(
            Map.of(
                "JENKINS_URL", "https://jenkins.example.com/",
                "BUILD_TAG", "jenkins-deploy-9",
                "GIT_COMMIT", "abc123",
                "GIT_URL", "git@github.com:o/r.git",
                "BUILD_URL", "https://jenkins.example.com/job/deploy/9/"),
            """
            "pipeline":"jenkins","build":"jenkins-deploy-9","commit":"abc123",\
            "repository":"github.com:o/r.git","buildUrl":"https://jenkins.example.com/job/deploy/9/\"\
            """),
        Arguments.of(
            Map.of(
                "BUILDKITE", "true",
                "BUILDKITE_BUILD_ID", "b-1",
                "BUILDKITE_COMMIT", "abc123",
                "BUILDKITE_REPO", "https://token@github.com/o/r@v1",
                "BUILDKITE_BUILD_URL", "https://buildkite.com/o/p/builds/1"),
            """
            "pipeline":"buildkite","build":"b-1","commit":"abc123",\
            "repository":"https://github.com/o/r@v1","buildUrl":"https://buildkite.com/o/p/builds/1\"\
            """));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void buildService_isRecognizedAndNoTokenLeaves(Map<String, String> environment, String context) {
    assertThat(body(Shell.any(), environment))
        .isEqualTo("{\"roleArn\":\"" + Answers.ROLE + "\",\"context\":{" + context + "}}\n");
  }

  @InShells
  void noContext_leavesOutWhatTheBuildServiceSaysButNotWhatIsGiven(Shell shell) {
    Map<String, String> github = Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", "abc");

    assertThat(body(shell, github, "--no-context")).doesNotContain("context");
    assertThat(body(shell, github, "--no-context", "--context", "a=b"))
        .contains("\"context\":{\"a\":\"b\"}");
  }

  @Test
  void contextThatIsGiven_beatsTheBuildServices() {
    assertThat(
            body(
                Shell.any(),
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", "abc"),
                "--context",
                "commit=mine"))
        .contains("\"context\":{\"commit\":\"mine\",\"pipeline\":\"github-actions\"}");
  }

  @Test
  void valuesOfTheEnvironment_areCutAndCleaned() {
    String body =
        body(
            Shell.any(),
            Map.of(
                "BUILDKITE", "true", "BUILDKITE_BUILD_ID", "a\n\"\\\u001b[31m" + "é".repeat(400)));

    assertThat(body)
        .contains("\"build\":\"a \\\"\\\\ [31m" + "é".repeat(256 - 9) + "\"")
        .doesNotContain("\u001b");
  }

  @Test
  void valueThatIsNoText_isLeftOut() {
    Shell latin =
        new Shell(
            "sh",
            List.of(
                "sh",
                "-c",
                "BUILDKITE_COMMIT=$(printf 'caf\\351') && export BUILDKITE_COMMIT && exec \"$@\"",
                "sh",
                Shell.find("sh").orElseThrow().toString()));

    assertThat(body(latin, Map.of("BUILDKITE", "true", "BUILDKITE_BUILD_ID", "b-1")))
        .contains("\"context\":{\"pipeline\":\"buildkite\",\"build\":\"b-1\"}");
  }

  @ParameterizedTest
  @CsvSource({"😀, 256", "é, 256", "x, 256"})
  void longValue_isCutBetweenCharacters(String character, int kept) {
    assertThat(body(Shell.any(), Map.of(), "--context", "k=" + character.repeat(300)))
        .contains("\"k\":\"" + character.repeat(kept) + "\"");
  }
}
