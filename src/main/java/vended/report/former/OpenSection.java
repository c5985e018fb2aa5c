package vended.report.former;

import vended.audit.query.AuditRow;
import vended.report.Figure;
import vended.report.OpenRecords;

/** The content of the section about intents without an outcome. */
final class OpenSection {
  private final Html html;
  private final OpenRecords open;

  OpenSection(Html html, OpenRecords open) {
    this.html = html;
    this.open = open;
  }

  void write() {
    if (open.vends().isEmpty()) {
      html.nothing(
          open.vends().count(),
          "Every intent older than five minutes has an outcome.",
          "No intent without an outcome was found among those that were read and looked up.");
    } else {
      vends();
    }
    if (!open.changes().isEmpty()) {
      changes();
    }
    if (open.underWay().read() > 0) {
      html.note(
          were(open.underWay()) + " started within the last five minutes, and may still end.");
    }
    if (open.notLookedAt().read() > 0) {
      html.warn(
          were(open.notLookedAt())
              + " not looked up, for lack of time: more intents than shown here may have no"
              + " outcome. Ask for a shorter period.");
    }
  }

  private static String were(Figure count) {
    return Formats.sentence(Formats.figure(count)) + (count.read() == 1 ? " was" : " were");
  }

  private void vends() {
    html.element(
        "p",
        "No record says how these vends and probes ended: the function was cut off, or the outcome"
            + " could not be stored. Credentials leave only after the outcome is stored, so nobody"
            + " got any. STS may still have issued some, which nobody has; if so, the client’s"
            + " CloudTrail shows an AssumeRole with the session’s name. They expire after the"
            + " requested seconds.");
    new HtmlTable<AuditRow>("Intents without an outcome")
        .data("Begun", "time", AuditRow::at)
        .arn("Caller", row -> row.text("caller"))
        .arn("Client role", row -> row.text("roleArn"))
        .data("Session’s name", row -> row.text("sessionName"))
        .data("Seconds", row -> RecordTable.value(row, "durationSeconds"))
        .data("Vend", "id", AuditRow::vendId)
        .write(html, open.vends());
  }

  private void changes() {
    html.paragraph(
        "No record says how these changes of the allow-list ended. Each may or may not have been"
            + " made: check the row that it concerns.");
    new HtmlTable<AuditRow>("Changes without an outcome")
        .data("Begun", "time", AuditRow::at)
        .arn("Administrator", row -> row.text("caller"))
        .data("Change", row -> row.text("action"))
        .arn("Of", row -> row.text("target"))
        .arn("Client role", row -> row.text("roleArn"))
        .data("Vend", "id", AuditRow::vendId)
        .write(html, open.changes());
  }
}
