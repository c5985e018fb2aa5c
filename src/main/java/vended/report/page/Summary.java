package vended.report.page;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vended.audit.Outcome;
import vended.audit.query.AuditRow;
import vended.report.ReportDocument;
import vended.report.digest.Comparison;
import vended.report.digest.Detail;
import vended.report.html.ArnParts;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.period.Counts;
import vended.report.period.PeriodFigures;
import vended.report.period.Totals;

/** What happened, in a sentence and six figures; in a sentence alone if there is little to say. */
final class Summary {
  private final Html html;
  private final PeriodFigures figures;
  private final Totals totals;
  private final Totals before;
  private final Names names;
  private final Comparison comparison;

  Summary(Html html, ReportDocument report, Names names) {
    this.html = html;
    this.figures = report.period();
    this.totals = figures.totals();
    this.before = figures.previous().totals();
    this.names = names;
    this.comparison = new Comparison(figures);
  }

  void write() {
    html.section("summary", "Summary");
    html.open("p", "class=lead");
    sentence();
    html.close();
    if (Detail.of(figures) == Detail.FULL) {
      cards();
    } else {
      others();
    }
    if (!comparison.isPossible()) {
      html.note(
          "There are no earlier records to compare with: none of the %s before."
              .formatted(comparison.length()));
    }
    html.close();
  }

  private void sentence() {
    Counts vends = totals.vends();
    List<AuditRow> granted =
        figures.newest().stream().filter(row -> row.has(Outcome.GRANTED)).toList();
    if (vends.total() == 0) {
      html.text("Nobody asked for credentials in these %s.".formatted(comparison.length()));
    } else if (vends.granted() == 0) {
      html.text(
          "Nobody got credentials in these %s. %s refused or failed."
              .formatted(comparison.length(), was(vends.total(), "request")));
    } else if (vends.granted() == 1 && granted.size() == 1) {
      one(granted.getFirst());
      refused(vends);
    } else {
      all(vends);
      refused(vends);
    }
  }

  private void one(AuditRow vend) {
    html.text("One vend: ");
    strong(ArnParts.nameOf(Objects.requireNonNullElse(vend.text("caller"), "an unknown caller")));
    html.text(" got credentials for ");
    strong(names.of(Objects.requireNonNullElse(vend.text("clientAccount"), "an unknown client")));
    html.text(" on %s UTC.".formatted(Formats.minute(vend.at())));
  }

  private void all(Counts vends) {
    strong(Formats.count(totals.callers(), "caller"));
    html.text(" got credentials for ");
    strong(Formats.count(totals.clients(), "client"));
    html.text(": ");
    strong(Formats.count(vends.granted(), "vend"));
    html.text(" in %s".formatted(comparison.length()));
    String rate = comparison.rate(vends.granted());
    html.text(rate.isEmpty() ? "." : ", %s.".formatted(rate));
  }

  private void refused(Counts vends) {
    if (vends.denied() + vends.failed() == 0) {
      html.text(" Nothing was denied, and nothing failed.");
    } else {
      html.text(
          " %s denied (%s of all requests), and %s failed."
              .formatted(
                  was(vends.denied(), "request"),
                  Formats.share(vends.denied(), vends.total()),
                  Formats.number(vends.failed())));
    }
  }

  private static String was(long count, String what) {
    return Formats.count(count, what) + (count == 1 ? " was" : " were");
  }

  private void strong(String text) {
    html.open("strong").data(text).close();
  }

  /** Writes what besides vends is on record. */
  private void others() {
    long probes = totals.probesPassed() + totals.probesNotPassed();
    long changes = totals.changes().granted();
    if (probes + changes > 0) {
      html.note(
          "Also on record: %s and %s to the allow-list."
              .formatted(Formats.count(probes, "probe"), Formats.count(changes, "change")));
    }
  }

  private void cards() {
    Counts now = totals.vends();
    Counts then = before.vends();
    html.open("dl", "class=cards");
    vends("granted", "Granted", now.granted(), then.granted());
    vends("denied", "Denied", now.denied(), then.denied());
    vends("failed", "Failed", now.failed(), then.failed());
    card(
        "plain",
        "Clients",
        totals.clients(),
        Formats.count(totals.roles(), "client role"),
        comparison.change(totals.clients(), before.clients()));
    card(
        "plain",
        "Callers",
        totals.callers(),
        totals.addresses() < 0
            ? "from more addresses than a report counts"
            : "from " + Formats.count(totals.addresses(), "address"),
        comparison.change(totals.callers(), before.callers()));
    Counts changes = totals.changes();
    card(
        "plain",
        "Allow-list changes",
        changes.granted(),
        changes.denied() + changes.failed() == 0
            ? ""
            : "%s denied, %s failed"
                .formatted(Formats.number(changes.denied()), Formats.number(changes.failed())),
        comparison.change(changes.granted(), before.changes().granted()));
    html.close();
    probes();
  }

  private void vends(String kind, String name, long now, long then) {
    String share = kind.equals("granted") ? "" : Formats.share(now, totals.vends().total());
    String rate = comparison.rate(now);
    String more =
        Stream.of(rate, now == 0 ? "" : share)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    card(kind, name, now, more, comparison.change(now, then));
  }

  private void card(String kind, String name, long number, String more, String change) {
    html.open("div", "class=card " + kind).element("dt", name).open("dd");
    html.element("span", Formats.number(number), "class=figure");
    for (String line : List.of(more, change)) {
      if (!line.isEmpty()) {
        html.text(" ").element("span", line, "class=more");
      }
    }
    html.close().close();
  }

  private void probes() {
    long all = totals.probesPassed() + totals.probesNotPassed();
    if (all > 0) {
      html.note(
          totals.probesNotPassed() == 0
              ? "Probes of client roles: %s, none of which failed.".formatted(Formats.number(all))
              : "Probes of client roles: %s, of which %s did not pass."
                  .formatted(Formats.number(all), Formats.number(totals.probesNotPassed())));
    }
  }
}
