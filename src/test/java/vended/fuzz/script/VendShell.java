package vended.fuzz.script;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shell with all functions of {@code bin/vend} that has not run a command: it reads input after
 * input, since a process for each would take most of the time. The input is the file {@code in} of
 * an empty folder, the output the file {@code out}.
 */
final class VendShell {
  private static final String MAIN =
      "# ---------------------------------------------------------------- main";
  private static final long SECONDS = 60;
  private static final Set<String> FILES = Set.of("in", "out", "err", "status", "vend");

  private final Path folder;
  private final Process process;
  private final Writer orders;
  private final BufferedReader done;

  /**
   * Starts a shell.
   *
   * @param cases what it can be asked for, in the syntax of the shell
   */
  VendShell(List<String> command, String cases) {
    this(command, "", cases);
  }

  /**
   * Starts a shell that also has the functions of another of vend's files.
   *
   * @param companion its name, such as {@code vend-audit}; empty for none
   */
  VendShell(List<String> command, String companion, String cases) {
    try {
      folder = Files.createTempDirectory("fuzz");
      String script = Files.readString(Path.of("bin/vend"));
      String functions = script.substring(0, script.lastIndexOf(MAIN));
      if (!companion.isEmpty()) {
        functions += Files.readString(Path.of("bin", companion));
      }
      String loop =
          """
          v_role_partition=aws v_role_account=444455556666 v_role_name=deploy v_timeout=35
          while read -r v_order; do
            case $v_order in
          %s
            esac >out 2>err <in
            printf 'done\\n'
          done
          """
              .formatted(cases);
      Path file = Files.writeString(folder.resolve("vend"), functions + loop);
      ProcessBuilder builder =
          new ProcessBuilder(Stream.concat(command.stream(), Stream.of(file.toString())).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true);
      builder.environment().put("HOME", folder.toString());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    orders = process.outputWriter();
    done = process.inputReader();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  private void end() {
    process.destroyForcibly();
    for (String file : FILES) {
      try {
        Files.deleteIfExists(folder.resolve(file));
      } catch (IOException e) {
        // The system's folder for temporary files keeps it.
      }
    }
    folder.toFile().delete();
  }

  /** What the shell makes of an input: bytes as characters of the same numbers. */
  String run(String order, byte[] input) throws IOException, InterruptedException {
    Files.write(folder.resolve("in"), input);
    Files.deleteIfExists(folder.resolve("out"));
    Files.deleteIfExists(folder.resolve("err"));
    orders.write(order + "\n");
    orders.flush();
    for (long i = 0; !done.ready(); i++) {
      if (i > SECONDS * 20_000 || !process.isAlive()) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("the script hangs or ends with " + order);
      }
      TimeUnit.MICROSECONDS.sleep(50);
    }
    String line = done.readLine();
    if (!"done".equals(line)) {
      throw new AssertionError("the script says: " + line);
    }
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      if (!FILES.containsAll(names)) {
        throw new AssertionError("something was evaluated: " + names);
      }
    }
    return Files.readString(folder.resolve("out"), StandardCharsets.ISO_8859_1);
  }
}
