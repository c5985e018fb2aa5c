package vended.report.page;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.report.Links;
import vended.report.Links.Link;
import vended.report.Open;
import vended.report.Refusals;
import vended.report.Refusals.Reasoned;
import vended.report.Refusals.Refusal;
import vended.report.Report;

/** The sections about what happened in the period. */
final class AuditSections {
  private final Html html;
  private final Report report;

  AuditSections(Html html, Report report) {
    this.html = html;
    this.report = report;
  }

  void timeline() {
    section("timeline", "Timeline");
    new TimelineChart(html, report.timeline(), report.coverage()).write();
    html.close();
  }

  void links() {
    section("links", "Who had which client role");
    Links links = report.links();
    if (links.strongest().isEmpty()) {
      nothing("Nobody was granted anything in this time.");
    } else {
      new LinksChart(html, links).write();
      new Table<Link>("Callers and client roles, by the vends that were granted", "plain")
          .arn("Caller", Link::caller)
          .arn("Client role", Link::roleArn)
          .number("Granted", link -> link.ends().granted())
          .number("Denied", link -> link.ends().denied())
          .number("Failed", link -> link.ends().failed())
          .write(html, links.strongest(), 0);
      if (links.others() > 0) {
        html.element(
            "p",
            "%s more: %s granted, %s denied, %s failed."
                .formatted(
                    Words.count(links.others(), "link"),
                    Words.number(links.ofOthers().granted()),
                    Words.number(links.ofOthers().denied()),
                    Words.number(links.ofOthers().failed())),
            "class",
            "note");
      }
    }
    html.close();
  }

  void refusals() {
    section("refusals", "Refusals and failures");
    Refusals refusals = report.refusals();
    if (refusals.kinds() == 0) {
      nothing("Nothing was denied, and nothing failed.");
    } else {
      long most = refusals.reasons().getFirst().count();
      new Table<Reasoned>("By reason", "plain")
          .data("Reason", Reasoned::reason)
          .column("What it means", "text wide", (h, r) -> h.text(ReasonText.of(r.reason())))
          .column("Outcome", "text", (h, r) -> outcome(h, r.outcome()))
          .number("Count", Reasoned::count)
          .column("Share", "bars", (h, r) -> bar(r, most))
          .write(html, refusals.reasons(), 0);
      new Table<Refusal>("Most frequent", "plain")
          .arn("Caller", refusal -> refusal.what().caller())
          .arn("Client role", refusal -> refusal.what().roleArn())
          .column("Outcome", "text", (h, r) -> outcome(h, r.what().outcome()))
          .data("Reason", refusal -> refusal.what().reason())
          .number("Count", refusal -> refusal.seen().count())
          .data("First", "time", refusal -> refusal.seen().first())
          .data("Last", "time", refusal -> refusal.seen().last())
          .write(html, refusals.top(), refusals.kinds() - refusals.top().size());
    }
    html.close();
  }

  private void bar(Reasoned reasoned, long most) {
    String width = String.format(Locale.ROOT, "%.1f%%", 100.0 * reasoned.count() / most);
    html.open("svg", "class", "share " + kind(reasoned.outcome()), "aria-hidden", "true")
        .open("rect", "class", "bar", "width", width, "height", "100%")
        .close();
  }

  /** An outcome as a word with a colour. */
  static void outcome(Html html, @Nullable String outcome) {
    if (outcome == null || outcome.isEmpty()) {
      html.element("span", "–", "class", "none");
    } else {
      html.open("span", "class", "tag " + kind(outcome)).data(outcome).close();
    }
  }

  private static String kind(String outcome) {
    return switch (outcome) {
      case "granted", "made" -> "granted";
      case "denied" -> "denied";
      case "failed" -> "failed";
      default -> "unknown";
    };
  }

  void open() {
    section("open", "Without an outcome");
    Open open = report.open();
    if (open.vends().count() == 0) {
      nothing("Each intent that is older than five minutes has its outcome.");
    } else {
      html.element(
          "p",
          "These vends and probes were begun, and no record says how they ended: the function was"
              + " cut off, or the outcome could not be stored. Credentials leave only after the"
              + " outcome stands, so nobody was given any. STS may have issued some all the same,"
              + " which nobody has: the client’s CloudTrail shows an AssumeRole with the session’s"
              + " name if it did. They end by themselves, after the seconds that were asked for.");
      new Table<AuditRow>("Intents without an outcome", "plain")
          .data("Begun", "time", AuditRow::at)
          .arn("Caller", row -> row.text("caller"))
          .arn("Client role", row -> row.text("roleArn"))
          .data("Session’s name", row -> row.text("sessionName"))
          .data("Seconds", row -> RecordTable.value(row, "durationSeconds"))
          .data("Vend", "id", AuditRow::vendId)
          .write(html, open.vends().shown(), open.vends().count() - open.vends().shown().size());
    }
    if (open.changes().count() > 0) {
      html.element(
          "p",
          "These changes of the allow-list were begun, and no record says how they ended. Each may"
              + " have been made, or not: look at the row that it is about.");
      new Table<AuditRow>("Changes without an outcome", "plain")
          .data("Begun", "time", AuditRow::at)
          .arn("Administrator", row -> row.text("caller"))
          .data("Change", row -> row.text("action"))
          .arn("Of", row -> row.text("target"))
          .arn("Client role", row -> row.text("roleArn"))
          .data("Vend", "id", AuditRow::vendId)
          .write(
              html, open.changes().shown(), open.changes().count() - open.changes().shown().size());
    }
    note(
        open.underWay(),
        "%s begun within the last five minutes, and may still end.",
        "was",
        "were");
    note(
        open.notLookedAt(),
        "%s not looked up, for want of time: the lists above may be longer. Ask for a shorter"
            + " period.",
        "was",
        "were");
    html.close();
  }

  private void note(int count, String text, String one, String many) {
    if (count > 0) {
      html.element(
          "p",
          text.formatted(Words.number(count) + " " + (count == 1 ? one : many)),
          "class",
          "note");
    }
  }

  void newest() {
    List<AuditRow> rows = report.newest();
    section("records", "Newest records");
    if (rows.isEmpty()) {
      nothing("There is no record of this time.");
    } else {
      html.element(
          "p",
          "%s of %s that were read, the newest first. Long texts are cut; what can’t be seen is shown"
                  .formatted(
                      Words.number(rows.size()), Words.count(report.coverage().rows(), "row"))
              + " by its number. What callers say of themselves (user agent, claims) proves"
              + " nothing.");
      html.element(
          "p",
          "On paper are the first 100, without claims and what else is on record.",
          "class",
          "on-paper note");
      RecordTable.write(html, rows, report.coverage().rows() - rows.size());
    }
    html.close();
  }

  private void nothing(String text) {
    html.element("p", text, "class", "nothing");
  }

  private void section(String id, String name) {
    html.open("section", "aria-labelledby", id).element("h2", name, "id", id);
  }
}
