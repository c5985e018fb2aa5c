package vended.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vended.canary.Canaries;
import vended.local.Keys;
import vended.local.LocalStack;

/**
 * A home in which everything is watched: what the script prints, traces, and leaves in files, and
 * the arguments and the environment of each program that it starts.
 */
final class Watched {
  private final Canaries canaries;
  private final Path home;
  private final Path recorders;
  private final Path seen;

  Watched(Canaries canaries, Path home) throws IOException {
    this.canaries = canaries;
    this.home = home;
    this.recorders = Files.createDirectories(home.resolve("recorders"));
    this.seen = home.resolve("seen");
    Files.createDirectories(home.resolve("tmp"));
    String env = Shell.find("env").orElseThrow().toString();
    for (String program : Run.PROGRAMS) {
      Programs.write(
          recorders.resolve(program),
          """
          { printf '<%%s>' %s "$@"; "%s"; } >> "%s"
          exec "%s" "$@\"\
          """
              .formatted(program, env, seen, Shell.find(program).orElseThrow()));
    }
  }

  Path home() {
    return home;
  }

  /** A run of the script for a caller at a stack, which traces and tells its steps. */
  Run vend(Shell shell, LocalStack stack, Keys.Key caller, String... arguments) {
    Run run =
        Run.vend(shell, home, arguments)
            .with("VEND_URL", stack.url().toString())
            .with("AWS_REGION", LocalStack.REGION)
            .with("AWS_ACCESS_KEY_ID", caller.id())
            .with("AWS_SECRET_ACCESS_KEY", caller.secret());
    caller.token().ifPresent(token -> run.with("AWS_SESSION_TOKEN", token));
    return watched(run);
  }

  Run watched(Run run) {
    return run.with("TMPDIR", home.resolve("tmp").toString())
        .with("PATH", recorders + ":" + Run.programs() + ":/usr/bin:/bin")
        .shellOptions("-x");
  }

  /** Searches what came of a run where no secret may be. */
  void search(String command, Run.Result result) throws IOException {
    canaries.search("output of " + command, result.out());
    searchRest(command, result);
  }

  /** Searches what came of a run, of which the output has secrets. */
  void searchBut(Canaries.Allowed where, String command, Run.Result result, String... own)
      throws IOException {
    canaries.searchBut(where, "output of " + command, result.out(), own);
    searchRest(command, result);
  }

  private void searchRest(String command, Run.Result result) throws IOException {
    result.err().lines().forEach(line -> canaries.search("trace of " + command, line));
    searchPrograms(command);
    for (Path file : files()) {
      canaries.search("file after " + command, Files.readAllBytes(file));
    }
  }

  /** Searches the arguments and environments of the programs so far, and forgets them. */
  void searchPrograms(String command) throws IOException {
    if (Files.exists(seen)) {
      new String(Files.readAllBytes(seen), StandardCharsets.ISO_8859_1)
          .lines()
          .forEach(line -> canaries.search("programs of " + command, line));
      Files.delete(seen);
    }
  }

  /** Files that the script has made. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.startsWith(recorders))
          .filter(file -> !file.getFileName().toString().startsWith(".run-"))
          .filter(file -> !file.getFileName().toString().startsWith("input"))
          .toList();
    }
  }

  /** Searches a file to which secrets belong, and removes it. */
  void takeFile(Canaries.Allowed where, Path file, String... own) throws IOException {
    canaries.searchBut(where, "file " + file.getFileName(), Files.readString(file), own);
    Files.delete(file);
  }
}
