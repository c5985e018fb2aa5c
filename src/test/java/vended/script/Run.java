package vended.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of the script: its environment holds only what a test puts there, its PATH only the
 * programs that the script may need, so that another one is noticed.
 */
final class Run {
  static final Path VEND = Path.of("bin/vend").toAbsolutePath();

  /** All that must be on a machine, besides a shell. */
  static final List<String> PROGRAMS =
      List.of(
          "awk",
          "cat",
          "chmod",
          "cp",
          "curl",
          "cut",
          "date",
          "find",
          "grep",
          "gzip",
          "head",
          "id",
          "ln",
          "ls",
          "mkdir",
          "mkfifo",
          "mv",
          "od",
          "readlink",
          "rm",
          "sha256sum",
          "sleep",
          "sort",
          "tail",
          "tr",
          "uname",
          "wc");

  /** Another for another list: what an earlier build left there may lack some. */
  private static final Path FOLDER =
      Path.of("target/script-programs-%08x".formatted(PROGRAMS.hashCode())).toAbsolutePath();

  private final Shell shell;
  private final Path home;
  private final List<String> arguments;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private List<String> shellOptions = List.of();
  private String input = "";
  private Path script = VEND;
  private @Nullable Path output;

  private Run(Shell shell, Path home, List<String> arguments) {
    this.shell = shell;
    this.home = home;
    this.arguments = arguments;
  }

  /** What came of it. */
  record Result(int exit, String out, String err) {}

  static Run vend(Shell shell, Path home, String... arguments) {
    return new Run(shell, home, List.of(arguments))
        .with("HOME", home.toString())
        .with("PATH", programs().toString())
        .with("VEND_RETRY_SECONDS", "0")
        .with("VEND_START_SECONDS", "0")
        .with("AWS_EC2_METADATA_DISABLED", "true");
  }

  /** Calls that service with keys in the environment, the usual case. */
  Run calling(String url) {
    return with("VEND_URL", url)
        .with("AWS_REGION", "eu-west-1")
        .with("AWS_ACCESS_KEY_ID", Answers.CALLER_ID)
        .with("AWS_SECRET_ACCESS_KEY", Answers.CALLER_SECRET)
        .with("AWS_SESSION_TOKEN", Answers.CALLER_TOKEN);
  }

  Run with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Run without(String name) {
    environment.remove(name);
    return this;
  }

  /** Puts a folder before the others in PATH. */
  Run programsIn(Path folder) {
    return with("PATH", folder + ":" + programs());
  }

  Run shellOptions(String... options) {
    shellOptions = List.of(options);
    return this;
  }

  Run input(String text) {
    input = text;
    return this;
  }

  Run script(Path other) {
    script = other;
    return this;
  }

  /** Writes what it prints there, and not where the result could show it. */
  Run output(Path device) {
    output = device;
    return this;
  }

  Process start() {
    List<String> command = new ArrayList<>(shell.command());
    command.addAll(shellOptions);
    command.add(script.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder
        .redirectOutput((output == null ? file("out") : output).toFile())
        .redirectError(file("err").toFile());
    // By the shell's own path: PATH of the child lacks it.
    command.set(0, Shell.find(command.getFirst()).orElseThrow().toString());
    try {
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException closed) {
        // The script need not read it.
      }
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result result() {
    return await(start());
  }

  Result await(Process process) {
    return await(process, Duration.ofMinutes(2));
  }

  Result await(Process process, Duration most) {
    try {
      if (!process.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after %s: %s".formatted(most, arguments));
      }
      return new Result(
          process.exitValue(), output == null ? read(file("out")) : "", read(file("err")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Path file(String stream) {
    return home.resolve(".run-" + System.identityHashCode(this) + "." + stream);
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** A folder with links to the few programs, made once for all tests. */
  static synchronized Path programs() {
    if (Files.exists(FOLDER)) {
      return FOLDER;
    }
    try {
      // Beside its place first: another JVM may be making it too.
      Path made = Files.createTempDirectory(FOLDER.getParent(), "script-programs-");
      for (String program : PROGRAMS) {
        Files.createSymbolicLink(
            made.resolve(program), Shell.find(program).orElseThrow().toRealPath());
      }
      Files.createSymbolicLink(made.resolve("sh"), Path.of("/bin/sh"));
      Files.move(made, FOLDER);
      return FOLDER;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
