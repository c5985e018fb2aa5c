package vended.report.page;

import java.util.List;
import java.util.Locale;
import vended.report.html.ArnParts;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.HtmlTable;
import vended.report.period.Marker;
import vended.report.period.Marker.Kind;

/** The events of the timeline as tables, the newest first. */
final class EventTables {
  private static final int MOST = 25;
  private static final int FEW = 5;
  private static final String ALL = "`vend audit --kind admin --all` shows every change";

  private final Html html;

  EventTables(Html html) {
    this.html = html;
  }

  void write(List<Marker> markers) {
    List<Marker> newest = markers.reversed();
    List<Marker> events = newest.stream().filter(one -> one.kind() != Kind.CHANGE).toList();
    list("Stops, suspensions, and roles no longer safe", events);
    List<Marker> changes = newest.stream().filter(one -> one.kind() == Kind.CHANGE).toList();
    list(
        events.isEmpty() ? "Changes of the allow-list" : "Other changes of the allow-list",
        changes);
  }

  /** Writes a table, which has to be opened if it is long. */
  private void list(String name, List<Marker> markers) {
    if (markers.size() > FEW) {
      html.open("details");
      html.element("summary", name + ": " + Formats.number(markers.size()));
      table(name, markers);
      html.close();
    } else if (!markers.isEmpty()) {
      table(name, markers);
    }
  }

  private void table(String caption, List<Marker> markers) {
    List<Marker> shown = markers.subList(0, Math.min(MOST, markers.size()));
    new HtmlTable<Marker>(caption)
        .time("Time (UTC)", Marker::at)
        .column("What", "text", (h, marker) -> h.text(verb(marker)))
        .column("Of", "text", EventTables::target)
        .arn("By", Marker::by)
        .data("Record", "id", Marker::vendId)
        .elsewhere(ALL)
        .write(html, shown, markers.size() - shown.size());
  }

  private static void target(Html html, Marker marker) {
    if (marker.clientName() != null) {
      HtmlTable.named(html, marker.clientName(), marker.target());
    } else {
      HtmlTable.arn(html, marker.target());
    }
  }

  /** What happened, in a few words. */
  static String words(Marker marker) {
    String target =
        marker.clientName() == null ? ArnParts.nameOf(marker.target()) : marker.clientName();
    return marker.target().equals("vending")
        ? verb(marker)
        : verb(marker) + ": " + Formats.cut(target, 60);
  }

  private static String verb(Marker marker) {
    return switch (marker.kind()) {
      case STOP -> "All vending stopped";
      case RESUME -> "Vending resumed";
      case SUSPEND -> isByClient(marker) ? "Suspended by the client itself" : "Client suspended";
      case UNSUSPEND ->
          isByClient(marker) ? "The client's own suspension lifted" : "Suspension lifted";
      case DRIFT -> "Role no longer safe";
      case CHANGE -> change(marker.action());
    };
  }

  private static boolean isByClient(Marker marker) {
    return marker.action().equals("mine/suspend");
  }

  private static String change(String action) {
    return switch (action) {
      case "grants/put" -> "Grant put";
      case "grants/remove" -> "Grant removed";
      case "clients/put" -> "Client put";
      case "clients/activate" -> "Role verified";
      case "clients/rotate" -> "ExternalId rotated";
      case "clients/remove" -> "Client removed";
      case "clients/suspend" -> "Client suspended or resumed";
      case "schedule/activate" -> "New role verified by the schedule";
      case "schedule/ready" -> "New role found safe by the schedule";
      case "schedule/settle" -> "Role probed by the schedule";
      default -> action.isEmpty() ? "–" : Formats.cut(action, 60).toLowerCase(Locale.ROOT);
    };
  }
}
