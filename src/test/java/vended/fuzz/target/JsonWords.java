package vended.fuzz.target;

import java.util.List;
import java.util.stream.Stream;

/** Pieces of JSON, as words for the targets that read it. */
public final class JsonWords {
  private static final List<String> WORDS =
      List.of(
          "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "null", "true", "false", "0", "-",
          "1e400", "\0", "'", "\"a\":");

  private JsonWords() {}

  /** These, and others of a target. */
  public static List<String> and(String... others) {
    return Stream.concat(WORDS.stream(), Stream.of(others)).toList();
  }
}
