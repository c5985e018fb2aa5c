package vended.report.former;

import java.time.Duration;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.GrantFigures;
import vended.report.GrantFigures.SwitchState;
import vended.report.Report;
import vended.report.Totals;

/** The top of the document: the period, how complete it is, totals, and what needs attention. */
final class Overview {
  private final Html html;
  private final Report report;
  private final Coverage coverage;
  private final GrantFigures grants;

  Overview(Html html, Report report) {
    this.html = html;
    this.report = report;
    this.coverage = report.coverage();
    this.grants = report.grants();
  }

  void header() {
    html.open("header").open("div", "class=wrap");
    html.element("p", "Vended credentials · audit report", "class=brand");
    html.element("h1", "Who assumed what");
    html.open("p", "class=period");
    html.element("strong", Formats.time(coverage.period().since()));
    html.text(" to ").element("strong", Formats.time(coverage.period().until()));
    html.text(" (" + length() + ")").close();
    html.open("p", "class=made").text("Made on " + Formats.time(coverage.madeAt()) + " for ");
    html.data(coverage.madeFor()).close();
    html.close().close();
  }

  private String length() {
    Duration length = Duration.between(coverage.period().since(), coverage.period().until());
    long hours = Math.round(length.toSeconds() / 3600.0);
    return hours < 48
        ? Formats.count(Math.max(1, hours), "hour")
        : Formats.count(Math.round(hours / 24.0), "day");
  }

  /** Writes whether the figures are complete, and whether vending is stopped. */
  void banners() {
    if (report.isComplete()) {
      banner("good", "Complete.", allRecords() + " The whole allow-list was read.");
    } else {
      banner(
          "warn",
          coverage.isComplete()
              ? "Not complete."
              : "Complete only from %s on.".formatted(Formats.time(coverage.completeSince())),
          "%s%s%s Where not everything was read, figures are lower bounds."
              .formatted(records(), allowList(), lookedUp()));
    }
    if (grants.vending().state() != SwitchState.RUNNING) {
      stopped(grants.vending());
    }
  }

  private String allRecords() {
    return "Every record of the period was read (%s)."
        .formatted(Formats.count(coverage.rows(), "row"));
  }

  private String records() {
    return coverage.isComplete()
        ? allRecords()
        : ("Only the newest records were read (%s), as many as one report can: %s. No figure below"
                + " counts what happened before; to see it, ask for a period that ends there.")
            .formatted(Formats.count(coverage.rows(), "row"), Formats.read(report.timeline()));
  }

  private String allowList() {
    return grants.whole()
        ? ""
        : " The allow-list was not read to its end: it has %s and %s."
            .formatted(
                Formats.count(grants.clients(), "client"), Formats.count(grants.grants(), "grant"));
  }

  private String lookedUp() {
    return report.isLookedUp()
        ? ""
        : " Not everything was looked up: see the sections about missing outcomes and unused"
            + " grants.";
  }

  private void stopped(GrantFigures.Switch vending) {
    html.open("div", "class=banner bad", "id=stopped").open("p");
    html.element(
        "strong",
        vending.state() == SwitchState.STOPPED
            ? "All vending is stopped."
            : "The switch of all vending is corrupt.");
    html.text(" Every vend is refused now.");
    if (vending.by() != null) {
      html.text(" It was changed by ").data(vending.by());
    }
    if (vending.at() != null) {
      html.text(" at ").data(vending.at());
    }
    html.close().close();
  }

  private void banner(String kind, String strong, String text) {
    html.open("div", "class=banner " + kind).open("p");
    html.element("strong", strong).text(" " + text).close().close();
  }

  void totals() {
    Totals totals = report.totals();
    html.section("totals", "Totals");
    html.open("dl", "class=cards");
    card("card granted", "Granted", totals.vends().granted(), "credentials were handed out");
    card("card denied", "Denied", totals.vends().denied(), "the caller may not have them");
    card("card failed", "Failed", totals.vends().failed(), "allowed, but not obtained");
    Figure probes = totals.probesPassed().plus(totals.probesNotPassed());
    card("card", "Probes", probes, Formats.figure(totals.probesNotPassed()) + " did not pass");
    String denied = Formats.figure(totals.changes().denied());
    String failed = Formats.figure(totals.changes().failed());
    String refused = "made; %s denied, %s failed".formatted(denied, failed);
    card("card", "Changes of the allow-list", totals.changes().granted(), refused);
    String roles = Formats.count(totals.roles(), "client role");
    String of = "of %s of %s".formatted(roles, Formats.count(totals.clients(), "client"));
    card("card", "Callers with credentials", totals.callers(), of);
    html.close();
    if (totals.other().read() > 0) {
      html.note(
          "%s of a kind that this version does not know; see the newest records."
              .formatted(Formats.sentence(Formats.count(totals.other(), "row"))));
    }
    html.close();
  }

  private void card(String kind, String name, Figure number, String more) {
    html.open("div", "class=" + kind).element("dt", name).open("dd");
    figure(number);
    html.element("span", more, "class=more").close().close();
  }

  /** Writes a number in large type, and its bound in small type. */
  private void figure(Figure figure) {
    html.open("span", "class=figure");
    switch (figure) {
      case Figure.Exact(long read) -> html.text(Formats.number(read));
      case Figure.AtLeast(long read) ->
          html.element("span", "at least", "class=bound").text(" " + Formats.number(read));
      case Figure.Unknown unknown -> html.element("span", "not known", "class=bound");
    }
    html.close();
  }

  /** Writes what somebody should check, with links to the sections. */
  void attention() {
    html.open("nav", "aria-labelledby=look").element("h2", "To check", "id=look");
    html.open("ul", "class=look");
    item(report.open().vends().count(), "intent* without outcome", "open");
    item(report.open().changes().count(), "change* without outcome", "open");
    item(report.refusals().top().count(), "kind* of refusal", "refusals");
    item(grants.corrupt().count(), "corrupt row*", "state");
    item(grants.suspended().count(), "suspended client*", "state");
    item(grants.drifted().count(), "client role* no longer safe", "state");
    item(grants.unpinned().count(), "unpinned grant*", "unpinned");
    item(grants.unused().grants().count(), "grant* unused for 90 days", "unused");
    item(grants.expiring().count(), "grant* ending within 14 days", "ending");
    item(grants.expired().count(), "expired grant*", "ending");
    html.close().close();
  }

  /** Writes a line; an asterisk in {@code what} stands for the ending of the plural. */
  private void item(Figure count, String what, String section) {
    String kind = count.isCertainlyZero() ? "nothing" : count.read() == 0 ? "unsure" : "something";
    html.open("li", "class=" + kind).open("a", "href=#" + section);
    figure(count);
    html.text(" " + what.replace("*", count.read() == 1 ? "" : "s")).close().close();
  }
}
