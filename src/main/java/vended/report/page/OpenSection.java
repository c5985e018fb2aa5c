package vended.report.page;

import vended.audit.query.AuditRow;
import vended.report.Figure;
import vended.report.OpenRecords;

/** The section about what was begun and never ended. */
final class OpenSection {
  private final Html html;
  private final OpenRecords open;

  OpenSection(Html html, OpenRecords open) {
    this.html = html;
    this.open = open;
  }

  /**
   * Writes the section.
   *
   * @param unread what to say of time that was not read; empty if there is none
   */
  void write(String unread) {
    Section.open(html, "open", "Without an outcome");
    if (!unread.isEmpty()) {
      Section.warn(html, unread);
    }
    if (open.vends().isEmpty()) {
      Section.nothing(
          html,
          open.vends().count(),
          "Each intent that is older than five minutes has its outcome.",
          "No intent without an outcome was found among those that were read and looked up.");
    } else {
      vends();
    }
    if (!open.changes().isEmpty()) {
      changes();
    }
    if (open.underWay().read() > 0) {
      Section.note(
          html, were(open.underWay()) + " begun within the last five minutes, and may still end.");
    }
    if (open.notLookedAt().read() > 0) {
      Section.warn(
          html,
          were(open.notLookedAt())
              + " not looked up, for lack of time: there may be more without an outcome than are"
              + " shown here. Ask for a shorter period.");
    }
    html.close();
  }

  private static String were(Figure count) {
    return Formats.sentence(Formats.figure(count)) + (count.read() == 1 ? " was" : " were");
  }

  private void vends() {
    html.element(
        "p",
        "A vend or probe in this list was begun, and no record says how it ended: the function was"
            + " cut off, or the outcome could not be stored. Credentials leave only after the"
            + " outcome is stored, so nobody was given any. STS may have issued some all the same,"
            + " which nobody has: the client’s CloudTrail shows an AssumeRole with the session’s"
            + " name if it did. They expire after the seconds that were asked for.");
    new HtmlTable<AuditRow>("Intents without an outcome", "plain")
        .data("Begun", "time", AuditRow::at)
        .arn("Caller", row -> row.text("caller"))
        .arn("Client role", row -> row.text("roleArn"))
        .data("Session’s name", row -> row.text("sessionName"))
        .data("Seconds", row -> RecordTable.value(row, "durationSeconds"))
        .data("Vend", "id", AuditRow::vendId)
        .write(html, open.vends().shown(), open.vends().left());
  }

  private void changes() {
    html.element(
        "p",
        "A change of the allow-list in this list was begun, and no record says how it ended. It may"
            + " have been made, or not: look at the row that it is about.");
    new HtmlTable<AuditRow>("Changes without an outcome", "plain")
        .data("Begun", "time", AuditRow::at)
        .arn("Administrator", row -> row.text("caller"))
        .data("Change", row -> row.text("action"))
        .arn("Of", row -> row.text("target"))
        .arn("Client role", row -> row.text("roleArn"))
        .data("Vend", "id", AuditRow::vendId)
        .write(html, open.changes().shown(), open.changes().left());
  }
}
