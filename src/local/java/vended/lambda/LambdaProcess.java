package vended.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JVM that runs the packaged jar's handler as Lambda's does. */
public final class LambdaProcess implements AutoCloseable {
  /** Lambda's own flags for Java, but for the tiers of the JIT. */
  public static final List<String> FLAGS =
      List.of(
          "-XX:MaxHeapSize=512m",
          "-XX:+UseSerialGC",
          "-XX:+TieredCompilation",
          // Binds the runtime's hooks, and with them what is to run before a snapshot.
          "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
          "--enable-native-access=ALL-UNNAMED");

  /**
   * The flag that Lambda adds where there is no snapshot.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html#java-tc-behavior">Java
   *     tiered compilation</a>
   */
  public static final String FIRST_TIER_ONLY = "-XX:TieredStopAtLevel=1";

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private static final String NATIVE =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final Process process;
  private final Path output;

  private LambdaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a function as Lambda does without SnapStart. */
  public static LambdaProcess start(
      TaskRoot taskRoot,
      String handler,
      String runtimeApi,
      Map<String, String> variables,
      Path output)
      throws IOException {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add(FIRST_TIER_ONLY);
    return start(List.of(), flags, taskRoot, handler, runtimeApi, variables, output);
  }

  /**
   * Starts the runtime client on an unpacked jar. Of this JVM's class path the process has just the
   * client's own jars: what is not in the jar is missing.
   *
   * @param prefix a program that starts the JVM, with its arguments
   * @param flags of the JVM
   * @param handler the handler's class
   * @param runtimeApi host and port
   * @param output where all goes that the process prints
   */
  public static LambdaProcess start(
      List<String> prefix,
      List<String> flags,
      TaskRoot taskRoot,
      String handler,
      String runtimeApi,
      Map<String, String> variables,
      Path output)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-D" + NATIVE + "=" + nativeLibrary(output));
    command.addAll(List.of("-cp", clientsClassPath(), CLIENT, handler));
    // The client looks for the handler's classes where it is started, which is the task root.
    ProcessBuilder builder = new ProcessBuilder(command).directory(taskRoot.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(handler, runtimeApi, taskRoot.folder(), variables));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new LambdaProcess(builder.start(), output);
  }

  /**
   * The client's native library, in a file of this process alone, as Lambda passes it. By itself
   * the client unpacks it into one file in /tmp, over the one that another process has just loaded.
   */
  private static Path nativeLibrary(Path output) throws IOException {
    String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String name = "libaws-lambda-jni.%s-%s.so".formatted(libc, arch);
    Path library = output.resolveSibling(output.getFileName() + "." + name);
    try (InputStream in = ClassLoader.getSystemResourceAsStream("jni/" + name)) {
      if (in == null) {
        throw new IOException("the runtime client has no " + name);
      }
      Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
    }
    return library.toAbsolutePath();
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

  /** The process itself. */
  public Process process() {
    return process;
  }

  /** All that the process has printed so far. */
  public String output() throws IOException {
    return Files.readString(output, UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
