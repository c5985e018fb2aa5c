package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Each row of {@code awk.yaml}, whose head says what its members mean, in each awk. */
class AwkTest {
  private static final Path PROGRAMS = Path.of("src/script/awk");

  @TempDir Path folder;

  static Stream<Arguments> rows() throws IOException {
    List<Map<?, ?>> rows = load();
    return JsonReaderTest.awks()
        .flatMap(awk -> rows.stream().map(row -> Arguments.of(awk, row.get("name"), row)));
  }

  private static List<Map<?, ?>> load() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(AwkTest.class.getResourceAsStream("/vended/script/awk.yaml"))) {
      List<?> rows = (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return rows.stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rows")
  void program_printsWhatTheRowSays(String awk, String name, Map<?, ?> row) throws Exception {
    for (var file : map(row, "files").entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    assertThat(run(awk, row)).isEqualTo(row.get("output"));
  }

  private String run(String awk, Map<?, ?> row) throws Exception {
    List<String> command = new ArrayList<>(List.of(awk.split(" ", -1)));
    map(row, "variables")
        .forEach((name, value) -> command.addAll(List.of("-v", name + "=" + value)));
    StringBuilder program = new StringBuilder();
    for (String file : list(row, "programs")) {
      program.append(Files.readString(PROGRAMS.resolve(file + ".awk")));
    }
    command.add(program.toString());
    command.addAll(list(row, "arguments"));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(map(row, "environment"));
    Process process = builder.start();
    try (var stdin = process.getOutputStream()) {
      String input = Objects.toString(row.get("input"), "");
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      // A program need not read it.
    }
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Of fifty events a second; the vends of those at an edge can have begun in either part. */
  @ParameterizedTest
  @MethodSource("vended.script.JsonReaderTest#awks")
  void periodIsCutAfter1500EventsButNotWithinASecond(String awk) throws Exception {
    long start = 1_767_323_045;
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      long at = start + i / 50;
      events.append(
          "%d\t%d\t%d\tknown\t{}\n"
              .formatted(1_000_000_000_000L + at, at * 1000 - 1000, at * 1000 + 1999));
    }
    Files.writeString(folder.resolve("events"), events);

    String parts =
        run(
            awk,
            Map.of(
                "programs",
                List.of("part-maker"),
                "variables",
                Map.of("since", start + "000", "until", "1767324000000", "FOLDER", "."),
                "arguments",
                List.of("events", "events")));

    assertThat(parts)
        .isEqualTo(
            """
            1767323045000 1767323075000
            1767323075000 1767323105000
            1767323105000 1767324000000
            """);
    assertThat(lines("part.1")).isEqualTo(1500 + 50);
    assertThat(lines("part.2")).isEqualTo(1500 + 50 + 50);
    assertThat(lines("part.3")).isEqualTo(1000 + 50);
  }

  private int lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).size();
  }

  @ParameterizedTest
  @MethodSource("vended.script.JsonReaderTest#awks")
  void requestHas100LinesAtMost(String awk) throws Exception {
    assertThat(
            run(
                awk,
                Map.of(
                    "programs",
                    List.of("batch-writer"),
                    "variables",
                    Map.of("more", ""),
                    "input",
                    "1\t1\tx\n".repeat(102))))
        .isEqualTo("{\"lines\":[" + "\"x\",".repeat(99) + "\"x\"]}");
  }

  @Test
  void everyProgram_isPartOfAScriptAndHasARow() throws Exception {
    var tested = new TreeSet<String>();
    for (Map<?, ?> row : load()) {
      tested.addAll(list(row, "programs"));
    }
    var embedded = new TreeSet<String>();
    try (Stream<Path> parts = Files.walk(Path.of("src/script"))) {
      for (Path part : parts.filter(path -> path.toString().endsWith(".sh")).toList()) {
        Files.readAllLines(part).stream()
            .filter(line -> line.startsWith("# @awk "))
            .forEach(line -> embedded.add(line.substring("# @awk ".length())));
      }
    }
    try (Stream<Path> files = Files.list(PROGRAMS)) {
      List<String> programs =
          files.map(file -> file.getFileName().toString().replace(".awk", "")).toList();

      assertThat(tested).containsExactlyInAnyOrderElementsOf(programs);
      assertThat(embedded).containsExactlyInAnyOrderElementsOf(programs);
    }
  }

  private static Map<String, String> map(Map<?, ?> row, String name) {
    Map<String, String> strings = new LinkedHashMap<>();
    if (row.get(name) instanceof Map<?, ?> members) {
      members.forEach((key, value) -> strings.put((String) key, (String) value));
    }
    return strings;
  }

  private static List<String> list(Map<?, ?> row, String name) {
    return row.get(name) instanceof List<?> items
        ? items.stream().map(String.class::cast).toList()
        : List.of();
  }
}
