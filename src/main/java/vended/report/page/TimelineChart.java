package vended.report.page;

import static vended.report.page.TimeScale.percent;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import vended.audit.Outcome;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.period.Marker;
import vended.report.period.PeriodFigures;
import vended.report.period.Timeline;
import vended.report.period.Timeline.Bucket;

/**
 * A row of bars for each outcome, each with its own scale: a few denials would be invisible beside
 * thousands of vends. Below them is a row for each kind of change. The labels are HTML, so that
 * they are as large as the other text on every screen.
 */
final class TimelineChart {
  /** How many times are written below the bars on a wide screen; every other one on a narrow. */
  private static final int TICKS = 6;

  private final Html html;
  private final Timeline timeline;
  private final EventLanes events;

  TimelineChart(Html html, PeriodFigures figures) {
    this.html = html;
    this.timeline = figures.timeline();
    this.events = new EventLanes(html, timeline, figures.markers());
  }

  /** {@code hour} or {@code day}. */
  static String step(Timeline timeline) {
    return timeline.unit() == ChronoUnit.HOURS ? "hour" : "day";
  }

  void write() {
    html.open("figure", "class=timeline");
    for (Outcome outcome : Outcome.values()) {
      bars(
          outcome.code(),
          Formats.sentence(outcome.code()),
          timeline.buckets().stream().mapToLong(bucket -> bucket.counts().of(outcome)).toArray());
    }
    events.write(this::bars);
    axis();
    html.element(
        "figcaption",
        "By the %s (UTC). Each row of bars has its own scale.%s"
            .formatted(
                step(timeline),
                events.hasStops() ? " The shaded time is while all vending was stopped." : ""));
    html.close();
  }

  /** Writes a row of bars; without any, the row is its name. */
  private void bars(String kind, String name, long[] counts) {
    long most = 0;
    long all = 0;
    for (long count : counts) {
      most = Math.max(most, count);
      all += count;
    }
    html.open("div", "class=lane " + kind).open("p", "class=lane-name").element("strong", name);
    html.text(" " + (all == 0 ? "none" : Formats.number(all)));
    if (all > 0) {
      String unit = step(timeline);
      html.element(
          "span", "at most %s in one %s".formatted(Formats.number(most), unit), "class=most");
      html.close();
      String label =
          "%s: %s in all, at most %s in one %s"
              .formatted(name, Formats.number(all), Formats.number(most), unit);
      html.open("svg", "role=img", "width=100%", "height=100%", "aria-label=" + label);
      events.shade();
      for (int i = 0; i < counts.length; i++) {
        bar(i, counts[i], most, name.toLowerCase(Locale.ROOT));
      }
    }
    html.close().close();
  }

  private void bar(int index, long count, long most, String what) {
    if (count == 0) {
      return;
    }
    int number = timeline.buckets().size();
    double width = 100.0 / number;
    // The smallest visible bar: something is not nothing.
    double height = Math.max(3, 100.0 * count / most);
    String start = Formats.bucket(timeline.buckets().get(index).start(), timeline.unit());
    html.open("g").element("title", "%s: %s %s".formatted(start, Formats.number(count), what));
    html.open(
        "rect",
        "class=bar",
        "x=" + percent(index * width + width * 0.08),
        "width=" + percent(width * 0.84),
        "y=" + percent(100 - height),
        "height=" + percent(height));
    html.close();
  }

  private void axis() {
    List<Bucket> buckets = timeline.buckets();
    int ticks = Math.min(TICKS, buckets.size());
    html.open("svg", "class=axis", "width=100%", "aria-hidden=true");
    for (int i = 0; i < ticks; i++) {
      int index = i * buckets.size() / ticks;
      html.element(
          "text",
          Formats.bucket(buckets.get(index).start(), timeline.unit()),
          "x=" + percent(100.0 * index / buckets.size()),
          "y=14",
          "class=" + (i % 2 == 0 ? "major" : "minor"));
    }
    html.close();
  }

  /** How many markers of a kind are in each bucket. */
  static long[] perBucket(Timeline timeline, List<Marker> markers) {
    long[] counts = new long[timeline.buckets().size()];
    TimeScale scale = TimeScale.of(timeline);
    for (Marker marker : markers) {
      int index = (int) (scale.place(marker.at()) / 100 * counts.length);
      counts[Math.min(index, counts.length - 1)]++;
    }
    return counts;
  }
}
