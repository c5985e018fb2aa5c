package vended.audit.form;

import java.util.List;
import vended.audit.query.AuditRow;
import vended.json.Json;

/** A line of JSON for each row. */
public final class JsonLines {
  private JsonLines() {}

  /** The rows as text; nothing for none. */
  public static String of(List<AuditRow> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(Json.write(row.members())).append('\n'));
    return text.toString();
  }
}
