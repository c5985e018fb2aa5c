package vended.api.audit;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import vended.api.Fields;
import vended.audit.query.AuditFilter.KindFilter;

/**
 * Refuses questions that no record can answer: an empty result would look like "it never happened".
 * Of several values, each must be possible.
 */
final class AuditChecks {
  private final Fields fields;
  private final Set<KindFilter> kinds;
  private final List<String> outcomes;
  private final List<String> reasons;

  private AuditChecks(Fields fields, AuditSelection selection) {
    this.fields = fields;
    this.kinds = selection.kinds().isEmpty() ? Set.of(KindFilter.ALL) : selection.kinds();
    this.outcomes = selection.of("outcome");
    this.reasons = selection.of("reason");
  }

  /** Adds an error for each part of a selection that can't be combined with the others. */
  static void check(Fields fields, AuditSelection selection) {
    AuditChecks checks = new AuditChecks(fields, selection);
    checks.checkOutcomes();
    checks.checkReasons();
    if (!selection.of("accessKeyId").isEmpty()) {
      checks.checkAccessKey();
    }
  }

  private void checkOutcomes() {
    SortedSet<String> possible = new TreeSet<>();
    kinds.forEach(kind -> possible.addAll(AuditReasons.outcomes(kind)));
    if (!possible.containsAll(outcomes)) {
      fields.error(
          "outcome",
          possible.isEmpty()
              ? "must be left out: records of kind %s have none".formatted(ofKinds())
              : "must be one of %s for records of kind %s"
                  .formatted(String.join(", ", possible), ofKinds()));
    }
  }

  private String ofKinds() {
    return kinds.stream().map(KindFilter::code).collect(Collectors.joining(" or "));
  }

  private void checkReasons() {
    SortedSet<String> possible = new TreeSet<>();
    for (KindFilter kind : kinds) {
      if (outcomes.isEmpty()) {
        possible.addAll(AuditReasons.reasons(kind, null));
      }
      outcomes.forEach(outcome -> possible.addAll(AuditReasons.reasons(kind, outcome)));
    }
    if (possible.containsAll(reasons)) {
      return;
    }
    if (!outcomes.isEmpty() && outcomes.stream().noneMatch(AuditReasons::hasReason)) {
      fields.error("reason", "goes with the outcome denied or failed only");
    } else {
      fields.error(
          "reason",
          possible.isEmpty()
              ? "must be left out: records of kind %s have none".formatted(ofKinds())
              : "must be one of %s for records of kind %s%s"
                  .formatted(
                      String.join(", ", possible),
                      ofKinds(),
                      outcomes.isEmpty()
                          ? ""
                          : " with the outcome " + String.join(" or ", outcomes)));
    }
  }

  /** STS issues a key for a vend, which then is granted, or fails if the answer is wrong. */
  private void checkAccessKey() {
    boolean ofVends = kinds.contains(KindFilter.VEND) || kinds.contains(KindFilter.ALL);
    boolean issued =
        outcomes.isEmpty()
            || outcomes.contains(AuditReasons.GRANTED)
            || outcomes.contains(AuditReasons.FAILED);
    Set<String> ofFailed = AuditReasons.reasons(KindFilter.VEND, AuditReasons.FAILED);
    boolean reasonFits = reasons.isEmpty() || reasons.stream().anyMatch(ofFailed::contains);
    if (!ofVends || !issued || !reasonFits) {
      fields.error(
          "accessKeyId",
          "is in records of kind vend with the outcome granted or failed only: leave it out, or ask"
              + " for these");
    }
  }
}
