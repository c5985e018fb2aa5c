package vended.api.audit;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminReasons;
import vended.audit.ChangeRecord.AdminOutcome;
import vended.audit.Outcome;
import vended.audit.Reason;
import vended.audit.query.AuditFilter;
import vended.audit.query.AuditFilter.KindFilter;

/** The reasons and outcomes that records have: what auditors can ask for. */
final class AuditReasons {
  static final String MADE = AdminOutcome.MADE.code();
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

  /** What must hold of a reason, for people. */
  static String rule() {
    return "must be one of " + String.join(", ", ALL);
  }

  static boolean isReason(String text) {
    return ALL.contains(text);
  }

  /** Whether no vend or probe has this reason, only changes of the allow-list. */
  static boolean isOfChangesOnly(String reason) {
    return !OF_VENDS.contains(reason);
  }

  /** The outcomes that rows of a kind can have. */
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

  /** The reasons that rows of a kind can have, with an outcome if one is given. */
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

  /** What could not be found out failed; all else was denied. */
  private static String outcome(String reason) {
    boolean failed =
        reason.startsWith("sts_") || reason.equals(Reason.ALLOW_LIST_UNAVAILABLE.code());
    return failed ? FAILED : DENIED;
  }

  /** Whether what ended so has a reason. */
  static boolean hasReason(String outcome) {
    return outcome.equals(DENIED) || outcome.equals(FAILED);
  }
}
