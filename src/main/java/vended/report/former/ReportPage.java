package vended.report.former;

import vended.audit.query.Period;
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
    html.open("html", "lang=en");
    head(html, report.coverage().period());
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
    new GrantSections(html, report).write();
    audit.newest();
    html.close()
        .open("footer", "class=wrap")
        .paragraph(
            "Made from the audit table and, where it says so, from the allow-list. Times are UTC.")
        .close();
    return html.close().close().document();
  }

  private static void head(Html html, Period period) {
    html.open("head")
        .open("meta", "charset=utf-8")
        .open("meta", "http-equiv=Content-Security-Policy", "content=" + STYLE.policy())
        .open("meta", "name=viewport", "content=width=device-width, initial-scale=1")
        .open("meta", "name=color-scheme", "content=light dark")
        .open("meta", "name=referrer", "content=no-referrer")
        .open("meta", "name=robots", "content=noindex");
    String since = Formats.time(period.since());
    html.element("title", "Audit report, %s to %s".formatted(since, Formats.time(period.until())));
    html.style(STYLE).close();
  }
}
