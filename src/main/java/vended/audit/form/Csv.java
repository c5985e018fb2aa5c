package vended.audit.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.json.Json;
import vended.text.CsvText;

/**
 * Comma-separated values (RFC 4180): a header, and always the same columns. The last column has
 * every attribute that no other column shows, so nothing is lost.
 */
public final class Csv {
  private static final String CLAIMED = "claimed";
  private static final String MORE = "more";
  private static final List<String> COLUMNS = columns();

  private Csv() {}

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("vendId", "kind", "at"));
    columns.addAll(AuditRow.knownAttributes());
    columns.addAll(List.of(CLAIMED, MORE));
    return List.copyOf(columns);
  }

  public static String of(List<AuditRow> rows) {
    StringBuilder text = new StringBuilder();
    text.append(CsvText.line(COLUMNS));
    rows.forEach(row -> text.append(CsvText.line(cells(row))));
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
      case String text -> CsvText.plain(text);
      case Long number -> number.toString();
      case Boolean flag -> flag.toString();
      case null, default -> null;
    };
  }
}
