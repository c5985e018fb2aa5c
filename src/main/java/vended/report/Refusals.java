package vended.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was not granted.
 *
 * @param reasons how often which reason was on record, the most frequent first
 * @param top who was refused what most often
 * @param kinds how many different refusals there are in all
 */
public record Refusals(List<ReasonCount> reasons, List<RefusalCount> top, Figure kinds) {
  private static final int MOST = 25;

  /** Makes the lists immutable. */
  public Refusals {
    reasons = List.copyOf(reasons);
    top = List.copyOf(top);
  }

  /**
   * A reason.
   *
   * @param outcome denied or failed
   * @param reason the word of the record
   * @param count how often
   */
  public record ReasonCount(String outcome, String reason, Figure count) {}

  /**
   * What refusals have in common; a text that the record lacks is empty.
   *
   * @param outcome denied or failed
   * @param reason the word of the record
   * @param caller who
   * @param roleArn what for
   */
  public record RefusalKind(String outcome, String reason, String caller, String roleArn)
      implements Comparable<RefusalKind> {
    private static final Comparator<RefusalKind> ORDER =
        Comparator.comparing(RefusalKind::caller)
            .thenComparing(RefusalKind::roleArn)
            .thenComparing(RefusalKind::reason)
            .thenComparing(RefusalKind::outcome);

    @Override
    public int compareTo(RefusalKind other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * How often something was read, and when.
   *
   * @param count how often
   * @param first the time of the first one, as its record has it
   * @param last the time of the last one
   */
  public record Occurrences(long count, String first, String last) {
    /** With one more, that came before. */
    public Occurrences withEarlier(Occurrences other) {
      return new Occurrences(count + other.count, other.first, last);
    }
  }

  /**
   * Refusals that are alike.
   *
   * @param what what they have in common
   * @param count how often
   * @param first the time of the first one that was read; if the count is a lower bound, there may
   *     have been an earlier one
   * @param last the time of the last one
   */
  public record RefusalCount(RefusalKind what, Figure count, String first, String last) {}

  /**
   * The refusals that were read.
   *
   * @param exact whether all of the period was read
   */
  public static Refusals of(Map<RefusalKind, Occurrences> seen, boolean exact) {
    Map<RefusalKind, Long> reasons = new TreeMap<>();
    seen.forEach(
        (alike, s) ->
            reasons.merge(
                new RefusalKind(alike.outcome(), alike.reason(), "", ""), s.count(), Long::sum));
    return new Refusals(
        reasons.entrySet().stream()
            .sorted(Map.Entry.<RefusalKind, Long>comparingByValue().reversed())
            .map(r -> reasoned(r.getKey(), Figure.of(r.getValue(), exact)))
            .toList(),
        seen.entrySet().stream()
            .map(one -> refusal(one.getKey(), one.getValue(), exact))
            .sorted(
                Comparator.<RefusalCount>comparingLong(refusal -> refusal.count().read())
                    .reversed()
                    .thenComparing(RefusalCount::what))
            .limit(MOST)
            .toList(),
        Figure.of(seen.size(), exact));
  }

  private static ReasonCount reasoned(RefusalKind alike, Figure count) {
    return new ReasonCount(alike.outcome(), alike.reason(), count);
  }

  private static RefusalCount refusal(RefusalKind alike, Occurrences seen, boolean exact) {
    return new RefusalCount(alike, Figure.of(seen.count(), exact), seen.first(), seen.last());
  }
}
