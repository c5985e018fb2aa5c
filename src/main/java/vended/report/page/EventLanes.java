package vended.report.page;

import static vended.report.page.TimeScale.percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.period.Marker;
import vended.report.period.Marker.Kind;
import vended.report.period.Timeline;

/**
 * A row for each kind of event, at its exact time: hundreds of them in one place become a dense
 * strip, which still says what it is. Events differ in shape, not only in colour.
 */
final class EventLanes {
  private static final String DIAMOND = "M0-6L6 0L0 6L-6 0Z";
  private static final String TRIANGLE = "M0-6L6 5L-6 5Z";

  private final Html html;
  private final Timeline timeline;
  private final TimeScale scale;
  private final List<Marker> markers;
  private final List<Stop> stops;

  /** How a row of bars is drawn. */
  interface Bars {
    void write(String kind, String name, long[] counts);
  }

  /** A time without vending, in percent of the timeline. */
  private record Stop(double from, double to, String words) {}

  EventLanes(Html html, Timeline timeline, List<Marker> markers) {
    this.html = html;
    this.timeline = timeline;
    this.scale = TimeScale.of(timeline);
    this.markers = markers;
    this.stops = stops();
  }

  boolean hasStops() {
    return !stops.isEmpty();
  }

  void write(Bars bars) {
    if (!stops.isEmpty()) {
      stopLane();
    }
    lane("Suspensions", Kind.SUSPEND, Kind.UNSUSPEND);
    lane("Roles no longer safe", Kind.DRIFT, Kind.DRIFT);
    List<Marker> changes = of(Kind.CHANGE);
    if (!changes.isEmpty()) {
      bars.write("changes", "Other changes", TimelineChart.perBucket(timeline, changes));
    }
  }

  /** Shades the times without vending behind the bars. */
  void shade() {
    for (Stop stop : stops) {
      html.open(
          "rect",
          "class=stopped",
          "x=" + percent(stop.from()),
          "width=" + percent(stop.to() - stop.from()),
          "y=0",
          "height=100%");
    }
  }

  /** A resumption without a stop before it ends one that is older than the period. */
  private List<Stop> stops() {
    List<Stop> found = new ArrayList<>();
    Marker since = null;
    for (Marker marker : markers) {
      if (marker.kind() == Kind.STOP && since == null) {
        since = marker;
      } else if (marker.kind() == Kind.RESUME && (since != null || found.isEmpty())) {
        found.add(stop(since, marker));
        since = null;
      }
    }
    if (since != null) {
      found.add(stop(since, null));
    }
    return found;
  }

  private Stop stop(@Nullable Marker from, @Nullable Marker to) {
    return new Stop(
        from == null ? 0 : scale.place(from.at()),
        to == null ? 100 : scale.place(to.at()),
        "Stopped %s until %s"
            .formatted(
                from == null ? "before this period" : Formats.minute(from.at()),
                to == null ? "after this period" : Formats.minute(to.at())));
  }

  private void stopLane() {
    html.open("div", "class=lane events stop").open("p", "class=lane-name");
    html.element("strong", "Vending stopped").text(" " + times(stops.size())).close();
    String label = "Vending stopped " + times(stops.size());
    html.open("svg", "role=img", "width=100%", "aria-label=" + label);
    for (Stop stop : stops) {
      html.open("g").element("title", stop.words());
      html.open(
          "rect",
          "class=halt",
          "x=" + percent(stop.from()),
          "width=" + percent(Math.max(0.3, stop.to() - stop.from())),
          "y=4",
          "height=12");
      html.close();
    }
    html.close().close();
  }

  private static String times(int count) {
    return count == 1 ? "once" : Formats.number(count) + " times";
  }

  private void lane(String name, Kind begin, Kind end) {
    List<Marker> found =
        markers.stream().filter(one -> one.kind() == begin || one.kind() == end).toList();
    if (found.isEmpty()) {
      return;
    }
    long begun = found.stream().filter(one -> one.kind() == begin).count();
    String many = Formats.number(begun);
    html.open("div", "class=lane events").open("p", "class=lane-name").element("strong", name);
    html.text(" " + many);
    if (begin != end) {
      String lifted = Formats.number(found.size() - begun) + " lifted (hollow)";
      html.element("span", lifted, "class=most");
    }
    html.close();
    html.open("svg", "role=img", "width=100%", "aria-label=" + name + ": " + many);
    found.forEach(this::mark);
    html.close().close();
  }

  private void mark(Marker marker) {
    String kind = marker.kind().name().toLowerCase(Locale.ROOT);
    html.open("svg", "class=mark " + kind, "x=" + percent(scale.place(marker.at())), "y=10");
    html.element("title", Formats.minute(marker.at()) + ": " + EventTables.words(marker));
    html.open("path", "d=" + (marker.kind() == Kind.DRIFT ? TRIANGLE : DIAMOND));
    html.close();
  }

  private List<Marker> of(Kind kind) {
    return markers.stream().filter(marker -> marker.kind() == kind).toList();
  }
}
