package vended.audit.form;

import java.util.List;
import vended.audit.query.AuditRow;
import vended.json.Json;

/** One line of JSON per row. */
public final class JsonLines {
  private JsonLines() {}

  public static String of(List<AuditRow> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(Json.write(row.members())).append('\n'));
    return text.toString();
  }
}
