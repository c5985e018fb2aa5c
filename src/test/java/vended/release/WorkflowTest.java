package vended.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflows, and what a release says of itself. */
class WorkflowTest {
  private static final Pattern ACTION = Pattern.compile("uses: (?!\\./|OWNER/)(\\S+)(.*)");

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tag can be moved to other code, a commit can't. */
  @Test
  void everyActionIsPinnedByACommit() throws Exception {
    int pinned = 0;
    try (Stream<Path> files =
        Stream.of(".github", "examples", "src/release").map(Path::of).flatMap(WorkflowTest::walk)) {
      for (Path file : files.toList()) {
        for (var use : ACTION.matcher(text(file)).results().toList()) {
          assertThat(use.group(1)).as(file.toString()).matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}");
          assertThat(use.group(2)).as(file.toString()).matches(" # v\\d+\\.\\d+\\.\\d+");
          pinned++;
        }
      }
    }
    assertThat(pinned).isGreaterThan(5);
  }

  /** The same action at two versions: one of them was forgotten. */
  @Test
  void anActionHasOneVersion() throws Exception {
    try (Stream<Path> files =
        Stream.of(".github", "examples", "src/release").map(Path::of).flatMap(WorkflowTest::walk)) {
      List<String> uses =
          files
              .flatMap(file -> ACTION.matcher(text(file)).results())
              .map(use -> use.group(1))
              .distinct()
              .toList();
      assertThat(uses.stream().map(use -> use.replaceFirst("@.*", "")).toList())
          .doesNotHaveDuplicates();
    }
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.(yml|yaml|md)")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void notes_areTheVersionsSection(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("src/release"));
    Files.createDirectories(folder.resolve("bin"));
    Path notes = Files.copy(Path.of("src/release/notes"), folder.resolve("src/release/notes"));
    Files.writeString(folder.resolve("bin/vend"), "VEND_VERSION=1.2.3\n");
    Files.writeString(
        folder.resolve("CHANGELOG.md"),
        """
        # Changelog

        ## Unreleased

        new

        ## 1.2.3 - 2026-11-27

        this

        ## 1.2.2

        old
        """);

    assertThat(Command.run(folder, Map.of(), "sh", notes.toString(), "1.2.3"))
        .isEqualTo(new Command(0, "\nthis\n"));
    for (String wrong : List.of("1.2.2", "v1.2.3", "", "1;id")) {
      assertThat(Command.run(folder, Map.of(), "sh", notes.toString(), wrong).exit())
          .as(wrong)
          .isNotZero();
    }
  }

  /** The pages that the zip's first page names are in the zip. */
  @Test
  void quickStart_namesWhatIsThere() throws Exception {
    List<String> names =
        Pattern.compile("\\]\\((?!https:)([^)#]+)[^)]*\\)|(?<=[ `])(bin/[\\w-]+|docs/[\\w-]+\\.md)")
            .matcher(text(Path.of("src/release/QUICKSTART.md")))
            .results()
            .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
            .toList();

    assertThat(names).contains("README.md", "bin/vend", "docs/security.md");
    assertThat(names).allSatisfy(name -> assertThat(Path.of(name)).exists());
  }

  /** Who has only the zip can follow each link in it. */
  @Test
  void zip_hasWhatItsPagesLinkTo() throws Exception {
    List<Path> included =
        Pattern.compile("<include>([^<*]+)(/\\*\\*)?</include>")
            .matcher(text(Path.of("src/release/zip.xml")))
            .results()
            .map(include -> Path.of(include.group(1)))
            .toList();
    List<Path> pages =
        included.stream()
            .flatMap(WorkflowTest::walk)
            .filter(file -> file.toString().endsWith(".md"))
            .toList();

    assertThat(pages).contains(Path.of("README.md"), Path.of("docs/operations.md"));
    for (Path page : pages) {
      Pattern.compile("\\]\\((?![a-z]+:)([^)#\\s]+)")
          .matcher(text(page))
          .results()
          .map(link -> Path.of("").resolve(page).resolveSibling(link.group(1)).normalize())
          .forEach(
              target -> assertThat(included).as(page + ": " + target).anyMatch(target::startsWith));
    }
  }

  /**
   * Checks install programs that are not pinned. What they leave on their machine must not get into
   * a release, nor see a token that can write.
   */
  @Test
  void releaseIsBuiltWhereNoChecksRan() {
    String workflow = text(Path.of(".github/workflows/release.yml"));
    String build =
        workflow.substring(workflow.indexOf("\n  build:"), workflow.indexOf("\n  publish:"));
    String publish = workflow.substring(workflow.indexOf("\n  publish:"));

    assertThat(build).contains("needs: check", "-Prelease").doesNotContain(".ci/", ": write");
    assertThat(publish).doesNotContain("checkout", "mvnw", ".ci/");
    assertThat(text(Path.of(".mvn/wrapper/maven-wrapper.properties")))
        .containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$");
  }

  /** In the phase package, the jar gets its libraries only after this plugin. */
  @Test
  void releasedJar_isCopiedWhenItIsComplete() {
    String pom = text(Path.of("pom.xml"));
    String parts = pom.substring(pom.indexOf("<id>parts</id>"), pom.indexOf("<id>sums</id>"));

    assertThat(parts).contains("/vend\"").doesNotContain("}/vended.jar\"");
    assertThat(pom.substring(pom.indexOf("<id>sums</id>"))).contains("}/vended.jar\" tofile");
  }

  /**
   * An update keeps parameters as they were, and with one for the key it would keep the old jar.
   */
  @Test
  void templateForCloudFormation_namesTheJarOfItsOwnVersion() {
    assertThat(text(Path.of("pom.xml")))
        .contains("CodeUri: {Bucket: !Ref CodeBucket, Key: vended-${project.version}.jar}");
  }
}
