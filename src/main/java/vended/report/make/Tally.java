package vended.report.make;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vended.audit.AuditTime;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.audit.Outcome;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;
import vended.report.period.Counts;
import vended.report.period.Timeline;
import vended.report.period.Timeline.Bucket;

/** The counts of a period. */
final class Tally {
  private final TimeSteps steps;
  private final Map<Instant, Counts> buckets = new TreeMap<>();
  private Counts vends = Counts.NONE;
  private Counts changes = Counts.NONE;
  private long rows;
  private long passed;
  private long notPassed;
  private long other;

  Tally(Period period) {
    this.steps = new TimeSteps(period);
  }

  /** Counts a row. */
  void add(AuditRow row) {
    rows++;
    switch (row.kind()) {
      case AuditRow.OUTCOME -> {
        Counts one = vend(row);
        vends = vends.plus(one);
        other += 1 - one.total();
        AuditTime.parse(row.at())
            .ifPresent(at -> buckets.merge(steps.start(at), one, Counts::plus));
      }
      case AuditRow.PROBE -> {
        if (Boolean.TRUE.equals(row.attributes().get("passed"))) {
          passed++;
        } else {
          notPassed++;
        }
      }
      case AuditRow.ADMIN_OUTCOME -> {
        Counts one = isMade(row) ? new Counts(1, 0, 0) : vend(row);
        changes = changes.plus(one);
        other += 1 - one.total();
      }
      case AuditRow.INTENT, AuditRow.ADMIN -> {}
      default -> other++;
    }
  }

  /** A change that was made counts like a vend that was granted. */
  static boolean isMade(AuditRow row) {
    return ChangeOutcome.MADE.code().equals(row.text("outcome"));
  }

  /** One of its outcome; none if this version does not know the outcome. */
  static Counts vend(AuditRow row) {
    return Outcome.parse(PeriodSum.text(row, "outcome"))
        .map(
            outcome ->
                switch (outcome) {
                  case GRANTED -> new Counts(1, 0, 0);
                  case DENIED -> new Counts(0, 1, 0);
                  case FAILED -> new Counts(0, 0, 1);
                })
        .orElse(Counts.NONE);
  }

  long rows() {
    return rows;
  }

  Timeline timeline() {
    return steps.timeline(buckets);
  }

  /** The totals, completed by other sums. */
  vended.report.period.Totals totals(long callers, long roles, long clients, long addresses) {
    return new vended.report.period.Totals(
        vends, passed, notPassed, changes, callers, roles, clients, addresses, other);
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    List<Object> counts = new ArrayList<>(Cells.counts(vends));
    counts.addAll(Cells.counts(changes));
    counts.addAll(List.of(rows, passed, notPassed, other));
    saved.put("counts", counts);
    saved.put(
        "buckets",
        buckets.entrySet().stream()
            .map(
                e -> {
                  List<Object> row = new ArrayList<>(List.of(e.getKey().getEpochSecond()));
                  row.addAll(Cells.counts(e.getValue()));
                  return row;
                })
            .toList());
    return saved;
  }

  static Tally read(Map<?, ?> saved, Period period) {
    Tally tally = new Tally(period);
    Cells counts = Cells.row(saved, "counts");
    tally.vends = Cells.counts(counts, 0);
    tally.changes = Cells.counts(counts, 3);
    tally.rows = counts.count(6);
    tally.passed = counts.count(7);
    tally.notPassed = counts.count(8);
    tally.other = counts.count(9);
    for (Cells row : Cells.rows(saved, "buckets", TimeSteps.MOST)) {
      tally.buckets.put(Instant.ofEpochSecond(row.count(0)), Cells.counts(row, 1));
    }
    return tally;
  }

  /** The hours or days of a period. */
  private record TimeSteps(Period period) {
    /** Periods up to this length are shown by the hour. */
    private static final Duration HOURLY = Duration.ofDays(2);

    /** More than the days of a year, or the hours of two days. */
    static final int MOST = 400;

    private ChronoUnit unit() {
      Duration length = Duration.between(period.since(), period.until());
      return length.compareTo(HOURLY) <= 0 ? ChronoUnit.HOURS : ChronoUnit.DAYS;
    }

    Instant start(Instant at) {
      return at.truncatedTo(unit());
    }

    Timeline timeline(Map<Instant, Counts> counts) {
      List<Bucket> buckets = new ArrayList<>();
      ChronoUnit unit = unit();
      for (Instant start = start(period.since());
          start.isBefore(period.until());
          start = start.plus(1, unit)) {
        buckets.add(new Bucket(start, counts.getOrDefault(start, Counts.NONE)));
      }
      return new Timeline(unit, buckets);
    }
  }
}
