package vended.bench.subject;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import vended.bench.subject.Running.Setup;
import vended.lambda.TaskRoot;

/**
 * Other ways to start this build's jar where there is no snapshot, each with one difference: the
 * classes, the flags, or a cache that a run before it has left.
 */
final class Starts {
  private static final long LIMIT_SECONDS = 120;

  private final JavaSubject usual;
  private final Path jar;
  private final Path folder;

  /**
   * Nothing yet.
   *
   * @param usual the start that is compared with
   * @param folder for what has to be made
   */
  Starts(JavaSubject usual, Path jar, Path folder) {
    this.usual = usual;
    this.jar = jar;
    this.folder = folder;
  }

  /**
   * One of them.
   *
   * @throws IOException if it can't be made; the message says why
   */
  JavaSubject of(String name, Setup setup) throws IOException, InterruptedException {
    return switch (name) {
      case "unverified" ->
          with(
              name,
              usual.taskRoot(),
              "-XX:+UnlockDiagnosticVMOptions",
              "-XX:-BytecodeVerificationRemote");
      case "jar" -> with(name, nested(name, ZipEntry.DEFLATED));
      case "stored" -> with(name, nested(name, ZipEntry.STORED));
      case "aot" -> aot(name, setup);
      default -> throw new IOException("there is no start " + name);
    };
  }

  private JavaSubject with(String name, TaskRoot root, String... flags) {
    List<String> all = new ArrayList<>(usual.flags());
    all.addAll(List.of(flags));
    return new JavaSubject(usual.name() + ", " + name, root, usual.handler(), all);
  }

  /** A task root that has the classes in {@code lib/vended.jar}, where Lambda looks for jars. */
  private TaskRoot nested(String name, int method) throws IOException {
    Path root = Files.createDirectories(folder.resolve("start-" + name));
    Path nested = Files.createDirectories(root.resolve("lib")).resolve("vended.jar");
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream out = Files.newOutputStream(nested);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry : from.stream().toList()) {
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        ZipEntry copy = new ZipEntry(entry.getName());
        CRC32 crc = new CRC32();
        crc.update(bytes);
        copy.setMethod(method);
        copy.setSize(bytes.length);
        copy.setCrc(crc.getValue());
        to.putNextEntry(copy);
        to.write(bytes);
      }
    }
    return new TaskRoot(root);
  }

  /**
   * With the JDK's ahead-of-time cache of a run before it. A cache has the classes of the JVM's own
   * loaders only, and Lambda's runtime loads a function's by one of its own, so they are on the
   * boot class path here. Lambda takes no such cache; this says what it would gain.
   */
  private JavaSubject aot(String name, Setup setup) throws IOException, InterruptedException {
    Path classes = nested(name, ZipEntry.DEFLATED).folder().resolve("lib/vended.jar");
    String boot = "-Xbootclasspath/a:" + classes.toAbsolutePath();
    Path cache = folder.resolve("vended.aot").toAbsolutePath();
    // An empty task root: what it has would be loaded from there.
    TaskRoot none = new TaskRoot(Files.createDirectories(folder.resolve("start-none")));
    JavaSubject training = with(name, none, boot, "-XX:AOTCacheOutput=" + cache);
    try (Running running = new Running(setup, training)) {
      running.tryVend();
      running.process().destroy();
      running.process().onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
    if (!Files.exists(cache)) {
      throw new IOException("the JVM left no cache");
    }
    return with(name, none, boot, "-XX:AOTCache=" + cache);
  }
}
