package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a JVM of its own, and a folder of its own: a stack may be running in this one. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainTest {
  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void copyWhatItReads() throws IOException {
    Files.createDirectory(folder.resolve("bin"));
    for (String name : List.of("template.yaml", "client-role.yaml", "bin/vend")) {
      Files.copy(Path.of(name), folder.resolve(name));
    }
  }

  @AfterEach
  void leaveNothing() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void itVends_Serves_AndLeavesNothingWhenItIsTold() throws Exception {
    Process process = start(Integer.toString(freePort()));
    List<String> lines = readUntil(process, "Serving http://127.0.0.1:");

    assertThat(lines.getFirst()).startsWith("Starting");
    assertThat(String.join("\n", lines))
        .contains("AccessKeyId          ASIA", "(secret)", "intent", "outcome");
    Path file = folder.resolve("target/local.env");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("export VEND_URL=http://127.0.0.1:");
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void aPortThatIsNone_IsSaidAtOnce() throws Exception {
    assertThat(ended(start("http"))).isEqualTo("VEND_LOCAL_PORT must be a number from 1 to 65535.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "65536"})
  void whatElseIsNoPort(String port) {
    assertThatThrownBy(() -> Preflight.port(Map.of("VEND_LOCAL_PORT", port)))
        .hasMessage("VEND_LOCAL_PORT must be a number from 1 to 65535.");
  }

  @Test
  void aPortThatIsTaken_IsSaidAtOnce() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 0, LoopbackServer.address())) {
      assertThat(ended(start(Integer.toString(taken.getLocalPort()))))
          .startsWith("Port %d of 127.0.0.1 can't be had".formatted(taken.getLocalPort()));
    }
  }

  @Test
  void anEndpointThatIsGone_IsSaidAtOnce() throws Exception {
    String gone = "http://127.0.0.1:" + freePort();

    assertThat(ended(start(Integer.toString(freePort()), Map.of("AWS_ENDPOINT_URL_STS", gone))))
        .startsWith("AWS_ENDPOINT_URL_STS is set, and nothing answers at " + gone);
  }

  private Process start(String port) throws IOException {
    return start(port, Map.of());
  }

  private Process start(String port, Map<String, String> endpoints) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classPath(), "vended.local.Main"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("VEND_LOCAL_PORT", port);
    environment.putAll(endpoints);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Surefire may have put the class path into a manifest, and the whole of it here. */
  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }

  private static List<String> readUntil(Process process, String start) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = process.inputReader(UTF_8);
    while (true) {
      String line = reader.readLine();
      assertThat(line).as("output before %s: %s", start, lines).isNotNull();
      lines.add(line);
      if (line.startsWith(start)) {
        return lines;
      }
    }
  }

  private static String ended(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    return output.strip();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 0, LoopbackServer.address())) {
      return socket.getLocalPort();
    }
  }
}
