package vended.bench.subject;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vended.bench.os.Compiler;
import vended.lambda.TaskRoot;

/**
 * This build with another HTTP client: {@code AwsClients}, where it builds the client, gets the one
 * of {@code src/bench/clients}. Nothing else of the jar changes.
 */
final class HttpClients {
  private static final Path SOURCES = Path.of("src/bench/clients");
  private static final Path LIBRARIES = Path.of("target/bench/lib");
  private static final Path PRODUCT = Path.of("src/main/java/vended/AwsClients.java");
  private static final Pattern BUILT =
      Pattern.compile("\\w+HttpClient\\s*\\.builder\\(\\).*?\\.build\\(\\)", Pattern.DOTALL);

  private HttpClients() {}

  /**
   * Unpacks the jar with a client in place of its own.
   *
   * @param client a folder of {@code src/bench/clients}
   * @throws IOException if it can't be built; the message says why
   */
  static TaskRoot with(String client, Path jar, Path folder) throws IOException {
    Path source = SOURCES.resolve(client).resolve("vended/BenchHttp.java");
    if (!Files.exists(source)) {
      throw new IOException("there is no " + source);
    }
    List<Path> libraries = Compiler.jars(LIBRARIES.resolve(client));
    if (libraries.isEmpty()) {
      throw new IOException(
          "its libraries are not in " + LIBRARIES.resolve(client) + "; run ./mvnw -Pbench");
    }
    TaskRoot root = TaskRoot.unpack(jar, folder);
    Path changed = Files.createDirectories(folder.resolveSibling(client + "-sources"));
    Path clients = changed.resolve("AwsClients.java");
    Files.writeString(clients, changed(Files.readString(PRODUCT, UTF_8)), UTF_8);
    List<Path> classPath = new ArrayList<>(List.of(folder));
    classPath.addAll(libraries);
    classPath.addAll(Compiler.ownClassPath());
    Compiler.compile(List.of(clients, source), classPath, List.of(), folder);
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (Path library : libraries) {
      Files.copy(library, lib.resolve(library.getFileName()));
    }
    return root;
  }

  private static String changed(String source) throws IOException {
    Matcher built = BUILT.matcher(source);
    if (!built.find()) {
      throw new IOException(PRODUCT + " builds its HTTP client in a way that is not known here");
    }
    // A client that the jar no longer has may not be imported.
    return built
        .replaceFirst("BenchHttp.of(limits)")
        .replaceFirst("import software\\.amazon\\.awssdk\\.http\\.\\w+\\.\\w+HttpClient;\n", "");
  }
}
