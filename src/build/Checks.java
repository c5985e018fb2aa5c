import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * What the build checks beside the compilation of the tests, since javac uses one processor: the
 * format of all Java, and Error Prone on the code that is not a test. Run from source by the build,
 * in the toolchain's JDK:
 *
 * <ul>
 *   <li>{@code Checks.java run RESULT CLASSPATH OPTION...} checks, and writes the result;
 *   <li>{@code Checks.java await RESULT} waits for it, and ends with it.
 * </ul>
 */
final class Checks {
  private static final Path SOURCES = Path.of("src/main/java");

  private static final Path PROCESSORS = Path.of("target/error-prone.path");

  /** What passed, so that it is not checked again: sources with their times, and options. */
  private static final Path PASSED = Path.of("target/checks.passed");

  /** The check runs in a process of its own, which can be killed. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final StringWriter messages = new StringWriter();
  private final PrintWriter out = new PrintWriter(messages);

  private Checks() {}

  public static void main(String[] args) throws Exception {
    Path result = Path.of(args[1]);
    if (args[0].equals("await")) {
      System.exit(await(result));
    }
    Checks checks = new Checks();
    int code = 1;
    try {
      code = checks.unlessPassed(List.of(args).subList(2, args.length));
    } catch (Exception | Error e) {
      e.printStackTrace(checks.out);
    } finally {
      checks.out.flush();
      Path part = Path.of(result + ".part");
      Files.writeString(part, code + "\n" + checks.messages);
      Files.move(part, result, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static int await(Path result) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!Files.exists(result)) {
      if (System.nanoTime() > deadline) {
        System.err.println(
            "The check of the code gave no result in " + LONGEST + ": run it again.");
        return 1;
      }
      Thread.sleep(50);
    }
    String text = Files.readString(result);
    Files.delete(result);
    int line = text.indexOf('\n');
    System.err.print(text.substring(line + 1));
    return Integer.parseInt(text.substring(0, line));
  }

  private int unlessPassed(List<String> args) throws IOException {
    String state = state(args);
    if (Files.exists(PASSED) && Files.readString(PASSED).equals(state)) {
      return 0;
    }
    int code = format() + errorProne(args.getFirst(), args.subList(1, args.size()));
    if (code == 0) {
      Files.writeString(PASSED, state);
    }
    return code;
  }

  private static String state(List<String> args) throws IOException {
    StringBuilder state = new StringBuilder(String.join("\n", args));
    for (String file : files(Path.of("src"))) {
      state.append('\n').append(file).append(' ').append(Files.getLastModifiedTime(Path.of(file)));
    }
    return state.toString();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().toList();
    }
  }

  private int format() throws IOException {
    List<String> args = new ArrayList<>(List.of("--dry-run", "--set-exit-if-changed"));
    args.addAll(files(Path.of("src")));
    int code =
        ToolProvider.findFirst("google-java-format").orElseThrow().run(out, out, strings(args));
    if (code != 0) {
      out.println("These are not formatted. ./mvnw -Pformat formats them.");
    }
    return code;
  }

  private int errorProne(String classpath, List<String> options) throws IOException {
    String processors = Files.readString(PROCESSORS);
    Path classes = Files.createTempDirectory("checks");
    try {
      List<String> args = new ArrayList<>(options);
      Collections.addAll(args, "-processorpath", processors, "-cp", classpath);
      Collections.addAll(args, "-d", classes.toString());
      args.addAll(files(SOURCES));
      return ToolProvider.findFirst("javac").orElseThrow().run(out, out, strings(args));
    } finally {
      delete(classes);
    }
  }

  private static String[] strings(List<String> list) {
    return list.toArray(String[]::new);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.forEach(all::addFirst);
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
