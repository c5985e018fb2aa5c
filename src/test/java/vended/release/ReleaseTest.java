package vended.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;

/** Builds a release of the last commit in two folders, and uses it as somebody who downloads it. */
@EnabledIfSystemProperty(named = "release.twice", matches = "true")
class ReleaseTest {
  private static final String VERSION = "9.8.7";

  @TempDir static Path temp;
  private static Path first;
  private static Path second;
  private static Path unpacked;

  @BeforeAll
  static void build() throws Exception {
    first = build("one");
    second = build("another/and/deeper");
    Path empty = Files.createDirectories(temp.resolve("empty"));
    successful(
        empty,
        Map.of(),
        "unzip",
        "-q",
        first.resolve("target/release/vended-" + VERSION + ".zip").toString());
    unpacked = empty.resolve("vended-" + VERSION);
  }

  private static Path build(String name) throws Exception {
    Path folder = temp.resolve(name);
    Path here = Path.of("").toAbsolutePath();
    successful(temp, Map.of(), "git", "clone", "-q", here.toString(), folder.toString());
    successful(
        folder, Map.of(), "./mvnw", "-q", "-B", "-ntp", "-Prelease", "-Drevision=" + VERSION);
    return folder;
  }

  private static String successful(Path folder, Map<String, String> environment, String... command)
      throws Exception {
    Command result = Command.run(folder, environment, command);
    assertThat(result.exit()).as(String.join(" ", command) + "\n" + result.output()).isZero();
    return result.output();
  }

  @Test
  void twoBuildsOfACommitAreTheSame() throws Exception {
    List<String> names = names(first.resolve("target/release"));

    assertThat(names)
        .containsExactlyInAnyOrder(
            "SHA256SUMS",
            "client-role.yaml",
            "vend",
            "vend-action-9.8.7.zip",
            "vend-more",
            "vended-9.8.7.cdx.json",
            "vended-9.8.7.jar",
            "vended-9.8.7.yaml",
            "vended-9.8.7.zip");
    assertThat(names(second.resolve("target/release"))).containsExactlyElementsOf(names);
    for (String name : names) {
      assertThat(second.resolve("target/release").resolve(name))
          .as(name)
          .hasSameBinaryContentAs(first.resolve("target/release").resolve(name));
    }
    assertThat(
            successful(first.resolve("target/release"), Map.of(), "sha256sum", "-c", "SHA256SUMS"))
        .hasLineCount(names.size() - 1);
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theJarIsTheBuilds() {
    assertThat(unpacked.resolve("target/vended.jar"))
        .hasSameBinaryContentAs(first.resolve("target/vended.jar"))
        .hasSameBinaryContentAs(first.resolve("target/release/vended-9.8.7.jar"));
  }

  /** No line of a template refers to what is not in the zip. */
  @Test
  void theTemplatesAreValid() throws Exception {
    assertThat(Files.readString(unpacked.resolve("template.yaml")))
        .contains("CodeUri: target/vended.jar");
    assertThat(unpacked.resolve("target/vended.jar")).exists();
    assertThat(Files.readString(first.resolve("target/release/vended-9.8.7.yaml")))
        .contains("CodeUri: {Bucket: !Ref CodeBucket, Key: vended-9.8.7.jar}")
        .doesNotContain("target/vended.jar");
    if (Command.run(unpacked, Map.of(), "sh", "-c", "command -v cfn-lint").exit() != 0) {
      System.out.println("Skipped: cfn-lint is not installed");
      return;
    }
    successful(
        unpacked,
        Map.of(),
        "cfn-lint",
        "--regions",
        "us-east-1",
        "--template",
        "template.yaml",
        "client-role.yaml",
        "import.yaml",
        first.resolve("target/release/vended-9.8.7.yaml").toString());
  }

  @Test
  void theScriptVendsWithoutAJdk() throws Exception {
    try (LocalStack stack = LocalStack.start(Options.of(Functions.ofService()))) {
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("PATH", withoutJava());
      environment.put("HOME", unpacked.toString());
      environment.put("VEND_URL", stack.url().toString());
      environment.put("AWS_REGION", LocalStack.REGION);
      environment.put("AWS_ACCESS_KEY_ID", stack.people().pipeline().id());
      environment.put("AWS_SECRET_ACCESS_KEY", stack.people().pipeline().secret());

      assertThat(Command.run(unpacked, environment, "sh", "-c", "command -v java").exit())
          .isNotZero();
      for (Path script :
          List.of(unpacked.resolve("bin/vend"), first.resolve("target/release/vend"))) {
        assertThat(
                successful(
                    unpacked,
                    environment,
                    "sh",
                    script.toString(),
                    "credentials",
                    stack.demonstration().roleArn().toString()))
            .contains("\"AccessKeyId\":\"ASIA");
      }
    }
  }

  /** The programs of this machine, without those of Java, which may be in the same folder. */
  private static String withoutJava() throws Exception {
    Path programs = Files.createDirectories(temp.resolve("programs"));
    for (String folder : System.getenv("PATH").split(":", -1)) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.toList()) {
          Path link = programs.resolve(file.getFileName());
          if (!file.getFileName().toString().startsWith("java")
              && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, file);
          }
        }
      } catch (NoSuchFileException e) {
        // PATH may name folders that are not there.
      }
    }
    return programs.toString();
  }

  /** What the quick start's reader types has the script's own hash. */
  @Test
  void theQuickStartHasTheScriptsHash() throws Exception {
    String sum =
        successful(first, Map.of(), "sha256sum", "target/release/vend").replaceFirst(" .*\\s*", "");

    assertThat(Files.readString(unpacked.resolve("QUICKSTART.md")))
        .contains("SHA256=" + sum, "download/v9.8.7/vend")
        .doesNotContain("@VERSION@", "@VEND_SHA256@");
    assertThat(Files.readAllLines(unpacked.resolve("QUICKSTART.md")).size()).isLessThan(130);
  }
}
