package vended.report.make;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vended.audit.query.AuditRow;
import vended.report.period.Refusals;
import vended.report.period.Refusals.Kind;
import vended.report.period.Refusals.ReasonCount;

/** Counts refusals by reason and by kind. Callers can invent kinds, so not all are kept. */
final class Refused {
  private static final int MOST_KINDS = 2_000;
  private static final int MOST_CHARACTERS = 600_000;

  /** Reasons are words of the service; more would be a mistake. */
  private static final int MOST_REASONS = 500;

  private final Map<Reason, Long> reasons = new LinkedHashMap<>();
  private final Map<Key, Seen> kinds = new LinkedHashMap<>();
  private long otherKinds;
  private int characters;

  private record Reason(String outcome, String word) {}

  private record Key(String outcome, String reason, String caller, String roleArn) {
    int length() {
      return outcome.length() + reason.length() + caller.length() + roleArn.length();
    }
  }

  private record Seen(long count, String first, String last) {
    Seen plus(Seen other) {
      return new Seen(
          count + other.count,
          first.compareTo(other.first) < 0 ? first : other.first,
          last.compareTo(other.last) > 0 ? last : other.last);
    }
  }

  void add(AuditRow row) {
    Key key =
        new Key(
            PeriodSum.text(row, "outcome"),
            PeriodSum.text(row, "reason"),
            PeriodSum.text(row, "caller"),
            PeriodSum.text(row, "roleArn"));
    Reason reason = new Reason(key.outcome(), key.reason());
    if (reasons.size() >= MOST_REASONS && !reasons.containsKey(reason)) {
      reason = new Reason(key.outcome(), "");
    }
    reasons.merge(reason, 1L, Long::sum);
    if (!kinds.containsKey(key)) {
      if (kinds.size() >= MOST_KINDS || characters + key.length() > MOST_CHARACTERS) {
        otherKinds++;
        return;
      }
      characters += key.length();
    }
    kinds.merge(key, new Seen(1, row.at(), row.at()), Seen::plus);
  }

  Refusals figures() {
    return new Refusals(
        reasons.entrySet().stream()
            .map(e -> new ReasonCount(e.getKey().outcome(), e.getKey().word(), e.getValue()))
            .sorted(
                Comparator.comparingLong((ReasonCount reason) -> -reason.count())
                    .thenComparing(ReasonCount::outcome)
                    .thenComparing(ReasonCount::reason))
            .toList(),
        kinds.entrySet().stream()
            .map(e -> kind(e.getKey(), e.getValue()))
            .sorted(
                Comparator.comparingLong((Kind kind) -> -kind.count())
                    .thenComparing(Kind::caller)
                    .thenComparing(Kind::roleArn)
                    .thenComparing(Kind::reason)
                    .thenComparing(Kind::outcome))
            .toList(),
        otherKinds);
  }

  private static Kind kind(Key key, Seen seen) {
    return new Kind(
        key.outcome(),
        key.reason(),
        key.caller(),
        key.roleArn(),
        seen.count(),
        seen.first(),
        seen.last());
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put(
        "reasons",
        reasons.entrySet().stream()
            .map(e -> List.of(e.getKey().outcome(), e.getKey().word(), e.getValue()))
            .toList());
    saved.put(
        "kinds",
        kinds.entrySet().stream()
            .map(
                e ->
                    List.of(
                        e.getKey().outcome(),
                        e.getKey().reason(),
                        e.getKey().caller(),
                        e.getKey().roleArn(),
                        e.getValue().count(),
                        e.getValue().first(),
                        e.getValue().last()))
            .toList());
    saved.put("otherKinds", otherKinds);
    return saved;
  }

  static Refused read(Map<?, ?> saved) {
    Refused refused = new Refused();
    for (Cells row : Cells.rows(saved, "reasons", 2 * MOST_REASONS)) {
      refused.reasons.put(new Reason(row.text(0), row.text(1)), row.count(2));
    }
    for (Cells row : Cells.rows(saved, "kinds", MOST_KINDS)) {
      Key key = new Key(row.text(0), row.text(1), row.text(2), row.text(3));
      refused.kinds.put(key, new Seen(row.count(4), row.text(5), row.text(6)));
      refused.characters += key.length();
    }
    refused.otherKinds = Cells.count(saved, "otherKinds");
    return refused;
  }
}
