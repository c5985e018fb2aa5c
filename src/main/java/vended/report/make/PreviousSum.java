package vended.report.make;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;
import vended.report.period.Counts;
import vended.report.period.Previous;
import vended.report.period.Totals;

/**
 * What is added up of the period before: totals, and what shows that something in the period is not
 * new.
 */
final class PreviousSum {
  static final Set<String> ATTRIBUTES =
      Set.of("outcome", "caller", "roleArn", "clientAccount", "sourceIp", "passed");

  private final Period period;
  private final Tally tally;
  private final Set<String> callers = new HashSet<>();
  private final Set<String> roles = new HashSet<>();
  private final Set<String> clients = new HashSet<>();
  private final Set<String> addresses = new HashSet<>();
  private boolean areTooManyAddresses;

  PreviousSum(Period period) {
    this(period, new Tally(period));
  }

  private PreviousSum(Period period, Tally tally) {
    this.period = period;
    this.tally = tally;
  }

  void add(List<AuditRow> rows, PeriodSum after) {
    for (AuditRow row : rows) {
      tally.add(row);
      Counts one = row.kind().equals(AuditRow.OUTCOME) ? Tally.vend(row) : Counts.NONE;
      if (one.granted() > 0) {
        after.vends.markOld(row);
        after.addresses.markOld(PeriodSum.text(row, "caller"), PeriodSum.text(row, "sourceIp"));
        callers.add(PeriodSum.text(row, "caller"));
        roles.add(PeriodSum.text(row, "roleArn"));
        clients.add(PeriodSum.text(row, "clientAccount"));
        addAddress(PeriodSum.text(row, "sourceIp"));
      }
    }
    if (roles.size() > Vends.MOST || callers.size() > Vends.MOST) {
      throw new TooLargeException("more than %,d roles in the period before".formatted(Vends.MOST));
    }
  }

  private void addAddress(String address) {
    if (!areTooManyAddresses && !address.isEmpty()) {
      addresses.add(address);
      if (addresses.size() > Addresses.MOST) {
        areTooManyAddresses = true;
        addresses.clear();
      }
    }
  }

  Previous figures() {
    return new Previous(
        period,
        tally.rows(),
        tally.totals(
            callers.size(),
            roles.size(),
            clients.size(),
            areTooManyAddresses ? Totals.UNCOUNTED : addresses.size()));
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("tally", tally.write());
    saved.put("callers", callers.stream().sorted().toList());
    saved.put("roles", roles.stream().sorted().toList());
    saved.put("clients", clients.stream().sorted().toList());
    saved.put("addresses", addresses.stream().sorted().toList());
    saved.put("tooMany", areTooManyAddresses ? 1 : 0);
    return saved;
  }

  static PreviousSum read(Map<?, ?> saved, Period period) {
    PreviousSum sum = new PreviousSum(period, Tally.read(Cells.object(saved, "tally"), period));
    readTexts(saved, "callers", sum.callers);
    readTexts(saved, "roles", sum.roles);
    readTexts(saved, "clients", sum.clients);
    readTexts(saved, "addresses", sum.addresses);
    sum.areTooManyAddresses = Cells.count(saved, "tooMany") != 0;
    return sum;
  }

  private static void readTexts(Map<?, ?> saved, String name, Set<String> texts) {
    Cells cells = Cells.row(saved, name);
    for (int i = 0; i < cells.values().size(); i++) {
      texts.add(cells.text(i));
    }
  }
}
