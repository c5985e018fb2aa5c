package vended.report.make;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;
import vended.report.period.Counts;

/**
 * What is added up of a period's records. The sum is the same in whatever order a hour's shards
 * come, and however the reading was cut into calls.
 */
final class PeriodSum {
  /** The attributes that a sum reads. */
  static final Set<String> ATTRIBUTES =
      Set.of(
          "outcome",
          "reason",
          "caller",
          "roleArn",
          "clientAccount",
          "clientName",
          "sourceIp",
          "passed",
          "action",
          "target",
          "after");

  /** The attributes to count vends again. */
  static final Set<String> OF_VENDS = Set.of("outcome", "caller", "roleArn", "clientAccount");

  /** The longest text of a record that a sum keeps; none of the service's own is longer. */
  private static final int MAX_TEXT = 2_048;

  final Tally tally;
  final Vends vends;
  final Refused refused;
  final Addresses addresses;
  final Marks marks;
  final Listed listed;

  /** Outcomes of the shard that is being read, whose intents are still to come. */
  private final Set<String> ended = new HashSet<>();

  PeriodSum(Period period) {
    this(new Tally(period), new Vends(), new Refused(), new Addresses(), new Marks(), new Listed());
  }

  private PeriodSum(
      Tally tally, Vends vends, Refused refused, Addresses addresses, Marks marks, Listed listed) {
    this.tally = tally;
    this.vends = vends;
    this.refused = refused;
    this.addresses = addresses;
    this.marks = marks;
    this.listed = listed;
  }

  /** A text attribute, shortened; empty if there is none. */
  static String text(AuditRow row, String name) {
    String text = row.text(name);
    return text == null ? "" : text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  /**
   * Adds rows of one shard.
   *
   * @return the intents whose outcomes were not among these rows: most of them are in the hour
   *     after, and are to be looked up
   */
  List<AuditRow> add(List<AuditRow> rows) {
    ended.clear();
    rows.stream().filter(AuditRow::isOutcome).forEach(row -> ended.add(row.vendId()));
    rows.forEach(this::add);
    return rows.stream().filter(row -> row.isIntent() && !ended.contains(row.vendId())).toList();
  }

  private void add(AuditRow row) {
    tally.add(row);
    if (row.isOutcome()) {
      listed.addNewest(row);
    }
    if (row.kind().equals(AuditRow.ADMIN_OUTCOME) && Tally.isMade(row)) {
      marks.add(row);
    }
    if (row.kind().equals(AuditRow.OUTCOME)) {
      Counts one = Tally.vend(row);
      vends.add(row, one);
      if (one.granted() > 0) {
        addresses.add(text(row, "caller"), text(row, "sourceIp"), row.at());
      } else {
        refused.add(row);
      }
    }
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("tally", tally.write());
    saved.put("vends", vends.write());
    saved.put("refused", refused.write());
    saved.put("addresses", addresses.write());
    saved.put("marks", marks.write());
    saved.put("listed", listed.write());
    return saved;
  }

  static PeriodSum read(Map<?, ?> saved, Period period) {
    return new PeriodSum(
        Tally.read(Cells.object(saved, "tally"), period),
        Vends.read(Cells.object(saved, "vends")),
        Refused.read(Cells.object(saved, "refused")),
        Addresses.read(Cells.object(saved, "addresses")),
        Marks.read(Cells.object(saved, "marks")),
        Listed.read(Cells.object(saved, "listed")));
  }
}
