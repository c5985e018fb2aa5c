package vended.report;

import java.util.List;

/**
 * Vends that were not granted.
 *
 * @param reasons how often each reason is on record, the most frequent first
 * @param top the most frequent kinds of refusal
 */
public record Refusals(List<ReasonCount> reasons, Shortened<RefusalCount> top) {
  public Refusals {
    reasons = List.copyOf(reasons);
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
  public record RefusalKind(String outcome, String reason, String caller, String roleArn) {}

  /**
   * How often a kind of refusal is on record.
   *
   * @param first the time of the first one read; if the count is a lower bound, there can be an
   *     earlier one
   * @param last the time of the last one
   */
  public record RefusalCount(RefusalKind kind, Figure count, String first, String last) {}
}
