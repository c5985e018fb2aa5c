package vended.report.make;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.ChangeRecord.AdminOutcome;
import vended.audit.Outcome;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditWalk;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;
import vended.report.CallerRoleLinks;
import vended.report.CallerRoleLinks.CallerRole;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.OutcomeCounts;
import vended.report.OutcomeFigures;
import vended.report.Refusals;
import vended.report.Refusals.Occurrences;
import vended.report.Refusals.RefusalKind;
import vended.report.Timeline;
import vended.report.Totals;

/**
 * Adds up rows, the newest first. Memory grows with distinct callers, roles and reasons, not rows.
 */
final class Tally implements AuditWalk.Visitor {
  private static final int NEWEST = 500;

  /** A row of claims is thousands of characters; all of an answer must stay below 6 MB. */
  private static final int NEWEST_CHARACTERS = 1_000_000;

  private final ChronoUnit unit;
  private final Map<Instant, OutcomeCounts> timeline = new HashMap<>();
  private final Map<CallerRole, OutcomeCounts> pairs = new HashMap<>();
  private final Map<RefusalKind, Occurrences> refusals = new HashMap<>();
  private final Map<CallerRole, Instant> lastGranted = new HashMap<>();
  private final Set<String> clients = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final List<AuditRow> begun = new ArrayList<>();
  private final List<AuditRow> newest = new ArrayList<>();
  private OutcomeCounts vends = OutcomeCounts.NONE;
  private OutcomeCounts changes = OutcomeCounts.NONE;
  private long probesPassed;
  private long probesNotPassed;
  private long other;
  private long rows;
  private int characters;

  Tally(Period period) {
    this.unit = Timeline.unit(period);
  }

  @Override
  public @Nullable Position take(Slice slice) {
    slice.rows().forEach(this::take);
    return null;
  }

  private void take(AuditRow row) {
    rows++;
    if (newest.size() < NEWEST && characters < NEWEST_CHARACTERS) {
      newest.add(row);
      characters += row.attributes().toString().length();
    }
    if (row.isOutcome()) {
      ended.add(row.vendId());
    }
    switch (row.kind()) {
      case AuditRow.OUTCOME -> vend(row);
      case AuditRow.PROBE -> probe(row);
      case AuditRow.ADMIN_OUTCOME -> change(row);
      case AuditRow.INTENT, AuditRow.ADMIN -> begin(row);
      default -> other++;
    }
  }

  /** Most ends were read before their beginnings; of the others, some have none. */
  private void begin(AuditRow row) {
    if (!ended.remove(row.vendId())) {
      begun.add(row);
    }
  }

  private void probe(AuditRow row) {
    if (Boolean.TRUE.equals(row.attributes().get("passed"))) {
      probesPassed++;
    } else {
      probesNotPassed++;
    }
  }

  private void change(AuditRow row) {
    // A change that was made counts like a vend that was granted.
    String outcome = text(row, "outcome");
    boolean made = AdminOutcome.MADE.code().equals(outcome);
    OutcomeCounts one = OutcomeCounts.of(made ? Outcome.GRANTED.code() : outcome);
    changes = changes.plus(one);
    other += 1 - one.total();
  }

  private void vend(AuditRow row) {
    String outcome = text(row, "outcome");
    OutcomeCounts one = OutcomeCounts.of(outcome);
    vends = vends.plus(one);
    other += 1 - one.total();
    Instant at = time(row.at());
    if (at != null) {
      timeline.merge(at.truncatedTo(unit), one, OutcomeCounts::plus);
    }
    String caller = text(row, "caller");
    String roleArn = text(row, "roleArn");
    pairs.merge(new CallerRole(caller, roleArn), one, OutcomeCounts::plus);
    if (one.granted() > 0) {
      clients.add(text(row, "clientAccount"));
      if (at != null) {
        lastGranted.putIfAbsent(new CallerRole(caller, roleArn), at);
      }
    } else {
      refusals.merge(
          new RefusalKind(outcome, text(row, "reason"), caller, roleArn),
          new Occurrences(1, row.at(), row.at()),
          Occurrences::withEarlier);
    }
  }

  private static String text(AuditRow row, String name) {
    String text = row.text(name);
    return text == null ? "" : text;
  }

  static @Nullable Instant time(@Nullable String at) {
    try {
      return at == null ? null : Instant.parse(at);
    } catch (DateTimeException e) {
      return null;
    }
  }

  long rows() {
    return rows;
  }

  /** What was begun, and of which no end was read. */
  List<AuditRow> begun() {
    return begun.stream().filter(row -> !ended.contains(row.vendId())).toList();
  }

  /** When who was granted what the last time. */
  Map<CallerRole, Instant> lastGranted() {
    return lastGranted;
  }

  /** The totals; bounds unless all of the period was read. */
  Totals totals(boolean exact) {
    List<CallerRole> granted =
        pairs.entrySet().stream()
            .filter(pair -> pair.getValue().granted() > 0)
            .map(Map.Entry::getKey)
            .toList();
    return new Totals(
        OutcomeFigures.of(vends, exact),
        Figure.of(probesPassed, exact),
        Figure.of(probesNotPassed, exact),
        Figure.of(changes.granted(), exact),
        Figure.of(changes.denied(), exact),
        Figure.of(changes.failed(), exact),
        Figure.of(granted.stream().map(CallerRole::caller).distinct().count(), exact),
        Figure.of(granted.stream().map(CallerRole::roleArn).distinct().count(), exact),
        Figure.of(clients.size(), exact),
        Figure.of(other, exact));
  }

  Timeline timeline(Coverage coverage) {
    return Timeline.of(coverage, timeline);
  }

  CallerRoleLinks links(boolean exact) {
    return CallerRoleLinks.of(pairs, exact);
  }

  Refusals refusals(boolean exact) {
    return Refusals.of(refusals, exact);
  }

  List<AuditRow> newest() {
    return newest;
  }
}
