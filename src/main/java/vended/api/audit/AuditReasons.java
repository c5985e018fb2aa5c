package vended.api.audit;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminReasons;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.audit.Outcome;
import vended.audit.Reason;
import vended.audit.query.AuditFilter;
import vended.audit.query.AuditFilter.KindFilter;

/** The reasons and outcomes that records can have, so that auditors can ask for them. */
final class AuditReasons {
  static final String MADE = ChangeOutcome.MADE.code();
  static final String GRANTED = Outcome.GRANTED.code();
  static final String FAILED = Outcome.FAILED.code();
  private static final String DENIED = Outcome.DENIED.code();

  private static final Set<String> OF_VENDS =
      Arrays.stream(Reason.values()).map(Reason::code).collect(Collectors.toUnmodifiableSet());
  private static final SortedSet<String> ALL = all();

  private AuditReasons() {}

  private static SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>(OF_VENDS);
    all.addAll(AdminReasons.codes());
    return Collections.unmodifiableSortedSet(all);
  }

  /** The rule for reasons, for people. */
  static String rule() {
    return "must be one of " + String.join(", ", ALL);
  }

  static boolean isReason(String text) {
    return ALL.contains(text);
  }

  /** Whether only changes of the allow-list have this reason, and no vend or probe. */
  static boolean isOfChangesOnly(String reason) {
    return !OF_VENDS.contains(reason);
  }

  /** The possible outcomes of records of a kind. */
  static SortedSet<String> outcomes(KindFilter kind) {
    return switch (kind) {
      case VEND -> sorted(GRANTED, DENIED, FAILED, AuditFilter.OPEN);
      case ADMIN -> sorted(MADE, DENIED, FAILED, AuditFilter.OPEN);
      case INTENT -> sorted(AuditFilter.OPEN);
      case PROBE -> sorted();
      case ALL -> sorted(GRANTED, MADE, DENIED, FAILED, AuditFilter.OPEN);
    };
  }

  private static SortedSet<String> sorted(String... words) {
    return new TreeSet<>(Set.of(words));
  }

  /** The possible reasons of records of a kind, with an outcome if one is given. */
  static SortedSet<String> reasons(KindFilter kind, @Nullable String outcome) {
    Set<String> ofKind =
        switch (kind) {
          case VEND -> OF_VENDS;
          case ADMIN -> AdminReasons.codes();
          case INTENT, PROBE -> Set.of();
          case ALL -> ALL;
        };
    return ofKind.stream()
        .filter(reason -> outcome == null || outcome.equals(outcome(reason)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An unavailable service is a failure; everything else is a denial. */
  private static String outcome(String reason) {
    boolean failed =
        reason.startsWith("sts_") || reason.equals(Reason.ALLOW_LIST_UNAVAILABLE.code());
    return failed ? FAILED : DENIED;
  }

  /** Whether records with this outcome have a reason. */
  static boolean hasReason(String outcome) {
    return outcome.equals(DENIED) || outcome.equals(FAILED);
  }
}
