package vended.report.make;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.audit.Outcome;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditWalk;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;
import vended.report.Figure;
import vended.report.Refusals.RefusalKind;
import vended.report.Totals;
import vended.report.make.LinkTally.CallerRole;

/**
 * Adds up rows, newest first. Memory grows with distinct callers, roles and reasons, not with rows.
 */
final class Tally implements AuditWalk.Visitor {
  private static final int NEWEST = 500;

  /** A row of claims is thousands of characters, and the whole answer must stay below 6 MB. */
  private static final int NEWEST_CHARACTERS = 1_000_000;

  private final TimelineTally timeline;
  private final LinkTally links = new LinkTally();
  private final RefusalTally refusals = new RefusalTally();
  private final Set<String> clients = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final List<AuditRow> intents = new ArrayList<>();
  private final List<AuditRow> newest = new ArrayList<>();
  private OutcomeCounts vends = OutcomeCounts.NONE;
  private OutcomeCounts changes = OutcomeCounts.NONE;
  private long probesPassed;
  private long probesNotPassed;
  private long other;
  private long rows;
  private int characters;

  Tally(Period period) {
    this.timeline = new TimelineTally(period);
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
      case AuditRow.INTENT, AuditRow.ADMIN -> intent(row);
      default -> other++;
    }
  }

  /** Most outcomes are read before their intents; some of the other intents have none. */
  private void intent(AuditRow row) {
    if (!ended.remove(row.vendId())) {
      intents.add(row);
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
    boolean made = ChangeOutcome.MADE.code().equals(outcome);
    OutcomeCounts one = OutcomeCounts.of(made ? Outcome.GRANTED.code() : outcome);
    changes = changes.plus(one);
    other += 1 - one.total();
  }

  private void vend(AuditRow row) {
    String outcome = text(row, "outcome");
    OutcomeCounts one = OutcomeCounts.of(outcome);
    vends = vends.plus(one);
    other += 1 - one.total();
    Optional<Instant> at = AuditTime.parse(row.at());
    at.ifPresent(time -> timeline.add(time, one));
    String caller = text(row, "caller");
    String roleArn = text(row, "roleArn");
    links.add(new CallerRole(caller, roleArn), one, at.orElse(null));
    if (one.granted() > 0) {
      clients.add(text(row, "clientAccount"));
    } else {
      refusals.add(new RefusalKind(outcome, text(row, "reason"), caller, roleArn), row.at());
    }
  }

  private static String text(AuditRow row, String name) {
    String text = row.text(name);
    return text == null ? "" : text;
  }

  long rows() {
    return rows;
  }

  TimelineTally timeline() {
    return timeline;
  }

  LinkTally links() {
    return links;
  }

  RefusalTally refusals() {
    return refusals;
  }

  /** The intents whose outcomes were not read. */
  List<AuditRow> withoutOutcome() {
    return intents.stream().filter(row -> !ended.contains(row.vendId())).toList();
  }

  List<AuditRow> newest() {
    return newest;
  }

  /** The totals: exact if the whole period was read. */
  Totals totals(boolean exact) {
    List<CallerRole> granted = links.granted();
    return new Totals(
        vends.figures(exact),
        Figure.of(probesPassed, exact),
        Figure.of(probesNotPassed, exact),
        changes.figures(exact),
        Figure.of(granted.stream().map(CallerRole::caller).distinct().count(), exact),
        Figure.of(granted.stream().map(CallerRole::roleArn).distinct().count(), exact),
        Figure.of(clients.size(), exact),
        Figure.of(other, exact));
  }
}
