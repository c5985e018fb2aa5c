package vended.report.page;

import java.time.Duration;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.GrantFigures;
import vended.report.GrantFigures.SwitchState;
import vended.report.Report;
import vended.report.Totals;

/** What is seen first: which period, how complete, how much of what, and what to look at. */
final class Overview {
  private final Html html;
  private final Report report;

  Overview(Html html, Report report) {
    this.html = html;
    this.report = report;
  }

  void header() {
    Coverage coverage = report.coverage();
    html.open("header").open("div", "class", "wrap");
    html.element("p", "Vended credentials · audit report", "class", "brand");
    html.element("h1", "Who assumed what");
    html.open("p", "class", "period");
    html.element("strong", Formats.time(coverage.period().since()));
    html.text(" to ").element("strong", Formats.time(coverage.period().until()));
    html.text(" (" + length(coverage) + ")").close();
    html.open("p", "class", "made").text("Made on " + Formats.time(coverage.madeAt()) + " for ");
    html.data(coverage.madeFor()).close();
    html.close().close();
  }

  private static String length(Coverage coverage) {
    Duration length = Duration.between(coverage.period().since(), coverage.period().until());
    long hours = Math.round(length.toSeconds() / 3600.0);
    return hours < 48
        ? Formats.count(Math.max(1, hours), "hour")
        : Formats.count(Math.round(hours / 24.0), "day");
  }

  /** Whether the figures can be relied on, and whether anything is vended now. */
  void banners() {
    Coverage coverage = report.coverage();
    if (report.isComplete()) {
      banner(
          "good",
          "Complete.",
          "Every record of the period was read (%s), and the whole allow-list."
              .formatted(Formats.count(coverage.rows(), "row")));
    } else {
      banner(
          "warn",
          coverage.isComplete()
              ? "Not complete."
              : "Complete only from %s on.".formatted(Formats.time(coverage.completeSince())),
          "%s%s%s Where not everything was read, figures are lower bounds."
              .formatted(records(coverage), allowList(), lookedUp()));
    }
    stopped();
  }

  private String records(Coverage coverage) {
    return coverage.isComplete()
        ? "Every record of the period was read (%s)."
            .formatted(Formats.count(coverage.rows(), "row"))
        : ("Only the newest records were read (%s), as many as one report can: %s. What happened"
                + " before is in no figure below; ask for a period that ends there, to see it.")
            .formatted(Formats.count(coverage.rows(), "row"), Formats.read(report.timeline()));
  }

  private String allowList() {
    return report.grants().whole()
        ? ""
        : " The allow-list was not read to its end: it has %s and %s."
            .formatted(
                Formats.count(report.grants().clients(), "client"),
                Formats.count(report.grants().grants(), "grant"));
  }

  private String lookedUp() {
    return report.isLookedUp()
        ? ""
        : " Not everything was looked up: see the sections about what has no outcome, and about"
            + " unused grants.";
  }

  private void stopped() {
    SwitchState state = report.grants().vending().state();
    if (state != SwitchState.RUNNING) {
      html.open("div", "class", "banner bad", "id", "stopped").open("p");
      html.element(
          "strong",
          state == SwitchState.STOPPED
              ? "All vending is stopped."
              : "The switch of all vending can’t be read.");
      html.text(" Every vend is refused now.");
      String by = report.grants().vending().by();
      if (by != null) {
        html.text(" It was changed by ").data(by);
      }
      String at = report.grants().vending().at();
      if (at != null) {
        html.text(" at ").data(at);
      }
      html.close().close();
    }
  }

  private void banner(String kind, String strong, String text) {
    html.open("div", "class", "banner " + kind).open("p");
    html.element("strong", strong).text(" " + text).close().close();
  }

  void totals() {
    Totals totals = report.totals();
    Section.open(html, "totals", "Totals");
    html.open("dl", "class", "cards");
    card("granted", "Granted", totals.vends().granted(), "credentials were handed out");
    card("denied", "Denied", totals.vends().denied(), "the caller may not have them");
    card("failed", "Failed", totals.vends().failed(), "allowed, but they could not be had");
    others(totals);
    html.close();
    if (totals.other().read() > 0) {
      Section.note(
          html,
          "%s of a kind that this version does not know; see the newest records."
              .formatted(Formats.sentence(Formats.count(totals.other(), "row"))));
    }
    html.close();
  }

  private void others(Totals totals) {
    card(
        "",
        "Probes",
        totals.probesPassed().plus(totals.probesNotPassed()),
        Formats.figure(totals.probesNotPassed()) + " did not pass");
    card(
        "",
        "Changes of the allow-list",
        totals.changesMade(),
        "made; %s denied, %s failed"
            .formatted(
                Formats.figure(totals.changesDenied()), Formats.figure(totals.changesFailed())));
    card(
        "",
        "Callers with credentials",
        totals.callers(),
        "of %s of %s"
            .formatted(
                Formats.count(totals.roles(), "client role"),
                Formats.count(totals.clients(), "client")));
  }

  private void card(String kind, String name, Figure number, String more) {
    html.open("div", "class", ("card " + kind).strip());
    html.element("dt", name);
    html.open("dd");
    figure(number);
    html.element("span", more, "class", "more").close();
    html.close();
  }

  /** A number that is set large, with what bounds it set small. */
  private void figure(Figure figure) {
    html.open("span", "class", "figure");
    switch (figure) {
      case Figure.Exact(long read) -> html.text(Formats.number(read));
      case Figure.AtLeast(long read) ->
          html.element("span", "at least", "class", "bound").text(" " + Formats.number(read));
      case Figure.Unknown unknown -> html.element("span", "not known", "class", "bound");
    }
    html.close();
  }

  /** What somebody should look at: links to the sections, those with something first. */
  void attention() {
    GrantFigures grants = report.grants();
    html.open("nav", "aria-labelledby", "look").element("h2", "To look at", "id", "look");
    html.open("ul", "class", "look");
    item(
        report.open().vends().count(), "intent without outcome", "intents without outcome", "open");
    item(
        report.open().changes().count(),
        "change without outcome",
        "changes without outcome",
        "open");
    item(report.refusals().kinds(), "kind of refusal", "kinds of refusals", "refusals");
    item(
        grants.corrupt().count(),
        "row that can’t be trusted",
        "rows that can’t be trusted",
        "state");
    item(grants.suspended().count(), "suspended client", "suspended clients", "state");
    item(
        grants.drifted().count(),
        "client role not safe any more",
        "client roles not safe any more",
        "state");
    item(grants.unpinned().count(), "unpinned grant", "unpinned grants", "unpinned");
    item(
        grants.unused().grants().count(),
        "grant unused for 90 days",
        "grants unused for 90 days",
        "unused");
    item(
        grants.expiring().count(),
        "grant ends within 14 days",
        "grants end within 14 days",
        "ending");
    item(grants.expired().count(), "expired grant", "expired grants", "ending");
    html.close().close();
  }

  private void item(Figure count, String one, String many, String section) {
    html.open(
        "li",
        "class",
        count.isCertainlyZero() ? "nothing" : count.read() == 0 ? "unsure" : "something");
    html.open("a", "href", "#" + section);
    figure(count);
    html.text(" " + (count.read() == 1 ? one : many)).close().close();
  }
}
