package vended.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of comma-separated values (RFC 4180) that a spreadsheet takes as text. */
public final class CsvText {
  /**
   * What a spreadsheet can take for a formula, also after white space and in full-width forms
   * (OWASP, "CSV Injection"). Apostrophes before it count, so that no text looks like another that
   * got one.
   */
  private static final Pattern FORMULA =
      Pattern.compile(
          "'*(?:[\\s\\p{Z}\\p{Cc}\\p{Cf}]*[=+\\-@\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}].*|[\\t\\r"
              + "\\n"
              + "].*)",
          Pattern.DOTALL);

  /** A semicolon separates cells where the comma is the decimal point. */
  private static final Pattern QUOTED = Pattern.compile("[\",;'\\s\\p{Cc}]");

  private CsvText() {}

  /** A text that somebody else may have written, as a cell: never a formula. */
  public static String plain(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  /** A line of cells, with its line break. */
  public static String line(List<String> cells) {
    return cells.stream().map(CsvText::quoted).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String quoted(String cell) {
    return QUOTED.matcher(cell).find() ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }
}
