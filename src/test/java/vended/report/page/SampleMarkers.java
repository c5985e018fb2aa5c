package vended.report.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import vended.report.period.Marker;
import vended.report.period.Marker.Kind;

/** Made-up changes of the allow-list. */
final class SampleMarkers {
  private static final String ADMIN = "arn:aws:iam::111122223333:role/Administrator";

  private SampleMarkers() {}

  static List<Marker> of(int number, Instant since, int days, Random random) {
    List<Marker> markers = new ArrayList<>();
    long whole = days * 86_400L;
    for (int i = 0; i < number; i++) {
      Instant at = since.plusSeconds((long) (random.nextDouble() * whole));
      int client = random.nextInt(50);
      if (i == 10) {
        markers.add(marker(at, Kind.STOP, "clients/suspend", "vending", -1, i));
        Instant end = at.plusSeconds(Math.min(40_000, whole / 20));
        markers.add(marker(end, Kind.RESUME, "clients/suspend", "vending", -1, i + 9000));
      } else if (i % 9 == 8) {
        Kind kind = i % 2 == 0 ? Kind.SUSPEND : Kind.UNSUSPEND;
        markers.add(marker(at, kind, "clients/suspend", SampleNames.account(client), client, i));
      } else if (i % 25 == 24) {
        markers.add(
            marker(at, Kind.DRIFT, "schedule/settle", SampleNames.account(client), client, i));
      } else {
        markers.add(marker(at, Kind.CHANGE, "grants/put", SampleNames.caller(client % 10), -1, i));
      }
    }
    markers.sort(Comparator.comparing(Marker::at));
    return markers;
  }

  private static Marker marker(
      Instant at, Kind kind, String action, String target, int client, int number) {
    return new Marker(
        at.toString(),
        kind,
        action,
        target,
        client < 0 ? null : SampleNames.client(client),
        ADMIN,
        "01K6R%021d".formatted(number));
  }
}
