package vended.fuzz.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values by their grammar, RFC 4180, and nothing beyond it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class CsvReader {
  private final String text;
  private int at;

  private CsvReader(String text) {
    this.text = text;
  }

  /**
   * The cells of each line.
   *
   * @throws IllegalArgumentException if the text is none of the grammar
   */
  public static List<List<String>> read(String text) {
    CsvReader reader = new CsvReader(text);
    List<List<String>> lines = new ArrayList<>();
    while (reader.at < text.length()) {
      lines.add(reader.line());
    }
    return lines;
  }

  private List<String> line() {
    List<String> cells = new ArrayList<>();
    do {
      cells.add(text.startsWith("\"", at) ? quoted() : plain());
    } while (takes(","));
    if (!takes("\r\n")) {
      throw new IllegalArgumentException("no end of the line at " + at);
    }
    return cells;
  }

  private boolean takes(String expected) {
    boolean there = text.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (true) {
      int end = text.indexOf('"', at);
      if (end < 0) {
        throw new IllegalArgumentException("a quote is not closed");
      }
      cell.append(text, at, end);
      at = end + 1;
      if (!takes("\"")) {
        return cell.toString();
      }
      cell.append('"');
    }
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ",\"\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }
}
