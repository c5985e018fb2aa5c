package vended.report.page;

import java.util.List;
import vended.audit.query.AuditRow;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.HtmlTable;
import vended.report.period.Open;

/** Intents without an outcome. */
final class OpenSection {
  private static final int MOST = 25;

  private final Html html;
  private final Open open;
  private final Names names;

  OpenSection(Html html, Open open, Names names) {
    this.html = html;
    this.open = open;
    this.names = names;
  }

  void write() {
    if (open.vendCount() == 0 && open.changeCount() == 0 && open.underWay() == 0) {
      return;
    }
    html.section("open", "Without an outcome");
    if (open.vendCount() > 0) {
      vends();
    }
    if (open.changeCount() > 0) {
      changes();
    }
    if (open.underWay() > 0) {
      html.note(
          "%s started within the last five minutes, and may still end."
              .formatted(Formats.count(open.underWay(), "request")));
    }
    html.close();
  }

  private void vends() {
    html.paragraph(
        "No record says how these vends and probes ended: the function was cut off, or the outcome"
            + " could not be stored. Credentials leave only after the outcome is stored, so nobody"
            + " got any. STS may still have issued some, which nobody has; if so, the client’s"
            + " CloudTrail shows an AssumeRole with the session’s name. They expire after the"
            + " requested seconds.");
    List<AuditRow> shown = first(open.vends());
    new HtmlTable<AuditRow>("Vends and probes without an outcome, newest first")
        .time("Begun (UTC)", AuditRow::at)
        .column("Client", "arn", (h, row) -> names.clientOf(h, row.text("roleArn")))
        .role("Client role", row -> row.text("roleArn"))
        .arn("Caller", row -> row.text("caller"))
        .data("Session’s name", "long", row -> row.text("sessionName"))
        .data("Seconds", row -> RecordSection.value(row, "durationSeconds"))
        .elsewhere("`vend audit --outcome open` shows all")
        .write(html, shown, open.vendCount() - shown.size());
  }

  private void changes() {
    html.paragraph(
        "No record says how these changes of the allow-list ended. Each may or may not have been"
            + " made: look at the row that it concerns.");
    List<AuditRow> shown = first(open.changes());
    new HtmlTable<AuditRow>("Changes without an outcome, newest first")
        .time("Begun (UTC)", AuditRow::at)
        .data("Change", row -> row.text("action"))
        .arn("Of", row -> row.text("target"))
        .role("Client role", row -> row.text("roleArn"))
        .arn("By", row -> row.text("caller"))
        .data("Record", "id", AuditRow::vendId)
        .elsewhere("`vend audit --kind admin --outcome open` shows all")
        .write(html, shown, open.changeCount() - shown.size());
  }

  private static List<AuditRow> first(List<AuditRow> rows) {
    return rows.subList(0, Math.min(MOST, rows.size()));
  }
}
