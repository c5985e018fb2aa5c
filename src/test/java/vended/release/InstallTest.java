package vended.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line that installs the script: it does so, or leaves nothing behind. */
class InstallTest {
  private static final Path QUICK_START = Path.of("src", "release", "QUICKSTART.md");
  private static final Pattern LINE = Pattern.compile("(?m)curl -fsSL --proto .*$");
  private static final byte[] SCRIPT = "#!/bin/sh\necho installed\n".getBytes(UTF_8);

  @TempDir Path folder;
  private HttpServer host;
  private volatile int bytesSent = SCRIPT.length;

  @BeforeEach
  void host() throws IOException {
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext(
        "/vend",
        exchange -> {
          exchange.sendResponseHeaders(200, SCRIPT.length);
          exchange.getResponseBody().write(SCRIPT, 0, bytesSent);
          exchange.close();
        });
    host.start();
  }

  @AfterEach
  void stop() {
    host.stop(0);
  }

  /** The line of the quick start, which may use plain HTTP here. */
  private Command install(Path where, String path, String sha256) throws Exception {
    var line = LINE.matcher(Files.readString(QUICK_START));
    assertThat(line.find()).isTrue();
    return Command.run(
        where,
        Map.of(
            "SCRIPT", "http://127.0.0.1:" + host.getAddress().getPort() + path, "SHA256", sha256),
        "sh",
        "-c",
        line.group().replace("'=https'", "'=http'"));
  }

  private static String sha256() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SCRIPT));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void installsWhatHasTheHash() throws Exception {
    assertThat(install(folder, "/vend", sha256()).exit()).isZero();

    assertThat(left()).containsExactly("vend");
    assertThat(Command.run(folder, Map.of(), "./vend").output()).isEqualTo("installed\n");
  }

  @Test
  void anotherHashLeavesNothing() throws Exception {
    assertThat(install(folder, "/vend", sha256().replace(sha256().charAt(0), '_')).exit())
        .isNotZero();
    assertThat(install(folder, "/vend", "0".repeat(64)).exit()).isNotZero();
    assertThat(install(folder, "/vend", "").exit()).isNotZero();

    assertThat(left()).isEmpty();
  }

  @Test
  void anInterruptedDownloadLeavesNothing() throws Exception {
    bytesSent = SCRIPT.length / 2;

    assertThat(install(folder, "/vend", sha256()).exit()).isNotZero();
    assertThat(left()).isEmpty();
  }

  @Test
  void aMissingFileLeavesNothing_andKeepsAnInstalledScript() throws Exception {
    Path installed = Files.writeString(folder.resolve("vend"), "older");

    assertThat(install(folder, "/gone", sha256()).exit()).isNotZero();
    assertThat(left()).containsExactly("vend");
    assertThat(installed).hasContent("older");
  }

  @Test
  void aFolderThatTakesNoFilesLeavesNothing() throws Exception {
    // Read-only for root too.
    Path proc = Path.of("/proc");
    if (Files.isDirectory(proc)) {
      assertThat(install(proc, "/vend", sha256()).exit()).isNotZero();
      assertThat(proc.resolve("vend")).doesNotExist();
    }
    assertThat(folder.toFile().setWritable(false)).isTrue();
    boolean refused = !Files.isWritable(folder);
    Command command = install(folder, "/vend", sha256());
    assertThat(folder.toFile().setWritable(true)).isTrue();

    if (refused) {
      assertThat(command.exit()).isNotZero();
      assertThat(left()).isEmpty();
    }
  }

  /** All of them are tested, if one is. */
  @Test
  void theExamplesHaveTheSameLine() throws Exception {
    var wanted = LINE.matcher(Files.readString(QUICK_START));
    assertThat(wanted.find()).isTrue();
    for (String example :
        List.of("buildspec.yml", "gitlab-ci.yml", "Jenkinsfile", "github-actions/action.yml")) {
      var line = LINE.matcher(Files.readString(Path.of("examples", example)));
      assertThat(line.find()).as(example).isTrue();
      assertThat(
              line.group()
                  .replaceFirst("'''$", "")
                  .replace("VEND_SCRIPT_SHA256", "SHA256")
                  .replace("SCRIPT_SHA256", "SHA256")
                  .replaceAll("(VEND_)?SCRIPT_URL", "SCRIPT")
                  .replace("/usr/local/bin/", "")
                  .replace("exit 1", "false"))
          .as(example)
          .isEqualTo(wanted.group());
    }
  }
}
