package vended.report.make;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.OpenRecords;
import vended.report.Shortened;

/** Finds what was begun and never ended, looking up ends that lie outside of what was read. */
final class FindOpen {
  private static final Set<String> ENDS =
      Set.of(AuditRow.OUTCOME, AuditRow.PROBE, AuditRow.ADMIN_OUTCOME);

  /** As many as one call of DynamoDB takes, with three kinds of rows each. */
  private static final int AT_ONCE = 33;

  private final AuditRows rows;

  FindOpen(AuditRows rows) {
    this.rows = rows;
  }

  /**
   * Looks up the ends of what was begun.
   *
   * @param begun of which no end was read
   * @param coverage whether more may have begun, and when the report was made: what began five
   *     minutes before should have ended
   */
  OpenRecords among(List<AuditRow> begun, Coverage coverage, Budget budget) throws AuditException {
    String before = AuditTime.at(coverage.madeAt().minus(AskAudit.OPEN_AFTER));
    List<AuditRow> old = begun.stream().filter(row -> row.at().compareTo(before) < 0).toList();
    List<AuditRow> vends = new ArrayList<>();
    List<AuditRow> changes = new ArrayList<>();
    int looked = 0;
    while (looked < old.size() && !budget.isUp()) {
      List<AuditRow> some = old.subList(looked, Math.min(looked + AT_ONCE, old.size()));
      Set<String> ids = new HashSet<>();
      some.forEach(row -> ids.add(row.vendId()));
      Set<String> ended = rows.ofVends(ids, ENDS).keySet();
      for (AuditRow row : some) {
        if (!ended.contains(row.vendId())) {
          (row.kind().equals(AuditRow.ADMIN) ? changes : vends).add(row);
        }
      }
      looked += some.size();
    }
    boolean allBegun = coverage.isComplete();
    boolean exact = allBegun && looked == old.size();
    return new OpenRecords(
        Shortened.of(vends, exact),
        Shortened.of(changes, exact),
        Figure.of(begun.size() - old.size(), allBegun),
        Figure.of(old.size() - looked, allBegun));
  }
}
