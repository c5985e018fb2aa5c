package vended.report.page;

import vended.audit.query.Period;
import vended.report.ReportDocument;
import vended.report.digest.Comparison;
import vended.report.digest.Findings;
import vended.report.digest.News;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.Style;

/** A report as an HTML document. */
public final class ReportPage {
  private static final Style STYLE = Style.read(ReportPage.class, "report.css");

  private ReportPage() {}

  /** The document's Content-Security-Policy, for the answer's header, too. */
  public static String policy() {
    return STYLE.policy();
  }

  /** The document: from some kilobytes to 1.5 MB. */
  public static String of(ReportDocument report) {
    Html html = new Html();
    html.open("html", "lang=en");
    head(html, report.period().period());
    html.open("body");
    header(html, report);
    Html sections = sections(report);
    html.open("nav", "class=wrap", "aria-label=Sections").contents(sections).close();
    html.open("main", "class=wrap").include(sections).close();
    html.open("footer", "class=wrap")
        .paragraph(
            "Made from the audit table, and from the allow-list as it is now. Times are UTC.")
        .close();
    return html.close().close().document();
  }

  private static Html sections(ReportDocument report) {
    Html html = new Html();
    Names names = new Names(report);
    News news = News.of(report.period());
    new Summary(html, report, names).write();
    new Attention(html, new Findings(report, news), report.now().vending()).write();
    new TimelineSection(html, report.period()).write();
    new AccessSections(html, report.period(), names).write();
    new NewsSection(html, news, names).write();
    new RefusalSection(html, report.period(), names).write();
    new OpenSection(html, report.period().open(), names).write();
    new AllowListSections(html, report, names).write();
    new RecordSection(html, report.period(), names).write();
    return html;
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

  private static void header(Html html, ReportDocument report) {
    Period period = report.period().period();
    html.open("header").open("div", "class=wrap");
    html.element("p", "Vended credentials · audit report", "class=brand");
    html.element("h1", "Who had access to which client");
    html.open("p", "class=period");
    html.element("strong", Formats.time(period.since()));
    html.text(" to ").element("strong", Formats.time(period.until()));
    html.text(" (" + new Comparison(report.period()).length() + ")").close();
    html.open("p", "class=made").text("Made on " + Formats.time(report.madeAt()) + " for ");
    html.data(report.madeFor());
    html.text(
        " from every record of the period (%s)."
            .formatted(Formats.count(report.period().rows(), "record")));
    if (period.until().isAfter(report.madeAt())) {
      html.text(" The period is not over: its figures can still change.");
    }
    html.close().close().close();
  }
}
