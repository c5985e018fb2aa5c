package vended.audit.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.text.Coded;

/**
 * Selects rows of an answer among the rows read.
 *
 * @param equal the values that attributes must have, by name; {@code vendId} is one of the names
 * @param kind the kinds of rows
 * @param outcome how it ended, {@link #OPEN} for intents without an outcome, or null for all
 */
public record AuditFilter(Map<String, String> equal, KindFilter kind, @Nullable String outcome) {
  /** Stands for an intent that has no outcome. */
  public static final String OPEN = "open";

  public AuditFilter {
    equal = Map.copyOf(equal);
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
  }

  /** Whether the filter takes every row. */
  boolean takesAll() {
    return equal.isEmpty() && outcome == null && kind == KindFilter.ALL;
  }

  /** Whether it takes about every second row: a vend's intent or its outcome. */
  boolean takesHalf() {
    return equal.isEmpty()
        && outcome == null
        && (kind == KindFilter.VEND || kind == KindFilter.INTENT);
  }

  /** Whether it takes a row only if that is an intent without an outcome. */
  boolean needsOpen(AuditRow row) {
    return row.isIntent() && (OPEN.equals(outcome) || (kind != KindFilter.ALL && isOutcomeOf(row)));
  }

  /** Whether the kind asks for the outcomes of such intents: then only open intents count. */
  private boolean isOutcomeOf(AuditRow row) {
    return kind == (row.kind().equals(AuditRow.INTENT) ? KindFilter.VEND : KindFilter.ADMIN);
  }

  /** Whether it takes a row, provided that the row is open where {@link #needsOpen} demands it. */
  boolean takes(AuditRow row) {
    return kind.takes(row.kind())
        && takesOutcome(row)
        && equal.entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(value(row, wanted.getKey())));
  }

  private boolean takesOutcome(AuditRow row) {
    return outcome == null
        || (outcome.equals(OPEN) ? row.isIntent() : outcome.equals(row.text("outcome")));
  }

  private static @Nullable String value(AuditRow row, String name) {
    return name.equals("vendId") ? row.vendId() : row.text(name);
  }
}
