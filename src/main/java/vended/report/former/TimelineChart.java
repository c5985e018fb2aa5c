package vended.report.former;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vended.audit.Outcome;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.Timeline;
import vended.report.Timeline.Bucket;

/**
 * A row of bars for each outcome, each with its own scale: a few denials would be invisible beside
 * thousands of vends. The labels are HTML, so that they are as large as the other text on every
 * screen.
 */
final class TimelineChart {
  private static final int HEIGHT = 100;

  private final Html html;
  private final Timeline timeline;
  private final Coverage coverage;

  TimelineChart(Html html, Timeline timeline, Coverage coverage) {
    this.html = html;
    this.timeline = timeline;
    this.coverage = coverage;
  }

  void write() {
    html.open("figure", "class=timeline");
    for (Outcome outcome : Outcome.values()) {
      lane(outcome);
    }
    axis();
    html.element(
        "figcaption",
        "Outcomes of vends by the %s (UTC). Each row has its own scale.%s%s"
            .formatted(
                timeline.step(),
                isWhole() ? "" : " The period begins or ends within one.",
                coverage.isComplete()
                    ? ""
                    : " %s. The shaded time was not read."
                        .formatted(Formats.sentence(Formats.read(timeline)))));
    html.close();
    table();
  }

  private void table() {
    html.open("details").element("summary", "The same as a table");
    HtmlTable<Bucket> table =
        new HtmlTable<Bucket>("Outcomes of vends by the " + timeline.step())
            .data("From (UTC)", "time", bucket -> bucket.start().toString());
    for (Outcome outcome : Outcome.values()) {
      table.column(
          Formats.sentence(outcome.code()),
          "number",
          (h, bucket) -> cell(h, bucket.outcomes().of(outcome)));
    }
    table.write(html, timeline.buckets(), new Figure.Exact(0));
    html.close();
  }

  private boolean isWhole() {
    Instant since = coverage.period().since();
    Instant until = coverage.period().until();
    return since.truncatedTo(timeline.unit()).equals(since)
        && until.truncatedTo(timeline.unit()).equals(until);
  }

  private static void cell(Html html, Figure figure) {
    html.text(figure instanceof Figure.Unknown ? "not read" : Formats.figure(figure));
  }

  private void lane(Outcome outcome) {
    List<Figure> bars =
        timeline.buckets().stream().map(bucket -> bucket.outcomes().of(outcome)).toList();
    long most = bars.stream().mapToLong(Figure::read).max().orElse(0);
    long all = bars.stream().mapToLong(Figure::read).sum();
    String name = Formats.sentence(outcome.code());
    html.open("div", "class=lane " + outcome.code())
        .open("p", "class=lane-name")
        .element("strong", name)
        .text(" " + Formats.figure(Figure.of(all, coverage.isComplete())))
        .element("span", highest(most), "class=most")
        .close();
    html.open(
        "svg",
        "viewBox=0 0 %d %d".formatted(bars.size() * 10, HEIGHT),
        "preserveAspectRatio=none",
        "role=img",
        "aria-label=" + label(name, all, most));
    for (int i = 0; i < bars.size(); i++) {
      bar(i, timeline.buckets().get(i), bars.get(i), most, outcome.code());
    }
    html.close().close();
  }

  /** What the highest bar stands for. */
  private String highest(long most) {
    if (coverage.isComplete()) {
      return most == 0 ? "none" : "at most " + Formats.number(most);
    }
    return most == 0 ? "none in the time that was read" : "highest bar: " + Formats.number(most);
  }

  private String label(String name, long all, long most) {
    return coverage.isComplete()
        ? "%s: %s in all, at most %s in one %s"
            .formatted(name, Formats.number(all), Formats.number(most), timeline.step())
        : "%s: at least %s in all, %s in the %s with the highest bar; %s"
            .formatted(
                name,
                Formats.number(all),
                Formats.number(most),
                timeline.step(),
                Formats.read(timeline));
  }

  private void bar(int place, Bucket bucket, Figure figure, long most, String kind) {
    int unread = unread(bucket);
    if (unread > 0) {
      rect(place * 10, 0, unread, HEIGHT, "unread");
    }
    long count = figure.read();
    if (count > 0) {
      // The smallest visible bar: something is not nothing.
      int height = Math.max(3, Math.toIntExact(HEIGHT * count / most));
      String start = Formats.bucket(bucket.start(), timeline.unit());
      html.open("g").element("title", "%s: %s %s".formatted(start, Formats.figure(figure), kind));
      rect(place * 10 + 1, HEIGHT - height, 8, height, "bar");
      html.close();
    }
  }

  /** How much of a bucket was not read, in tenths; at least one if any of it was not. */
  private int unread(Bucket bucket) {
    if (bucket.isRead()) {
      return 0;
    }
    long missing = Duration.between(bucket.start(), coverage.completeSince()).toMillis();
    return Math.toIntExact(
        Math.clamp(10 * missing / timeline.unit().getDuration().toMillis(), 1, 10));
  }

  private void rect(int x, int y, int width, int height, String kind) {
    html.open("rect", "x=" + x, "y=" + y, "width=" + width, "height=" + height, "class=" + kind);
  }

  private void axis() {
    List<Bucket> buckets = timeline.buckets();
    html.open("div", "class=axis", "aria-hidden=true");
    for (Bucket bucket :
        List.of(buckets.getFirst(), buckets.get(buckets.size() / 2), buckets.getLast())) {
      html.element("span", Formats.bucket(bucket.start(), timeline.unit()));
    }
    html.close();
  }
}
