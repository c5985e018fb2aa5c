package vended.report.page;

import vended.audit.Outcome;
import vended.report.digest.Detail;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.HtmlTable;
import vended.report.period.PeriodFigures;
import vended.report.period.Timeline;
import vended.report.period.Timeline.Bucket;

/** When it happened: a chart, and the same as tables. Left out if there is nothing to draw. */
final class TimelineSection {
  private final Html html;
  private final PeriodFigures figures;

  TimelineSection(Html html, PeriodFigures figures) {
    this.html = html;
    this.figures = figures;
  }

  void write() {
    boolean drawn = Detail.of(figures) == Detail.FULL;
    if (!drawn && figures.markers().isEmpty()) {
      return;
    }
    html.section("timeline", drawn ? "Timeline" : "What changed");
    if (drawn) {
      new TimelineChart(html, figures).write();
      table(figures.timeline());
    }
    new EventTables(html).write(figures.markers());
    html.close();
  }

  private void table(Timeline timeline) {
    String step = TimelineChart.step(timeline);
    html.open("details").element("summary", "The bars as a table");
    HtmlTable<Bucket> table =
        new HtmlTable<Bucket>("Outcomes of vends by the " + step)
            .data("From (UTC)", "time", bucket -> Formats.bucket(bucket.start(), timeline.unit()));
    for (Outcome outcome : Outcome.values()) {
      table.number(Formats.sentence(outcome.code()), bucket -> bucket.counts().of(outcome));
    }
    table.write(html, timeline.buckets());
    html.close();
  }
}
