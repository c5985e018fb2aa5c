package vended.bench.os;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Other programs of this machine. */
public final class Programs {
  private static final int LIMIT_SECONDS = 120;

  private Programs() {}

  /** Whether a program is in the path. */
  public static boolean has(String name) {
    return Arrays.stream(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /**
   * The AWS CLI: the program itself where a version manager's shim would be started, and timed,
   * first; empty if it is not there.
   */
  public static Optional<String> awsCli() throws IOException, InterruptedException {
    if (!has("aws")) {
      return Optional.empty();
    }
    String beside =
        output(List.of("python3", "-c", "import sys; print(sys.executable)"))
            .map(python -> Path.of(python).resolveSibling("aws").toString())
            .orElse("aws");
    return Optional.of(Files.isExecutable(Path.of(beside)) ? beside : "aws");
  }

  /** What a program prints; empty if it is not there, fails, or takes too long. */
  public static Optional<String> output(List<String> command)
      throws IOException, InterruptedException {
    if (!has(command.getFirst())) {
      return Optional.empty();
    }
    Path output = Files.createTempFile("bench", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0
          ? Optional.of(Files.readString(output, UTF_8).strip())
          : Optional.empty();
    } finally {
      Files.delete(output);
    }
  }
}
