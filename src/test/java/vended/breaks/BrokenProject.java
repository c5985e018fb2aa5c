package vended.breaks;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * This project with one file changed: a folder of links to everything else, and the changed class
 * ahead of the class path. Tests run there in a JVM of their own.
 */
final class BrokenProject implements AutoCloseable {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final Path MAIN = Path.of("src/main/java");

  /** Surefire may have put the class path into a manifest, and the whole of it here. */
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));

  private final Path folder;
  private final Path classes;

  private BrokenProject(Path folder, Path classes) {
    this.folder = folder;
    this.classes = classes;
  }

  /** Makes the project, in a folder below {@code target}. */
  static BrokenProject of(Break change) throws IOException {
    Path empty = Files.createTempDirectory(PROJECT.resolve("target"), "break");
    Path classes = Files.createDirectory(empty.resolve("classes"));
    Path folder = Files.createDirectory(empty.resolve("project"));
    mirror(PROJECT, folder, change.file());
    Path changed = folder.resolve(change.file());
    Files.writeString(changed, change.changed());
    if (change.file().startsWith(MAIN)) {
      compile(changed, classes);
    } else {
      Files.setPosixFilePermissions(
          changed, Files.getPosixFilePermissions(PROJECT.resolve(change.file())));
    }
    return new BrokenProject(folder, classes);
  }

  /**
   * Copies the files beside the file, and links to what is beside its folders, up to the project.
   */
  private static void mirror(Path from, Path to, Path file) throws IOException {
    Path first = file.getName(0);
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        Path link = to.resolve(entry.getFileName());
        if (entry.getFileName().equals(first)) {
          continue;
        }
        // The script follows links to itself, and would find the unchanged files beside it.
        if (file.getNameCount() == 1 && Files.isRegularFile(entry)) {
          Files.copy(entry, link, StandardCopyOption.COPY_ATTRIBUTES);
        } else {
          Files.createSymbolicLink(link, entry);
        }
      }
    }
    if (file.getNameCount() > 1) {
      Path next = Files.createDirectory(to.resolve(first));
      mirror(from.resolve(first), next, file.subpath(1, file.getNameCount()));
    }
  }

  private static void compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-cp", CLASS_PATH, "-d", classes.toString());
      boolean compiles =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiles) {
        throw new IllegalStateException("a break must compile: " + messages);
      }
    }
  }

  /** Runs classes of tests in the changed project. */
  Outcome run(List<String> tests) throws IOException, InterruptedException {
    Path output = folder.resolveSibling("output.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-DDDB_LOCAL_TELEMETRY=0",
            "-Dsqlite4java.library.path=" + PROJECT.resolve("target/sqlite4java"),
            "-cp",
            classes + System.getProperty("path.separator") + CLASS_PATH,
            RunTests.class.getName()));
    command.addAll(tests.stream().map("vended."::concat).toList());
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    return new Outcome(status, Files.readString(output));
  }

  @Override
  public void close() throws IOException {
    // Links are not followed.
    try (Stream<Path> all = Files.walk(folder.getParent())) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /**
   * What became of the tests.
   *
   * @param status a status of {@link RunTests}
   * @param output what they printed
   */
  record Outcome(int status, String output) {}
}
