package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in bin are what src/script/join makes of their parts. */
class JoinTest {
  private static final List<String> FILES = List.of("vend", "vend-admin", "vend-audit");

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
  }

  @Test
  void eachFile_isWhatItsPartsGive() throws Exception {
    assertThat(join(Path.of("").toAbsolutePath(), "--check")).isEmpty();
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
