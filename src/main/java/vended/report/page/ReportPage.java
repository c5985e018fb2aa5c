package vended.report.page;

import vended.report.Report;

/** A report as an HTML document. */
public final class ReportPage {
  private static final Style STYLE = Style.read();

  private ReportPage() {}

  /** The document's Content-Security-Policy, for the answer's header, too. */
  public static String policy() {
    return STYLE.policy();
  }

  /** The document: from some kilobytes to 4 MB. */
  public static String of(Report report) {
    Html html = new Html();
    html.open("html", "lang=en").open("head");
    html.open("meta", "charset=utf-8");
    html.open("meta", "http-equiv=Content-Security-Policy", "content=" + STYLE.policy());
    html.open("meta", "name=viewport", "content=width=device-width, initial-scale=1");
    html.open("meta", "name=color-scheme", "content=light dark");
    html.open("meta", "name=referrer", "content=no-referrer");
    html.open("meta", "name=robots", "content=noindex");
    html.element(
        "title",
        "Audit report, %s to %s"
            .formatted(
                Formats.time(report.coverage().period().since()),
                Formats.time(report.coverage().period().until())));
    html.style(STYLE).close();
    html.open("body");
    Overview overview = new Overview(html, report);
    overview.header();
    html.open("main", "class=wrap");
    overview.banners();
    overview.totals();
    overview.attention();
    AuditSections audit = new AuditSections(html, report);
    audit.timeline();
    audit.links();
    audit.refusals();
    audit.open();
    GrantSections grants = new GrantSections(html, report);
    grants.state();
    grants.unpinned();
    grants.unused();
    grants.ending();
    audit.newest();
    html.close();
    html.open("footer", "class=wrap")
        .element(
            "p",
            "Made from the audit table and, where it says so, from the allow-list. Times are UTC.")
        .close();
    return html.close().close().document();
  }
}
