package vended.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.OutcomeFigures;
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
    row("Granted", "granted", OutcomeFigures::granted);
    row("Denied", "denied", OutcomeFigures::denied);
    row("Failed", "failed", OutcomeFigures::failed);
    axis();
    html.element(
        "figcaption",
        "How vends ended, by the %s (UTC). Each row has a scale of its own.%s%s"
            .formatted(
                unit(),
                isWhole() ? "" : " The period begins or ends within one.",
                coverage.isComplete()
                    ? ""
                    : " %s. The shaded time was not read."
                        .formatted(Formats.sentence(Formats.read(timeline)))));
    html.close();
    html.open("details").element("summary", "The same as a table");
    new HtmlTable<Bucket>("How vends ended, by the " + unit(), "plain")
        .data("From (UTC)", "time", bucket -> bucket.start().toString())
        .column("Granted", "number", (h, bucket) -> cell(h, bucket.outcomes().granted()))
        .column("Denied", "number", (h, bucket) -> cell(h, bucket.outcomes().denied()))
        .column("Failed", "number", (h, bucket) -> cell(h, bucket.outcomes().failed()))
        .write(html, timeline.buckets(), new Figure.Exact(0));
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

  private static void cell(Html html, Figure figure) {
    html.text(figure instanceof Figure.Unknown ? "not read" : Formats.figure(figure));
  }

  private void row(String name, String kind, Function<OutcomeFigures, Figure> figure) {
    List<Bucket> buckets = timeline.buckets();
    long most = buckets.stream().mapToLong(b -> figure.apply(b.outcomes()).read()).max().orElse(0);
    long all = buckets.stream().mapToLong(b -> figure.apply(b.outcomes()).read()).sum();
    html.open("div", "class", "lane " + kind);
    html.open("p", "class", "lane-name")
        .element("strong", name)
        .text(" " + Formats.figure(Figure.of(all, coverage.isComplete())))
        .element("span", highest(most), "class", "most")
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
        label(name, all, most));
    for (int i = 0; i < buckets.size(); i++) {
      bar(i, buckets.get(i), figure.apply(buckets.get(i).outcomes()), most, kind);
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
            .formatted(name, Formats.number(all), Formats.number(most), unit())
        : "%s: at least %s in all, %s in the %s with the highest bar; %s"
            .formatted(
                name, Formats.number(all), Formats.number(most), unit(), Formats.read(timeline));
  }

  private void bar(int place, Bucket bucket, Figure figure, long most, String kind) {
    int unread = unread(bucket);
    if (unread > 0) {
      rect(place * 10, 0, unread, HEIGHT, "unread");
    }
    long count = figure.read();
    if (count > 0) {
      // The least that can be seen: something is not nothing.
      int height = Math.max(3, Math.toIntExact(HEIGHT * count / most));
      html.open("g")
          .element(
              "title",
              "%s: %s %s"
                  .formatted(
                      Formats.bucket(bucket.start(), timeline.hourly()),
                      Formats.figure(figure),
                      kind));
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
    return Math.toIntExact(Math.clamp(10 * missing / timeline.step().toMillis(), 1, 10));
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

  private void axis() {
    List<Bucket> buckets = timeline.buckets();
    html.open("div", "class", "axis", "aria-hidden", "true");
    for (Bucket bucket :
        List.of(buckets.getFirst(), buckets.get(buckets.size() / 2), buckets.getLast())) {
      html.element("span", Formats.bucket(bucket.start(), timeline.hourly()));
    }
    html.close();
  }
}
