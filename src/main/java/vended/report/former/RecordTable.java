package vended.report.former;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.json.Json;
import vended.report.Figure;

/** Rows as stored: known attributes have columns, the last column has all others. */
final class RecordTable {
  /** The attributes with a column. */
  private static final Set<String> SHOWN =
      Set.of(
          """
          outcome reason action caller callerSession roleArn clientAccount clientName accessKeyId
          expiration sourceIp userAgent claimed\
          """
              .split("\\s+"));

  private RecordTable() {}

  static void write(Html html, List<AuditRow> rows, Figure left) {
    new HtmlTable<AuditRow>("Records, newest first", "records")
        .data("Time (UTC)", "time", AuditRow::at)
        .data("Record", AuditRow::kind)
        .column("Outcome", "text", RecordTable::outcome)
        .data("Reason", row -> row.text("reason"))
        .arn("Caller", row -> value(row, "caller"))
        .data("Session", row -> value(row, "callerSession"))
        .arn("Client role", row -> value(row, "roleArn"))
        .data("Client", RecordTable::client)
        .data("Issued key", "id", row -> value(row, "accessKeyId"))
        .data("Key ends", "time", row -> value(row, "expiration"))
        .data("From", "id", row -> value(row, "sourceIp"))
        .data("User agent", "text long", row -> value(row, "userAgent"))
        .data("Claims", "text long", row -> value(row, "claimed"))
        .data("Vend", "id", AuditRow::vendId)
        .data("More", "text long", RecordTable::more)
        .write(html, rows, left);
  }

  /** A probe's outcome is whether it passed; a change also shows its action. */
  private static void outcome(Html html, AuditRow row) {
    if (row.attributes().get("passed") instanceof Boolean passed) {
      html.element("span", passed ? "passed" : "not passed", "class=tag unknown");
    } else {
      AuditSections.outcome(html, row.text("outcome"));
    }
    String action = row.text("action");
    if (action != null) {
      html.text(" ").data(action);
    }
  }

  private static @Nullable String client(AuditRow row) {
    String name = value(row, "clientName");
    String account = value(row, "clientAccount");
    return name == null ? account : account == null ? name : name + " (" + account + ")";
  }

  private static String more(AuditRow row) {
    return row.attributes().entrySet().stream()
        .filter(attribute -> !SHOWN.contains(attribute.getKey()))
        .map(attribute -> attribute.getKey() + "=" + text(attribute.getValue()))
        .collect(Collectors.joining("  "));
  }

  /** An attribute of any type, as text. */
  static @Nullable String value(AuditRow row, String name) {
    Object value = row.attributes().get(name);
    return value == null ? null : text(value);
  }

  private static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
              .sorted()
              .collect(Collectors.joining("  "));
      default -> Json.text(value);
    };
  }
}
