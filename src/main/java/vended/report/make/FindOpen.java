package vended.report.make;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.OpenRecords;
import vended.report.Shortened;

/** Finds intents without an outcome, looking up outcomes that lie outside the rows read. */
final class FindOpen {
  /** One call of DynamoDB takes this many IDs, with three kinds of rows each. */
  private static final int AT_ONCE = 33;

  private final AuditRows rows;

  FindOpen(AuditRows rows) {
    this.rows = rows;
  }

  /**
   * Looks up outcomes.
   *
   * @param intents those whose outcomes were not read
   * @param coverage whether there can be more intents, and when the report was made: intents of the
   *     last five minutes can still end
   */
  OpenRecords among(List<AuditRow> intents, Coverage coverage, Budget budget)
      throws AuditException {
    String before = AuditTime.at(coverage.madeAt().minus(AskAudit.OPEN_AFTER));
    List<AuditRow> old = intents.stream().filter(row -> row.at().compareTo(before) < 0).toList();
    List<AuditRow> vends = new ArrayList<>();
    List<AuditRow> changes = new ArrayList<>();
    int looked = 0;
    while (looked < old.size() && !budget.isUp()) {
      List<AuditRow> some = old.subList(looked, Math.min(looked + AT_ONCE, old.size()));
      Set<String> ids = some.stream().map(AuditRow::vendId).collect(Collectors.toSet());
      Set<String> ended = rows.ofVends(ids, AuditRow.OUTCOMES).keySet();
      for (AuditRow row : some) {
        if (!ended.contains(row.vendId())) {
          (row.kind().equals(AuditRow.ADMIN) ? changes : vends).add(row);
        }
      }
      looked += some.size();
    }
    boolean allIntents = coverage.isComplete();
    boolean exact = allIntents && looked == old.size();
    return new OpenRecords(
        Shortened.of(vends, exact),
        Shortened.of(changes, exact),
        Figure.of(intents.size() - old.size(), allIntents),
        Figure.of(old.size() - looked, allIntents));
  }
}
