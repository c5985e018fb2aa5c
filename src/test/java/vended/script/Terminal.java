package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A terminal, which {@code script} of util-linux makes. A test is skipped where that is missing.
 */
final class Terminal {
  private Terminal() {}

  /** What the script shows there. */
  static String vend(Path home, Map<String, String> environment, String... arguments)
      throws Exception {
    assumeTrue(
        Shell.find("script").isPresent() && !System.getProperty("os.name").startsWith("Mac"),
        "script");
    String command =
        List.of(arguments).stream()
            .map(word -> " '" + word + "'")
            .collect(Collectors.joining("", "exec sh " + Run.VEND, ""));
    Path screen = home.resolve("screen");
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", command, "/dev/null")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(screen.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                home.toString(),
                "PATH",
                Run.programs() + ":/usr/bin:/bin",
                "SHELL",
                "/bin/sh",
                "TMPDIR",
                home.toString(),
                "VEND_RETRY_SECONDS",
                "0",
                "AWS_REGION",
                "eu-west-1",
                "AWS_ACCESS_KEY_ID",
                Answers.CALLER_ID,
                "AWS_SECRET_ACCESS_KEY",
                "secret"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(screen).replace("\r", "");
  }
}
