package vended.audit.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.json.Json;

/**
 * Comma-separated values (RFC 4180): a header, and always the same columns. The last column has
 * every attribute that no other column shows, so nothing is lost.
 */
public final class Csv {
  private static final String CLAIMED = "claimed";
  private static final String MORE = "more";
  private static final List<String> COLUMNS = columns();

  /**
   * What a spreadsheet can take for a formula, also after white space and in full-width forms
   * (OWASP, "CSV Injection").
   */
  private static final Pattern FORMULA =
      Pattern.compile(
          "[\\s\\p{Z}\\p{Cc}\\p{Cf}]*[=+\\-@\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}].*|[\\t\\r\\n].*",
          Pattern.DOTALL);

  /** A semicolon separates cells where the comma is the decimal point. */
  private static final Pattern QUOTED = Pattern.compile("[\",;'\\s\\p{Cc}]");

  private Csv() {}

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("vendId", "kind", "at"));
    columns.addAll(AuditRow.knownAttributes());
    columns.addAll(List.of(CLAIMED, MORE));
    return List.copyOf(columns);
  }

  public static String of(List<AuditRow> rows) {
    StringBuilder text = new StringBuilder();
    line(text, COLUMNS);
    rows.forEach(row -> line(text, cells(row)));
    return text.toString();
  }

  private static List<String> cells(AuditRow row) {
    Map<String, Object> left = new LinkedHashMap<>(row.members());
    List<String> cells = new ArrayList<>();
    for (String column : COLUMNS) {
      Object value = left.get(column);
      String cell =
          switch (column) {
            // Begins with a brace, which no spreadsheet takes for a formula.
            case CLAIMED -> value instanceof Map<?, ?> ? Json.text(value) : null;
            case MORE -> left.isEmpty() ? "" : Json.write(left);
            default -> plain(value);
          };
      if (cell != null) {
        left.remove(column);
      }
      cells.add(cell == null ? "" : cell);
    }
    return cells;
  }

  private static @Nullable String plain(@Nullable Object value) {
    return switch (value) {
      case String text -> FORMULA.matcher(text).matches() ? "'" + text : text;
      case Long number -> number.toString();
      case Boolean flag -> flag.toString();
      case null, default -> null;
    };
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(Csv::quoted).collect(Collectors.joining(","))).append("\r\n");
  }

  private static String quoted(String cell) {
    return QUOTED.matcher(cell).find() ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }
}
