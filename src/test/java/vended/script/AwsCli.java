package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The real AWS CLI, where it is on the machine as a Python module, in one process. */
final class AwsCli implements AutoCloseable {
  private static final Path CLI = Path.of("src/test/resources/vended/script/aws-cli.py");

  private final Process process;
  private final BufferedReader lines;

  private AwsCli(Process process) {
    this.process = process;
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static boolean isHere() throws InterruptedException {
    String found = "all(u.find_spec(name) for name in ('awscli', 'moto'))";
    try {
      if (new ProcessBuilder(
                  "python3", "-c", "import importlib.util as u, sys; sys.exit(not " + found + ")")
              .start()
              .waitFor()
          == 0) {
        return true;
      }
    } catch (IOException none) {
      // No Python.
    }
    System.out.println("SKIPPED: this machine's Python has no AWS CLI or no moto");
    return false;
  }

  /** Skips the test where there is none. */
  static void assume() throws InterruptedException {
    assumeTrue(isHere());
  }

  private static ProcessBuilder python(String mode, String about, Map<String, String> variables) {
    ProcessBuilder builder =
        new ProcessBuilder("python3", CLI.toAbsolutePath().toString(), mode, about);
    builder.environment().putAll(variables);
    return builder;
  }

  /** What replaying the questions to the stand-in in that folder prints; it must succeed. */
  static String replay(Path folder) throws IOException, InterruptedException {
    Process replay =
        python("replay", folder.toString(), Map.of()).redirectErrorStream(true).start();
    String output = new String(replay.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(replay.waitFor()).as(output).isZero();
    return output;
  }

  /** What moto doesn't know, it says on standard error, at length. */
  static AwsCli serving(String mode, String about, Map<String, String> variables)
      throws IOException {
    return new AwsCli(
        python(mode, about, variables).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** A shell script that asks it with its own arguments. */
  String script() throws IOException {
    String port = lines.readLine();
    assertThat(port).matches("\\d+");
    return """
    for word; do printf '%%s\\037' "$word"; done |
      curl -s --data-binary @- http://127.0.0.1:%s | {
        read -r code
        if [ "$code" = 0 ]; then cat; else cat >&2; fi
        exit "$code"
      }
    """
        .formatted(port);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    lines.close();
    process.onExit().join();
  }
}
