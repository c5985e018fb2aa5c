package vended.report.make;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.report.CallerRoleLinks;
import vended.report.CallerRoleLinks.Link;
import vended.report.Figure;
import vended.report.OutcomeFigures;
import vended.report.Shortened;

/** Counts the vends of each caller and client role. */
final class LinkTally {
  private static final int MOST = 20;

  private final Map<CallerRole, OutcomeCounts> counts = new HashMap<>();
  private final Map<CallerRole, Instant> lastGranted = new HashMap<>();

  record CallerRole(String caller, String roleArn) {}

  /** Adds a vend; the newest comes first. */
  void add(CallerRole link, OutcomeCounts one, @Nullable Instant at) {
    counts.merge(link, one, OutcomeCounts::plus);
    if (one.granted() > 0 && at != null) {
      lastGranted.putIfAbsent(link, at);
    }
  }

  Map<CallerRole, Instant> lastGranted() {
    return lastGranted;
  }

  /** The links with a granted vend. */
  List<CallerRole> granted() {
    return counts.keySet().stream().filter(link -> count(link).granted() > 0).toList();
  }

  private OutcomeCounts count(CallerRole link) {
    return counts.getOrDefault(link, OutcomeCounts.NONE);
  }

  /** The figures: exact if the whole period was read. */
  CallerRoleLinks figures(boolean exact) {
    List<CallerRole> links =
        granted().stream()
            .sorted(
                Comparator.<CallerRole>comparingLong(link -> -count(link).granted())
                    .thenComparing(CallerRole::caller)
                    .thenComparing(CallerRole::roleArn))
            .toList();
    OutcomeFigures ofOthers =
        links.stream()
            .skip(MOST)
            .map(this::count)
            .reduce(OutcomeCounts.NONE, OutcomeCounts::plus)
            .figures(exact);
    return new CallerRoleLinks(
        Shortened.of(
            links.stream()
                .map(link -> new Link(link.caller(), link.roleArn(), count(link).figures(exact)))
                .toList(),
            MOST,
            exact),
        exact
            ? ofOthers
            : new OutcomeFigures(ofOthers.granted(), new Figure.Unknown(), new Figure.Unknown()));
  }
}
