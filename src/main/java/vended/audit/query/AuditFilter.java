package vended.audit.query;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the rows that were read are answered.
 *
 * @param equal values that attributes must have, by their names; {@code vendId} is one of them
 * @param kind which kind of rows
 * @param outcome how it ended; {@link #OPEN} for what has not; none for either
 */
public record AuditFilter(Map<String, String> equal, KindFilter kind, @Nullable String outcome) {
  /** What was begun, and of which nothing tells how it went on. */
  public static final String OPEN = "open";

  /** Makes the map immutable. */
  public AuditFilter {
    equal = Map.copyOf(equal);
  }

  /** Kinds of rows, as people ask for them. */
  public enum KindFilter {
    /** How vends ended, and those that were cut off. */
    VEND,
    /** What probes found. */
    PROBE,
    /** How changes of the allow-list ended, and those that were cut off. */
    ADMIN,
    /** What was begun: of each vend and probe that reached STS. */
    INTENT,
    /** Every row. */
    ALL;

    /** The word as people write it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether every row is answered. */
  boolean takesAll() {
    return equal.isEmpty() && outcome == null && kind == KindFilter.ALL;
  }

  /** Whether about one of two rows is answered: of a vend's intent and its outcome. */
  boolean takesHalf() {
    return equal.isEmpty()
        && outcome == null
        && (kind == KindFilter.VEND || kind == KindFilter.INTENT);
  }

  /** Whether a row is answered only if it is open. */
  boolean needsOpen(AuditRow row) {
    return row.isFirstOfTwo() && (OPEN.equals(outcome) || (kind != KindFilter.ALL && isEndOf(row)));
  }

  /** Whether rows of this kind tell how vends, or changes, ended: then only open ones begin. */
  private boolean isEndOf(AuditRow row) {
    return kind == (row.kind().equals(AuditRow.INTENT) ? KindFilter.VEND : KindFilter.ADMIN);
  }

  /** Whether a row is answered, provided that it is open where it needs to be. */
  boolean takes(AuditRow row) {
    return takesKind(row)
        && takesOutcome(row)
        && equal.entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(value(row, wanted.getKey())));
  }

  private boolean takesKind(AuditRow row) {
    return switch (kind) {
      case VEND -> row.kind().equals(AuditRow.OUTCOME) || row.kind().equals(AuditRow.INTENT);
      case PROBE -> row.kind().equals(AuditRow.PROBE);
      case ADMIN -> row.kind().equals(AuditRow.ADMIN_OUTCOME) || row.kind().equals(AuditRow.ADMIN);
      case INTENT -> row.kind().equals(AuditRow.INTENT);
      case ALL -> true;
    };
  }

  private boolean takesOutcome(AuditRow row) {
    return outcome == null
        || (outcome.equals(OPEN) ? row.isFirstOfTwo() : outcome.equals(row.text("outcome")));
  }

  private static @Nullable String value(AuditRow row, String name) {
    return name.equals("vendId") ? row.vendId() : row.text(name);
  }
}
