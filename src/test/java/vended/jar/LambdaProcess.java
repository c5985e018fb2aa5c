package vended.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A JVM that runs the packaged jar's handler as Lambda's does. */
final class LambdaProcess implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final Process process;
  private final Path output;

  private LambdaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Unpacks the jar into a task root, as Lambda does, and starts the runtime client on it. Of this
   * JVM's class path the process has just the client's own jars: what is not in the jar is missing.
   */
  static LambdaProcess start(
      Path jar, Path folder, String handler, String runtimeApi, Map<String, String> variables)
      throws IOException {
    Path taskRoot = unpack(jar, folder.resolve("task"));
    Path output = folder.resolve("output.txt");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Lambda's own flags for Java.
            "-XX:MaxHeapSize=512m",
            "-XX:+UseSerialGC",
            "-XX:+TieredCompilation",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            clientsClassPath(),
            CLIENT,
            handler);
    // The client looks for the handler's classes where it is started, which is the task root.
    ProcessBuilder builder = new ProcessBuilder(command).directory(taskRoot.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(handler, runtimeApi, taskRoot, variables));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new LambdaProcess(builder.start(), output);
  }

  private static Map<String, String> environment(
      String handler, String runtimeApi, Path taskRoot, Map<String, String> variables) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    environment.put("LAMBDA_TASK_ROOT", taskRoot.toString());
    environment.put("LAMBDA_RUNTIME_DIR", taskRoot.toString());
    environment.put("_HANDLER", handler);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "vend");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "vend");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "vend");
    environment.putAll(variables);
    return environment;
  }

  private static String clientsClassPath() {
    List<String> parts =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                part ->
                    part.matches(
                        ".*(aws-lambda-java-(core|runtime-interface-client|serialization)|utils-lite|annotations)-[0-9.]+\\.jar"))
            .toList();
    return String.join(File.pathSeparator, parts);
  }

  private static Path unpack(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : new ArrayList<>(zip.stream().toList())) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("an entry leads out of the folder: " + entry.getName());
        }
        if (!entry.isDirectory()) {
          Files.createDirectories(target.getParent());
          Files.copy(zip.getInputStream(entry), target);
        }
      }
    }
    return folder;
  }

  /** All that the process has printed so far. */
  String output() throws IOException {
    return Files.readString(output, UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
