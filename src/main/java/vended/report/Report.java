package vended.report;

import java.util.List;
import vended.audit.query.AuditRow;

/**
 * All figures of a report.
 *
 * @param coverage of which period, and how much of it was read
 * @param totals how often what happened
 * @param timeline when
 * @param links who was given which client role
 * @param refusals what was refused, and why
 * @param open what was begun and has no end on record
 * @param grants the allow-list as it is now
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
  /** Copies the rows. */
  public Report {
    newest = List.copyOf(newest);
  }

  /** Whether all was read that the report is about, so that it has no bounds. */
  public boolean isComplete() {
    return coverage.isComplete() && grants.whole() && isLookedUp();
  }

  /** Whether the outcomes and uses of all that was read were looked up. */
  public boolean isLookedUp() {
    return open.notLookedAt().read() == 0 && grants.unused().notLookedAt().read() == 0;
  }
}
