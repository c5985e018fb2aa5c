package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.local.Functions;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Options;

/** The README's plain curl, as it stands there, with a long-lived key and with a session's. */
class ReadmeTest {
  @SuppressWarnings("NullAway.Init")
  private static LocalStack stack;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @BeforeAll
  static void start() throws IOException {
    stack = LocalStack.start(Options.of(Functions.ofService()));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  static Stream<Shell> shells() {
    return Shell.evenBash();
  }

  /** The block of shell that begins so. */
  private static String block(String begin) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```sh\n" + begin) + "```sh\n".length();
    assertThat(start).as(begin).isGreaterThan("```sh\n".length());
    return readme.substring(start, readme.indexOf("```", start));
  }

  private String run(Shell shell, Keys.Key caller, String line) throws Exception {
    Path file = home.resolve("example.sh");
    Files.writeString(file, block("post() {") + "\n" + line);
    Run run =
        Run.vend(shell, home)
            .script(file)
            .with("VEND_URL", stack.url().toString())
            .with("AWS_REGION", LocalStack.REGION)
            .with("ROLE_ARN", stack.demonstration().roleArn())
            .with("AWS_ACCESS_KEY_ID", caller.id())
            .with("AWS_SECRET_ACCESS_KEY", caller.secret())
            .with("AWS_SESSION_TOKEN", caller.token().orElse(""));
    return run.result().out();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aPipelineGetsCredentials(Shell shell) throws Exception {
    for (Keys.Key caller : new Keys.Key[] {stack.people().pipeline(), stack.people().session()}) {
      assertThat(run(shell, caller, block("post /credentials")))
          .contains("\"Version\":1", "\"AssumedRoleArn\"");
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void anAdministratorPutsAClient(Shell shell) throws Exception {
    stack.reset();
    String answer =
        run(
            shell,
            stack.people().administrator(),
            block("post /clients/put").replace("444455556666", "888899990000"));

    assertThat(answer).contains("\"externalId\":", "\"verified\":false");
  }
}
