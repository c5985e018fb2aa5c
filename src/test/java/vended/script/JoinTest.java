package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Soak;

/** The files in bin are what src/script/join makes of their parts. */
class JoinTest {
  private static final List<String> FILES =
      List.of(
          "vend",
          "vend-more",
          "vend-admin",
          "vend-audit",
          "vend-access",
          "vend-mine",
          "vend-doctor");

  @TempDir Path copy;

  @BeforeEach
  void copyTheParts() throws IOException {
    Path source = Path.of("src/script");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(file.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    Files.createDirectory(copy.resolve("bin"));
    Files.createDirectory(copy.resolve("docs"));
    Files.copy(Path.of("docs/clients.md"), copy.resolve("docs/clients.md"));
  }

  @Test
  void eachFile_isWhatItsPartsGive() throws Exception {
    assertThat(join(Path.of("").toAbsolutePath(), "--check")).isEmpty();
  }

  /**
   * POSIX leaves open what a backslash means among the characters in brackets. To musl, and so to
   * the shell of Alpine, it is one of them, and an escaped bracket ends them: then an address with
   * any character passes.
   */
  @Test
  void noPatternEscapesABracketInBrackets() throws IOException {
    Pattern escaped = Pattern.compile("(?<!\\\\)\\[[^]]*\\\\[]\\[]");
    try (Stream<Path> parts = Files.walk(Path.of("src/script"))) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".sh")).toList()) {
        assertThat(Files.readAllLines(part)).as(part + "").noneMatch(escaped.asPredicate());
      }
    }
  }

  @Test
  void joiningAgain_writesTheSameFiles() throws Exception {
    assertThat(join(copy)).isEmpty();

    for (String file : FILES) {
      assertThat(copy.resolve("bin").resolve(file)).hasSameBinaryContentAs(Path.of("bin", file));
    }
  }

  @Test
  void partThatWasChanged_isNamedWithTheCommandToRun() throws Exception {
    join(copy);
    Files.writeString(
        copy.resolve("src/script/vend/99-main.sh"), "exit\n", StandardOpenOption.APPEND);

    assertThat(join(copy, "--check"))
        .isEqualTo("bin/vend is not what src/script gives; run: src/script/join\n");
  }

  @Test
  void quoteInAnAwkProgram_isRefusedAndNothingIsWritten() throws Exception {
    join(copy);
    byte[] before = Files.readAllBytes(copy.resolve("bin/vend"));
    Files.writeString(
        copy.resolve("src/script/awk/roles-json.awk"), "# it's\n", StandardOpenOption.APPEND);

    assertThat(join(copy))
        .startsWith("src/script/awk/roles-json.awk: a single quote would end the program");
    assertThat(Files.readAllBytes(copy.resolve("bin/vend"))).isEqualTo(before);
  }

  @Test
  void awkProgramThatIsNotThere_isNamed() throws Exception {
    Files.delete(copy.resolve("src/script/awk/roles-json.awk"));

    assertThat(join(copy)).isEqualTo("src/script/awk/roles-json.awk is missing or empty\n");
  }

  static Stream<Arguments> early() {
    return Soak.some(
        2,
        List.of(
            Arguments.of("vend/05-early.sh", "vend"),
            Arguments.of("vend-admin/05-early.sh", "vend-admin"),
            Arguments.of("vend-audit/05-early.sh", "vend-audit"),
            Arguments.of("companion/05-early.sh", "vend-admin"),
            Arguments.of("vend-access/05-early.sh", "vend-access"),
            Arguments.of("vend-doctor/05-early.sh", "vend-doctor")))
        .stream();
  }

  @ParameterizedTest
  @MethodSource("early")
  void partWithALowNumber_isUsed(String part, String file) throws Exception {
    Files.writeString(copy.resolve("src/script").resolve(part), "early=yes\n");

    assertThat(join(copy)).isEmpty();
    assertThat(copy.resolve("bin").resolve(file)).content().contains("\nearly=yes\n");
  }

  static Stream<String> unused() {
    return Soak.some(
        3,
        List.of(
            "vend/early.sh",
            "vend-admin/5-early.sh",
            "vend/05-early.txt",
            "vend-audit/early.sh",
            "other/05-early.sh",
            "companion/early.sh",
            "early.sh"))
        .stream();
  }

  @ParameterizedTest
  @MethodSource("unused")
  void partThatWouldNotBeUsed_isNamed(String part) throws Exception {
    Path file = copy.resolve("src/script").resolve(part);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "early=yes\n");

    assertThat(join(copy)).startsWith("src/script/" + part + " is not used");
  }

  static Stream<String> almostAwk() {
    return Soak.some(
        2,
        List.of(
            "  # @awk roles-json",
            "#@awk roles-json",
            "# @awk  roles-json",
            "# @awk",
            "# @awk roles-json ",
            "# @awk roles_json"))
        .stream();
  }

  @ParameterizedTest
  @MethodSource("almostAwk")
  void lineThatAlmostNamesAnAwkProgram_isRefused(String line) throws Exception {
    Files.writeString(
        copy.resolve("src/script/vend/99-main.sh"), line + "\n", StandardOpenOption.APPEND);

    assertThat(join(copy)).startsWith("src/script/vend/99-main.sh: write \"# @awk NAME\"");
  }

  @Test
  void awkProgramThatNoPartNames_isRefused() throws Exception {
    Files.writeString(copy.resolve("src/script/awk/json.awk"), "{ print }\n");

    assertThat(join(copy)).isEqualTo("src/script/awk/json.awk: no part names it\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--chekc", "-h", "vend", "''", "--check --check"})
  void unknownArgument_isAUsageErrorAndWritesNothing(String arguments) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "sh src/script/join " + arguments)
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(output).isEqualTo("usage: src/script/join [--check]\n");
    assertThat(copy.resolve("bin")).isEmptyDirectory();
  }

  @Test
  void joining_replacesTheFilesAndSetsTheirModes() throws Exception {
    Path vend = Files.writeString(copy.resolve("bin/vend"), "old");
    Files.setPosixFilePermissions(vend, PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createLink(copy.resolve("running"), vend);

    join(copy);

    assertThat(link).hasContent("old");
    for (String file : FILES) {
      assertThat(Files.getPosixFilePermissions(copy.resolve("bin").resolve(file)))
          .as(file)
          .isEqualTo(
              PosixFilePermissions.fromString(file.equals("vend") ? "rwxr-xr-x" : "rw-r--r--"));
    }
    try (Stream<Path> files = Files.list(copy.resolve("bin"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(FILES);
    }
  }

  @Test
  void joinFoundThroughARelativePath_ignoresCdpath() throws Exception {
    Path other = copy.resolve("other");
    Files.createDirectories(other.resolve("src/script"));
    Process process =
        new ProcessBuilder(
                "sh", "-c", "CDPATH=" + other + " sh src/script/join && cd src && sh script/join")
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output).isEmpty();
    assertThat(process.waitFor()).isZero();
    assertThat(copy.resolve("bin/vend")).hasSameBinaryContentAs(Path.of("bin/vend"));
  }

  @Test
  void everyFile_saysWhereItIsChanged() throws Exception {
    String notice =
        "# Generated by src/script/join in the vended repository; change src/script there, not this"
            + " file.";
    assertThat(Files.readAllLines(Path.of("bin/vend")).get(1)).isEqualTo(notice);
    for (String file :
        List.of(
            "vend-more", "vend-admin", "vend-audit", "vend-access", "vend-mine", "vend-doctor")) {
      assertThat(Files.readAllLines(Path.of("bin", file)).getFirst()).isEqualTo(notice);
    }
  }

  @Test
  void version_isThatOfTheBuild() throws Exception {
    Matcher version =
        Pattern.compile("<revision>([0-9.]+)(-SNAPSHOT)?</revision>")
            .matcher(Files.readString(Path.of("pom.xml")));

    assertThat(version.find()).isTrue();
    assertThat(Path.of("bin/vend")).content().contains("\nVEND_VERSION=" + version.group(1) + "\n");
  }

  @Test
  void everyPart_isAtMost350LinesLong() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("src/script"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(350);
      }
    }
  }

  /** What the join prints: nothing, or what is wrong. */
  private static String join(Path folder, String... options) throws Exception {
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of("sh", "src/script/join"), Stream.of(options)).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor() == 0).as(output).isEqualTo(output.isEmpty());
    return output;
  }
}
