package vended.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks each promise on purpose, and demands that its tests notice. {@code ./mvnw -Pbreaks} tries
 * every break; the default build tries one, and checks that the others still apply.
 */
class BreaksTest {
  private static final int PROMISES = 11;
  private static final String VERSION = "Version 2.0, January 2004";
  private static final boolean ALL = Boolean.getBoolean("breaks.all");

  static List<Break> every() throws IOException {
    return Break.all();
  }

  static Stream<Break> tried() throws IOException {
    return Break.all().stream().limit(ALL ? Long.MAX_VALUE : 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("every")
  void aBreakStillApplies_AndTheDocumentationNamesItsTests(Break change) throws IOException {
    assertThat(change.changed()).isNotEqualTo(Files.readString(change.file()));
    String documentation = Files.readString(Path.of("docs/security.md"));
    for (String test : change.tests()) {
      assertThat(documentation).contains(test.substring(test.lastIndexOf('.') + 1));
    }
  }

  @Test
  void eachPromiseHasABreak() throws IOException {
    assertThat(Break.all().stream().map(Break::promise).distinct())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, PROMISES).boxed().toList());
  }

  /** Else they could fail because of where they run. */
  @Test
  @EnabledIfSystemProperty(named = "breaks.all", matches = "true")
  void withoutABreakItsTestsPass() throws Exception {
    Break nothing = new Break(0, "nothing", Path.of("LICENSE"), VERSION, VERSION, List.of());
    List<String> tests =
        every().stream().flatMap(change -> change.tests().stream()).distinct().toList();
    try (BrokenProject unbroken = BrokenProject.of(nothing)) {
      assertThat(unbroken.run(tests).status()).isEqualTo(RunTests.PASSED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tried")
  void aBreakIsNoticed(Break change) throws Exception {
    long started = System.nanoTime();
    BrokenProject.Outcome outcome;
    try (BrokenProject broken = BrokenProject.of(change)) {
      outcome = broken.run(change.tests());
    }
    assertThat(outcome.status()).as(outcome.output()).isEqualTo(RunTests.FAILED);
    assertThat(outcome.output()).containsPattern("FAILED .*: .*Assert\\w*Error");
    System.out.printf(
        "break %s: noticed by %s in %d s%n",
        change, change.tests(), Duration.ofNanos(System.nanoTime() - started).toSeconds());
  }
}
