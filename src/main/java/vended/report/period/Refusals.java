package vended.report.period;

import java.util.List;

/**
 * Vends that were not granted.
 *
 * @param reasons how often each reason is on record, the most frequent first
 * @param kinds what refusals have in common, the most frequent first. If there are more than a
 *     report can hold, the kinds that appear last in the order of reading are left out.
 * @param otherKinds how many refusals are of kinds that were left out
 */
public record Refusals(List<ReasonCount> reasons, List<Kind> kinds, long otherKinds) {
  public Refusals {
    reasons = List.copyOf(reasons);
    kinds = List.copyOf(kinds);
  }

  /**
   * How often a reason is on record.
   *
   * @param outcome denied or failed, as recorded
   * @param reason the recorded word
   */
  public record ReasonCount(String outcome, String reason, long count) {}

  /**
   * Refusals with the same outcome, reason, caller and role; empty where the record has none.
   *
   * @param first the time of the first one
   * @param last the time of the last one
   */
  public record Kind(
      String outcome,
      String reason,
      String caller,
      String roleArn,
      long count,
      String first,
      String last) {}
}
