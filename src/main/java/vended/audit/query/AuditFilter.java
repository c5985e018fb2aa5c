package vended.audit.query;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.text.Coded;

/**
 * Selects rows of an answer among the rows read.
 *
 * @param equal by attribute, the values of which it must have one; {@code vendId} is one of the
 *     names
 * @param kinds the kinds of rows
 * @param outcomes how it ended, {@link #OPEN} for intents without an outcome; empty for all
 */
public record AuditFilter(
    Map<String, Set<String>> equal, Set<KindFilter> kinds, Set<String> outcomes) {
  /** Stands for an intent that has no outcome. */
  public static final String OPEN = "open";

  private static final Set<Set<KindFilter>> HALVES =
      Set.of(Set.of(KindFilter.VEND), Set.of(KindFilter.INTENT));

  public AuditFilter {
    equal = Map.copyOf(equal);
    kinds = Set.copyOf(kinds);
    outcomes = Set.copyOf(outcomes);
  }

  /** Rows of one kind, and one outcome if it is not null. */
  public AuditFilter(KindFilter kind, @Nullable String outcome) {
    this(Map.of(), Set.of(kind), outcome == null ? Set.of() : Set.of(outcome));
  }

  /** Kinds of rows, as auditors ask for them. */
  public enum KindFilter implements Coded {
    /** Outcomes of vends, and intents of those that were cut off. */
    VEND,
    /** Results of probes. */
    PROBE,
    /** Outcomes of allow-list changes, and intents of those that were cut off. */
    ADMIN,
    /** Intents of each vend and probe that reached STS. */
    INTENT,
    /** Every row. */
    ALL;

    private boolean takes(String kind) {
      return switch (this) {
        case VEND -> kind.equals(AuditRow.OUTCOME) || kind.equals(AuditRow.INTENT);
        case PROBE -> kind.equals(AuditRow.PROBE);
        case ADMIN -> kind.equals(AuditRow.ADMIN_OUTCOME) || kind.equals(AuditRow.ADMIN);
        case INTENT -> kind.equals(AuditRow.INTENT);
        case ALL -> true;
      };
    }

    /** Whether it takes each such intent; the others ask how they ended, so open ones count. */
    private boolean takesIntents(AuditRow row) {
      return this == ALL || (this == INTENT && row.kind().equals(AuditRow.INTENT));
    }
  }

  /** Whether the filter takes every row. */
  boolean takesAll() {
    return equal.isEmpty() && outcomes.isEmpty() && kinds.contains(KindFilter.ALL);
  }

  /** Whether it takes about every second row: a vend's intent or its outcome. */
  boolean takesHalf() {
    return equal.isEmpty() && outcomes.isEmpty() && HALVES.contains(kinds);
  }

  /** Whether it takes a row only if that is an intent without an outcome. */
  boolean needsOpen(AuditRow row) {
    return row.isIntent()
        && (outcomes.contains(OPEN) || kinds.stream().noneMatch(kind -> kind.takesIntents(row)));
  }

  /** Whether it takes a row, provided that the row is open where {@link #needsOpen} demands it. */
  boolean takes(AuditRow row) {
    return kinds.stream().anyMatch(kind -> kind.takes(row.kind()))
        && takesOutcome(row)
        && equal.entrySet().stream()
            .allMatch(wanted -> has(wanted.getValue(), value(row, wanted.getKey())));
  }

  private boolean takesOutcome(AuditRow row) {
    return outcomes.isEmpty()
        || (outcomes.contains(OPEN) && row.isIntent())
        || has(outcomes, row.text("outcome"));
  }

  /** An immutable set throws on null. */
  private static boolean has(Set<String> values, @Nullable String value) {
    return value != null && values.contains(value);
  }

  private static @Nullable String value(AuditRow row, String name) {
    return name.equals("vendId") ? row.vendId() : row.text(name);
  }
}
