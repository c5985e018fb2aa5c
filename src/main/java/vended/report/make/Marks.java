package vended.report.make;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vended.audit.query.AuditRow;
import vended.json.JsonObject;
import vended.report.period.Marker;

/** The changes of the allow-list that were made. */
final class Marks {
  /** The most stops, suspensions and drifts, and the most of all others. */
  private static final int MOST = 1_000;

  private final List<Marker> special = new ArrayList<>();
  private final List<Marker> changes = new ArrayList<>();

  /** Adds a change that was made. */
  void add(AuditRow row) {
    Marker marker =
        new Marker(
            row.at(),
            kind(row),
            PeriodSum.text(row, "action"),
            PeriodSum.text(row, "target"),
            row.text("clientName"),
            PeriodSum.text(row, "caller"),
            row.vendId());
    List<Marker> list = marker.kind() == Marker.Kind.CHANGE ? changes : special;
    if (list.size() < MOST) {
      list.add(marker);
    }
  }

  private static Marker.Kind kind(AuditRow row) {
    String action = PeriodSum.text(row, "action");
    String after = PeriodSum.text(row, "after");
    if (action.equals("mine/suspend")) {
      return isTrue(after, "suspended") ? Marker.Kind.SUSPEND : Marker.Kind.UNSUSPEND;
    }
    if (action.equals("clients/suspend")) {
      boolean all = "vending".equals(row.text("target"));
      boolean on = isTrue(after, all ? "stopped" : "suspended");
      return all
          ? (on ? Marker.Kind.STOP : Marker.Kind.RESUME)
          : (on ? Marker.Kind.SUSPEND : Marker.Kind.UNSUSPEND);
    }
    // The text of the one role that the change is about.
    boolean drifted =
        (action.equals("clients/activate") || action.equals("schedule/settle"))
            && JsonObject.read(after) instanceof JsonObject.Read(JsonObject client)
            && client.members().get("roles") instanceof Map<?, ?> roles
            && roles.get(row.text("roleArn")) instanceof String role
            && role.startsWith("drifted");
    return drifted ? Marker.Kind.DRIFT : Marker.Kind.CHANGE;
  }

  private static boolean isTrue(String after, String member) {
    return JsonObject.read(after) instanceof JsonObject.Read(JsonObject object)
        && Boolean.TRUE.equals(object.members().get(member));
  }

  /** The oldest first. */
  List<Marker> all() {
    List<Marker> all = new ArrayList<>(special);
    all.addAll(changes);
    all.sort(Comparator.comparing(Marker::at).thenComparing(Marker::vendId));
    return all;
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("special", special.stream().map(Marks::row).toList());
    saved.put("changes", changes.stream().map(Marks::row).toList());
    return saved;
  }

  private static List<Object> row(Marker marker) {
    String name = marker.clientName();
    return List.of(
        marker.at(),
        marker.kind().name(),
        marker.action(),
        marker.target(),
        name == null ? "" : name,
        marker.by(),
        marker.vendId());
  }

  static Marks read(Map<?, ?> saved) {
    Marks marks = new Marks();
    Cells.rows(saved, "special", MOST).forEach(row -> marks.special.add(marker(row)));
    Cells.rows(saved, "changes", MOST).forEach(row -> marks.changes.add(marker(row)));
    return marks;
  }

  private static Marker marker(Cells row) {
    Marker.Kind kind =
        Arrays.stream(Marker.Kind.values())
            .filter(one -> one.name().equals(row.text(1)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("not a kind"));
    String name = row.text(4);
    return new Marker(
        row.text(0),
        kind,
        row.text(2),
        row.text(3),
        name.isEmpty() ? null : name,
        row.text(5),
        row.text(6));
  }
}
