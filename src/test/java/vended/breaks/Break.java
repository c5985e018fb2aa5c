package vended.breaks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One row of {@code breaks.yaml}: a change of one file that breaks a promise.
 *
 * @param promise the promise's number in {@code docs/security.md}
 * @param name what the change does
 * @param file the file to change, from the project's folder
 * @param find the text to replace, which the file has once
 * @param replacement what takes its place
 * @param tests the classes of tests of which one must fail, without {@code vended.}
 */
record Break(
    int promise, String name, Path file, String find, String replacement, List<String> tests) {
  static List<Break> all() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Break.class.getResourceAsStream("/vended/breaks.yaml"))) {
      List<?> rows = (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return rows.stream().map(row -> of((Map<?, ?>) row)).toList();
    }
  }

  private static Break of(Map<?, ?> row) {
    return new Break(
        (Integer) member(row, "promise"),
        (String) member(row, "name"),
        Path.of((String) member(row, "file")),
        ((String) member(row, "find")).stripTrailing(),
        ((String) member(row, "with")).stripTrailing(),
        ((List<?>) member(row, "tests")).stream().map(Object::toString).toList());
  }

  private static Object member(Map<?, ?> row, String name) {
    return Objects.requireNonNull(row.get(name), name);
  }

  /**
   * The changed file's text.
   *
   * @throws IllegalStateException if the file has the text never, or more than once
   */
  String changed() throws IOException {
    String text = Files.readString(file);
    int found = text.indexOf(find);
    if (found < 0 || text.indexOf(find, found + 1) >= 0) {
      throw new IllegalStateException("%s must have this once: %s".formatted(file, find));
    }
    return text.substring(0, found) + replacement + text.substring(found + find.length());
  }

  @Override
  public String toString() {
    return promise + ": " + name;
  }
}
