package vended.report.page;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.json.Json;
import vended.report.digest.Detail;
import vended.report.html.ArnParts;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.HtmlTable;
import vended.report.period.PeriodFigures;

/** The newest records, one line each: what else they say is a question to the audit away. */
final class RecordSection {
  private static final int MOST = 200;

  private final Html html;
  private final PeriodFigures figures;
  private final Names names;

  RecordSection(Html html, PeriodFigures figures, Names names) {
    this.html = html;
    this.figures = figures;
    this.names = names;
  }

  void write() {
    List<AuditRow> rows = figures.newest();
    if (rows.isEmpty()) {
      return;
    }
    List<AuditRow> shown = rows.subList(0, Math.min(MOST, rows.size()));
    html.section("records", "Newest records");
    if (Detail.of(figures) == Detail.FULL) {
      html.open("details");
      html.element(
          "summary", "The newest %s, one line each".formatted(Formats.number(shown.size())));
      table(shown);
      html.close();
    } else {
      table(shown);
    }
    html.element("p", "They are not printed.", "class=on-paper note");
    html.note(
        "`vend audit --id VENDID --format json` shows everything on record about one. What callers"
            + " claim about themselves proves nothing.");
    html.close();
  }

  private void table(List<AuditRow> rows) {
    new HtmlTable<AuditRow>("Records, newest first", "records")
        .time("Time (UTC)", AuditRow::at)
        .column("What", "tags", RecordSection::what)
        .column("Client", "line", (h, row) -> client(row))
        .column("Client role", "line", (h, row) -> name(row, "roleArn"))
        .column("Caller", "line", (h, row) -> name(row, "caller"))
        .data("From", "id", row -> row.text("sourceIp"))
        .data("Claims", "line", RecordSection::claims)
        .data("Record", "id", AuditRow::vendId)
        .titled()
        .write(html, rows);
  }

  /** A vend's outcome with its reason, whether a probe passed, or a change. */
  private static void what(Html html, AuditRow row) {
    if (row.attributes().get("passed") instanceof Boolean passed) {
      html.element("span", passed ? "probe passed" : "probe not passed", "class=tag unknown");
      return;
    }
    String action = row.text("action");
    if (action != null) {
      html.data(Formats.cut(action, 40)).text(" ");
    }
    RefusalSection.outcome(html, row.text("outcome"));
    String reason = row.text("reason");
    if (reason != null) {
      html.text(" ").open("span", "class=reason").data(Formats.cut(reason, 40)).close();
    }
  }

  private void client(AuditRow row) {
    String account = row.text("clientAccount");
    String name = row.text("clientName");
    html.data(name != null ? Formats.cut(name, 40) : account == null ? null : names.of(account));
  }

  private void name(AuditRow row, String attribute) {
    String arn = row.text(attribute);
    html.data(arn == null ? null : Formats.cut(ArnParts.nameOf(arn), 40));
  }

  private static @Nullable String claims(AuditRow row) {
    return row.attributes().get("claimed") instanceof Map<?, ?> claims
        ? Formats.cut(
            claims.entrySet().stream()
                .map(claim -> claim.getKey() + "=" + claim.getValue())
                .sorted()
                .collect(Collectors.joining(" ")),
            80)
        : null;
  }

  /** An attribute of any type, as text. */
  static @Nullable String value(AuditRow row, String name) {
    Object value = row.attributes().get(name);
    return value == null || value instanceof String
        ? (String) value
        : Objects.requireNonNull(Json.text(value));
  }
}
