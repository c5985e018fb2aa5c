package vended.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vended.local.Keys;
import vended.local.LocalStack;

/** Runs bin/vend against the stack, and looks at the memory of its processes. */
final class Script {
  private static final Path VEND = Path.of("bin/vend").toAbsolutePath();
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final LocalStack stack;
  private final Path home;

  /**
   * The script in a home of its own.
   *
   * @param home the user's home, where files are written too
   */
  Script(LocalStack stack, Path home) {
    this.stack = stack;
    this.home = home;
  }

  /**
   * What came of a run.
   *
   * @param out the file with what it printed
   * @param megabytes the most that its processes had at once, as far as samples show
   */
  record Result(int exit, Path out, String err, long megabytes) {
    String text() throws IOException {
      return Files.readString(out);
    }
  }

  Result run(Keys.Key key, String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    List<String> command = new ArrayList<>(List.of("/bin/sh", VEND.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(key));
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    long most = 0;
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      most = Math.max(most, kilobytes(process.toHandle()));
      if (System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + command);
      }
    }
    return new Result(process.exitValue(), out, Files.readString(err), (most + 1023) / 1024);
  }

  private Map<String, String> environment(Keys.Key key) {
    return Map.of(
        "HOME", home.toString(),
        "TMPDIR", home.toString(),
        "PATH", System.getenv("PATH"),
        "VEND_URL", stack.url().toString(),
        "AWS_REGION", LocalStack.REGION,
        "AWS_ACCESS_KEY_ID", key.id(),
        "AWS_SECRET_ACCESS_KEY", key.secret(),
        "AWS_EC2_METADATA_DISABLED", "true");
  }

  /** Linux only; elsewhere it is 0. */
  private static long kilobytes(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToLong(
            one -> {
              try {
                Path status = Path.of("/proc", Long.toString(one.pid()), "status");
                Matcher resident = RESIDENT.matcher(Files.readString(status));
                return resident.find() ? Long.parseLong(resident.group(1)) : 0;
              } catch (IOException ended) {
                return 0;
              }
            })
        .sum();
  }
}
