package vended.api.audit;

import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import vended.api.Fields;
import vended.audit.query.AuditFilter.KindFilter;

/**
 * Refuses questions that no record can answer: an empty result would look like "it never happened".
 */
final class AuditChecks {
  private final Fields fields;
  private final KindFilter kind;
  private final @Nullable String outcome;

  private AuditChecks(Fields fields, @Nullable KindFilter kind, @Nullable String outcome) {
    this.fields = fields;
    this.kind = kind == null ? KindFilter.ALL : kind;
    this.outcome = outcome;
  }

  /**
   * Adds an error for each part that can't be combined with the others.
   *
   * @param kind the requested kind; null if none was requested
   * @param selection the valid parts of the question, by name
   */
  static void check(
      Fields fields,
      @Nullable KindFilter kind,
      @Nullable String outcome,
      Map<String, String> selection) {
    AuditChecks checks = new AuditChecks(fields, kind, outcome);
    checks.checkOutcome();
    String reason = selection.get("reason");
    if (reason != null) {
      checks.checkReason(reason);
    }
    if (selection.containsKey("accessKeyId")) {
      checks.checkAccessKey(reason);
    }
  }

  private void checkOutcome() {
    SortedSet<String> possible = AuditReasons.outcomes(kind);
    if (outcome != null && !possible.contains(outcome)) {
      fields.error(
          "outcome",
          possible.isEmpty()
              ? "must be left out: records of kind %s have none".formatted(kind.code())
              : "must be one of %s for records of kind %s"
                  .formatted(String.join(", ", possible), kind.code()));
    }
  }

  private void checkReason(String reason) {
    SortedSet<String> possible = AuditReasons.reasons(kind, outcome);
    if (outcome != null && !AuditReasons.hasReason(outcome)) {
      fields.error("reason", "goes with the outcome denied or failed only");
    } else if (!possible.contains(reason)) {
      fields.error(
          "reason",
          possible.isEmpty()
              ? "must be left out: records of kind %s have none".formatted(kind.code())
              : "must be one of %s for records of kind %s%s"
                  .formatted(
                      String.join(", ", possible),
                      kind.code(),
                      outcome == null ? "" : " with the outcome " + outcome));
    }
  }

  /** STS issues a key for a vend, which then is granted, or fails if the answer is wrong. */
  private void checkAccessKey(@Nullable String reason) {
    boolean ofVends = kind == KindFilter.VEND || kind == KindFilter.ALL;
    boolean issued =
        outcome == null
            || outcome.equals(AuditReasons.GRANTED)
            || outcome.equals(AuditReasons.FAILED);
    boolean reasonFits =
        reason == null
            || AuditReasons.reasons(KindFilter.VEND, AuditReasons.FAILED).contains(reason);
    if (!ofVends || !issued || !reasonFits) {
      fields.error(
          "accessKeyId",
          "is in records of kind vend with the outcome granted or failed only: leave it out, or ask"
              + " for these");
    }
  }
}
