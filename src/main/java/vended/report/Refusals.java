package vended.report;

import java.util.Comparator;
import java.util.List;

/**
 * Vends that were not granted.
 *
 * @param reasons how often each reason is on record, the most frequent first
 * @param top the most frequent kinds of refusal
 * @param kinds how many kinds of refusal there are
 */
public record Refusals(List<ReasonCount> reasons, List<RefusalCount> top, Figure kinds) {
  public Refusals {
    reasons = List.copyOf(reasons);
    top = List.copyOf(top);
  }

  /**
   * How often a reason is on record.
   *
   * @param outcome denied or failed, as recorded
   * @param reason the recorded word
   */
  public record ReasonCount(String outcome, String reason, Figure count) {}

  /**
   * The outcome, reason, caller and role that refusals of one kind share; empty where the record
   * has none.
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
   * How often a kind of refusal is on record.
   *
   * @param first the time of the first one read; if the count is a lower bound, there can be an
   *     earlier one
   * @param last the time of the last one
   */
  public record RefusalCount(RefusalKind kind, Figure count, String first, String last) {}
}
