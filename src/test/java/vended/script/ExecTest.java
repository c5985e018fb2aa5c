package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecTest {
  @TempDir Path home;

  @InShells(evenBash = true, always = true)
  void exec_givesTheCommandTheIssuedKeysAndNothingThatShadowsThem(Shell shell) throws Exception {
    Path env = Shell.find("env").orElseThrow();
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(shell, home, "exec", Answers.ROLE, "--", env.toString())
              .calling(service.url())
              .with("AWS_PROFILE", "p")
              .with("AWS_DEFAULT_PROFILE", "p")
              .with("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x")
              .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/x")
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN", "t")
              .with("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/t")
              .with("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")
              .with("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/x")
              .with("AWS_ROLE_SESSION_NAME", "x")
              .with("AWS_SECURITY_TOKEN", "t")
              .with("AWS_ACCOUNT_ID", "111122223333")
              .with("AWS_DEFAULT_REGION", "eu-north-1")
              .with("LC_ALL", "C.UTF-8")
              .with("OTHER", "stays")
              .result();

      assertThat(result.err()).isEmpty();
      List<String> lines = result.out().lines().toList();
      assertThat(lines)
          .contains(
              "AWS_ACCESS_KEY_ID=" + Answers.ISSUED_ID,
              "AWS_SECRET_ACCESS_KEY=" + Answers.ISSUED_SECRET,
              "AWS_SESSION_TOKEN=" + Answers.ISSUED_TOKEN,
              "AWS_ACCOUNT_ID=444455556666",
              "AWS_REGION=eu-west-1",
              "AWS_DEFAULT_REGION=eu-north-1",
              "AWS_EC2_METADATA_DISABLED=true",
              "LC_ALL=C.UTF-8",
              "OTHER=stays")
          .anyMatch(line -> line.startsWith("AWS_CREDENTIAL_EXPIRATION=20"));
      assertThat(lines.stream().filter(line -> line.startsWith("AWS_"))).hasSize(8);
      assertThat(lines)
          .allMatch(
              line ->
                  line.matches(
                      "(AWS_|VEND_URL=|VEND_RETRY_SECONDS=|VEND_START_SECONDS=|HOME=|PATH=|PWD=|OLDPWD=|SHLVL=|_=|LC_ALL=|OTHER=).*"));
    }
  }

  @InShells
  void exec_passesArgumentsInputAndExitCodeThrough(Shell shell) {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(
                  shell,
                  home,
                  "exec",
                  "--duration",
                  "1h",
                  Answers.ROLE,
                  "--",
                  "sh",
                  "-c",
                  "cat; for a; do echo \"<$a>\"; done; exit 37",
                  "sh",
                  "a  b",
                  "*",
                  "$(id)",
                  "--",
                  "")
              .calling(service.url())
              .input("from stdin\n")
              .result();

      assertThat(result.exit()).isEqualTo(37);
      assertThat(result.out()).isEqualTo("from stdin\n<a  b>\n<*>\n<$(id)>\n<-->\n<>\n");
    }
  }

  @InShells
  void exec_ofACommandThatIsNotThere_exitsWith127(Shell shell) throws Exception {
    Path notExecutable = Files.writeString(home.resolve("not-executable"), "x");
    try (StandIn service = StandIn.vending()) {
      var missing =
          Run.vend(shell, home, "exec", Answers.ROLE, "--", "no-such-command")
              .calling(service.url())
              .result();
      var forbidden =
          Run.vend(shell, home, "exec", Answers.ROLE, "--", notExecutable.toString())
              .calling(service.url())
              .result();

      assertThat(missing.exit()).isEqualTo(127);
      assertThat(missing.err()).contains("no-such-command");
      assertThat(forbidden.exit()).isEqualTo(126);
      assertThat(service.requests).isEmpty();
    }
  }

  /** A name of one of the script's own functions, or of the shell's, is a program to the user. */
  @InShells
  void exec_neverRunsAFunctionOfTheScript(Shell shell) {
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(shell, home, "exec", Answers.ROLE, "--", "print_issued")
              .calling(service.url())
              .result();

      assertThat(result.exit()).isEqualTo(127);
      assertThat(result.out()).isEmpty();
    }
  }

  @InShells
  void signal_reachesTheCommand(Shell shell) throws Exception {
    Path ready = home.resolve("ready");
    try (StandIn service = StandIn.vending()) {
      Run run =
          Run.vend(
                  shell,
                  home,
                  "exec",
                  Answers.ROLE,
                  "--",
                  "sh",
                  "-c",
                  "trap 'echo told; exit 9' TERM; : > ready; while :; do sleep 0.05; done")
              .calling(service.url());
      Process process = run.start();
      while (!Files.exists(ready)) {
        assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
      }
      process.destroy();
      var result = run.await(process);

      assertThat(result.exit()).isEqualTo(9);
      assertThat(result.out()).isEqualTo("told\n");
    }
  }

  /** Bash exports the options of a shell that was given SHELLOPTS. */
  @Test
  void exec_leavesNoOptionOfItsOwnToAShell() {
    assumeTrue(Shell.find("bash").isPresent(), "bash");
    Shell bash = Shell.evenBash().toList().getLast();
    String path = Shell.find("bash").orElseThrow().toString();
    try (StandIn service = StandIn.vending()) {
      var result =
          Run.vend(bash, home, "exec", Answers.ROLE, "--", path, "-c", "echo $-; aws")
              .calling(service.url())
              .with("SHELLOPTS", "hashall:noclobber")
              .with("BASH_FUNC_aws%%", "() { echo mine; }")
              .result();

      assertThat(result.out()).matches("[^fu]*C[^fu]*\nmine\n");
    }
  }

  @Test
  void exec_whenRefused_runsNothing() {
    try (StandIn service =
        new StandIn(request -> StandIn.Answer.problem(403, "Forbidden", "No."))) {
      var result =
          Run.vend(Shell.any(), home, "exec", Answers.ROLE, "--", "sh", "-c", "echo ran")
              .calling(service.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("Forbidden", "No.", Answers.VEND_ID);
    }
  }

  @InShells(evenBash = true)
  void posixMode_staysAsItWas(Shell shell) {
    try (StandIn service = StandIn.vending()) {
      for (String value : List.of("", "1", "0 or so")) {
        var result =
            Run.vend(
                    shell,
                    home,
                    "exec",
                    Answers.ROLE,
                    "--",
                    "sh",
                    "-c",
                    "echo \"$POSIXLY_CORRECT\"")
                .calling(service.url())
                .with("POSIXLY_CORRECT", value)
                .result();

        assertThat(result.out()).isEqualTo(value + "\n");
      }
      var without =
          Run.vend(
                  shell,
                  home,
                  "exec",
                  Answers.ROLE,
                  "--",
                  "sh",
                  "-c",
                  "echo ${POSIXLY_CORRECT-none}")
              .calling(service.url())
              .result();

      assertThat(without.out()).isEqualTo("none\n");
    }
  }
}
