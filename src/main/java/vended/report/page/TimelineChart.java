package vended.report.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import vended.report.Coverage;
import vended.report.Ends;
import vended.report.Timeline;
import vended.report.Timeline.Bucket;

/**
 * Three rows of bars, each with a scale of its own: a few denials would not be seen beside
 * thousands of vends. The labels are HTML, so that they are as large as the rest on every screen.
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
    html.open("figure", "class", "timeline");
    row("Granted", "granted", Ends::granted);
    row("Denied", "denied", Ends::denied);
    row("Failed", "failed", Ends::failed);
    axis();
    html.element(
        "figcaption",
        "How vends ended, by the %s (UTC). Each row has a scale of its own.%s%s"
            .formatted(
                unit(),
                isWhole() ? "" : " The period begins or ends within one.",
                coverage.isComplete() ? "" : " The shaded time was not read."));
    html.close();
    html.open("details").element("summary", "The same as a table");
    new Table<Bucket>("How vends ended, by the " + unit(), "plain")
        .data("From (UTC)", "time", bucket -> bucket.start().toString())
        .number("Granted", bucket -> bucket.ends().granted())
        .number("Denied", bucket -> bucket.ends().denied())
        .number("Failed", bucket -> bucket.ends().failed())
        .write(html, timeline.buckets(), 0);
    html.close();
  }

  private String unit() {
    return timeline.hourly() ? "hour" : "day";
  }

  private boolean isWhole() {
    ChronoUnit unit = timeline.hourly() ? ChronoUnit.HOURS : ChronoUnit.DAYS;
    Instant since = coverage.period().since();
    Instant until = coverage.period().until();
    return since.truncatedTo(unit).equals(since) && until.truncatedTo(unit).equals(until);
  }

  private void row(String name, String kind, ToLongFunction<Ends> count) {
    List<Bucket> buckets = timeline.buckets();
    long most = buckets.stream().mapToLong(b -> count.applyAsLong(b.ends())).max().orElse(0);
    long all = buckets.stream().mapToLong(b -> count.applyAsLong(b.ends())).sum();
    html.open("div", "class", "lane " + kind);
    html.open("p", "class", "lane-name")
        .element("strong", name)
        .text(" " + Words.number(all))
        .element("span", most == 0 ? "none" : "at most " + Words.number(most), "class", "most")
        .close();
    html.open(
        "svg",
        "viewBox",
        "0 0 %d %d".formatted(buckets.size() * 10, HEIGHT),
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        "%s: %s in all, at most %s in one %s"
            .formatted(name, Words.number(all), Words.number(most), unit()));
    for (int i = 0; i < buckets.size(); i++) {
      bar(i, buckets.get(i), count.applyAsLong(buckets.get(i).ends()), most, kind);
    }
    html.close().close();
  }

  private void bar(int place, Bucket bucket, long count, long most, String kind) {
    if (isUnread(bucket.start())) {
      rect(place * 10, 0, 10, HEIGHT, "unread");
    }
    if (count > 0) {
      // The least that can be seen: something is not nothing.
      int height = Math.max(3, Math.toIntExact(HEIGHT * count / most));
      html.open("g")
          .element(
              "title",
              "%s: %s %s"
                  .formatted(
                      Words.bucket(bucket.start(), timeline.hourly()), Words.number(count), kind));
      rect(place * 10 + 1, HEIGHT - height, 8, height, "bar");
      html.close();
    }
  }

  private void rect(int x, int y, int width, int height, String kind) {
    html.open(
        "rect",
        "x",
        Integer.toString(x),
        "y",
        Integer.toString(y),
        "width",
        Integer.toString(width),
        "height",
        Integer.toString(height),
        "class",
        kind);
  }

  private boolean isUnread(Instant start) {
    return !coverage.isComplete() && !start.plus(timeline.step()).isAfter(coverage.completeSince());
  }

  private void axis() {
    List<Bucket> buckets = timeline.buckets();
    html.open("div", "class", "axis", "aria-hidden", "true");
    for (Bucket bucket :
        List.of(buckets.getFirst(), buckets.get(buckets.size() / 2), buckets.getLast())) {
      html.element("span", Words.bucket(bucket.start(), timeline.hourly()));
    }
    html.close();
  }
}
