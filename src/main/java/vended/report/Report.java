package vended.report;

import java.util.List;
import vended.audit.query.AuditRow;

/**
 * The figures of a report.
 *
 * @param coverage the period, and how much of it was read
 * @param links who was granted which client role
 * @param open intents without an outcome
 * @param grants the current allow-list
 * @param newest the newest rows, in full
 */
public record Report(
    Coverage coverage,
    Totals totals,
    Timeline timeline,
    CallerRoleLinks links,
    Refusals refusals,
    OpenRecords open,
    GrantFigures grants,
    List<AuditRow> newest) {
  public Report {
    newest = List.copyOf(newest);
  }

  /** Whether everything was read and looked up, so that every figure is exact. */
  public boolean isComplete() {
    return coverage.isComplete() && grants.whole() && isLookedUp();
  }

  /** Whether every missing outcome and use was looked up. */
  public boolean isLookedUp() {
    return open.notLookedAt().read() == 0 && grants.unused().notLookedAt().read() == 0;
  }
}
