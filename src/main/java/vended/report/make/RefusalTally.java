package vended.report.make;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import vended.report.Figure;
import vended.report.Refusals;
import vended.report.Refusals.ReasonCount;
import vended.report.Refusals.RefusalCount;
import vended.report.Refusals.RefusalKind;
import vended.report.Shortened;

/** Counts the kinds of refusal. */
final class RefusalTally {
  private static final int MOST = 25;

  private static final Comparator<RefusalKind> ORDER =
      Comparator.comparing(RefusalKind::caller)
          .thenComparing(RefusalKind::roleArn)
          .thenComparing(RefusalKind::reason)
          .thenComparing(RefusalKind::outcome);

  private final Map<RefusalKind, Occurrences> kinds = new HashMap<>();

  private record Occurrences(long count, String first, String last) {
    Occurrences plusEarlier(Occurrences other) {
      return new Occurrences(count + other.count, other.first, last);
    }
  }

  /** Adds a refusal; the newest comes first. */
  void add(RefusalKind kind, String at) {
    kinds.merge(kind, new Occurrences(1, at, at), Occurrences::plusEarlier);
  }

  /** The figures: exact if the whole period was read. */
  Refusals figures(boolean exact) {
    Map<RefusalKind, Long> reasons = new TreeMap<>(ORDER);
    kinds.forEach(
        (kind, found) ->
            reasons.merge(
                new RefusalKind(kind.outcome(), kind.reason(), "", ""), found.count(), Long::sum));
    return new Refusals(
        reasons.entrySet().stream()
            .sorted(Map.Entry.<RefusalKind, Long>comparingByValue().reversed())
            .map(one -> reason(one.getKey(), Figure.of(one.getValue(), exact)))
            .toList(),
        Shortened.of(
            kinds.entrySet().stream()
                .map(one -> refusal(one.getKey(), one.getValue(), exact))
                .sorted(
                    Comparator.<RefusalCount>comparingLong(refusal -> -refusal.count().read())
                        .thenComparing(RefusalCount::kind, ORDER))
                .toList(),
            MOST,
            exact));
  }

  private static ReasonCount reason(RefusalKind kind, Figure count) {
    return new ReasonCount(kind.outcome(), kind.reason(), count);
  }

  private static RefusalCount refusal(RefusalKind kind, Occurrences found, boolean exact) {
    return new RefusalCount(kind, Figure.of(found.count(), exact), found.first(), found.last());
  }
}
