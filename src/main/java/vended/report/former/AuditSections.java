package vended.report.former;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.audit.Outcome;
import vended.audit.form.ReasonText;
import vended.audit.query.AuditRow;
import vended.report.CallerRoleLinks;
import vended.report.CallerRoleLinks.Link;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.OutcomeFigures;
import vended.report.Refusals;
import vended.report.Refusals.ReasonCount;
import vended.report.Refusals.RefusalCount;
import vended.report.Report;

/** The sections about the period. */
final class AuditSections {
  private final Html html;
  private final Report report;
  private final boolean complete;

  AuditSections(Html html, Report report) {
    this.html = html;
    this.report = report;
    this.complete = report.coverage().isComplete();
  }

  void timeline() {
    html.section("timeline", "Timeline");
    new TimelineChart(html, report.timeline(), report.coverage()).write();
    html.close();
  }

  void links() {
    section("links", "Who had which client role");
    CallerRoleLinks links = report.links();
    if (links.strongest().isEmpty()) {
      html.nothing(
          links.strongest().count(),
          "Nobody was granted anything in this period.",
          "In the time that was read, nobody was granted anything.");
    } else {
      new LinksChart(html, links).write();
      HtmlTable<Link> table =
          new HtmlTable<Link>("Callers and client roles, by granted vends")
              .arn("Caller", Link::caller)
              .arn("Client role", Link::roleArn);
      for (Outcome outcome : Outcome.values()) {
        table.figure(Formats.sentence(outcome.code()), link -> link.outcomes().of(outcome));
      }
      table.write(html, links.strongest().shown(), new Figure.Exact(0));
      if (links.strongest().left().read() > 0) {
        others(links.strongest().left(), links.ofOthers());
      }
    }
    html.close();
  }

  private void others(Figure links, OutcomeFigures outcomes) {
    html.note(
        "%s more: %s granted%s."
            .formatted(
                Formats.sentence(Formats.count(links, "link")),
                Formats.figure(outcomes.granted()),
                complete
                    ? ", %s denied, %s failed"
                        .formatted(
                            Formats.figure(outcomes.denied()), Formats.figure(outcomes.failed()))
                    : ""));
  }

  void refusals() {
    section("refusals", "Refusals and failures");
    Refusals refusals = report.refusals();
    if (refusals.reasons().isEmpty()) {
      html.nothing(
          refusals.top().count(),
          "Nothing was denied, and nothing failed.",
          "In the time that was read, nothing was denied, and nothing failed.");
    } else {
      long most = refusals.reasons().getFirst().count().read();
      new HtmlTable<ReasonCount>("By reason")
          .data("Reason", ReasonCount::reason)
          .column("What it means", "text wide", (h, r) -> h.text(ReasonText.of(r.reason())))
          .column("Outcome", "text", (h, r) -> outcome(h, r.outcome()))
          .figure("Count", ReasonCount::count)
          .column("Share", "bars", (h, r) -> bar(r, most))
          .write(html, refusals.reasons(), Figure.of(0, complete));
      new HtmlTable<RefusalCount>("Most frequent")
          .arn("Caller", refusal -> refusal.kind().caller())
          .arn("Client role", refusal -> refusal.kind().roleArn())
          .column("Outcome", "text", (h, r) -> outcome(h, r.kind().outcome()))
          .data("Reason", refusal -> refusal.kind().reason())
          .figure("Count", RefusalCount::count)
          .data(complete ? "First" : "First one read", "time", RefusalCount::first)
          .data("Last", "time", RefusalCount::last)
          .write(html, refusals.top());
    }
    html.close();
  }

  private void bar(ReasonCount reason, long most) {
    String width = String.format(Locale.ROOT, "%.1f%%", 100.0 * reason.count().read() / most);
    html.open("svg", "class=share " + tag(reason.outcome()), "aria-hidden=true")
        .open("rect", "class=bar", "width=" + width, "height=100%")
        .close();
  }

  /** Writes an outcome as a word with a colour. */
  static void outcome(Html html, @Nullable String outcome) {
    if (outcome == null || outcome.isEmpty()) {
      html.data(null);
    } else {
      html.open("span", "class=tag " + tag(outcome)).data(outcome).close();
    }
  }

  private static String tag(String outcome) {
    return ChangeOutcome.MADE.code().equals(outcome)
        ? Outcome.GRANTED.code()
        : Outcome.parse(outcome).map(Outcome::code).orElse("unknown");
  }

  void open() {
    section("open", "Without an outcome");
    new OpenSection(html, report.open()).write();
    html.close();
  }

  void newest() {
    List<AuditRow> rows = report.newest();
    Coverage coverage = report.coverage();
    section("records", "Newest records");
    if (rows.isEmpty()) {
      html.nothing(
          Figure.of(0, complete),
          "There is no record of this period.",
          "There is no record of the time that was read.");
    } else {
      html.paragraph(
          ("The newest %s of %s. Long texts are cut, and invisible characters are shown by their"
                  + " numbers. What callers say about themselves (user agent, claims) proves"
                  + " nothing.")
              .formatted(
                  Formats.number(rows.size()),
                  Formats.count(Figure.of(coverage.rows(), complete), "row")));
      html.element(
          "p",
          (rows.size() > 100 ? "Paper shows the first 100, without" : "Paper leaves out")
              + " claims and the other attributes.",
          "class=on-paper note");
      RecordTable.write(html, rows, Figure.of(coverage.rows() - rows.size(), complete));
    }
    html.close();
  }

  /** Opens a section whose figures cover only the time that was read, and says so. */
  private void section(String id, String name) {
    html.section(id, name);
    if (!complete) {
      html.warn(
          "What happened before %s was not read."
              .formatted(Formats.time(report.coverage().completeSince())));
    }
  }
}
