package vended.audit.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.Outcome;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.Period;

/** Compares CloudTrail's events of the vendor role with the audit's records. */
public final class ReconcileAudit {
  /** The most events of one call. */
  public static final int MAX_EVENTS = 5000;

  /** The longest period of one call. */
  public static final Duration MAX_PERIOD = Duration.ofHours(24);

  /** The answer has half a kilobyte for each, and Lambda's limit is 6 MB, escapes included. */
  private static final int MAX_FINDINGS = 5000;

  /** How late CloudTrail can be: about 5 minutes on average, and AWS promises nothing. */
  private static final Duration DELIVERY = Duration.ofMinutes(15);

  /** A refusal is nearly always explained by a vend of the same seconds. */
  private static final List<Duration> MARGINS = List.of(Duration.ofSeconds(10), RecordedVend.FAR);

  private final AuditRows auditRows;
  private final AuditSweep sweep;
  private final Clock clock;
  private final VendorRole vendorRole;

  public ReconcileAudit(AuditRows auditRows, AuditSweep sweep, Clock clock, VendorRole vendorRole) {
    this.auditRows = auditRows;
    this.sweep = sweep;
    this.clock = clock;
    this.vendorRole = vendorRole;
  }

  /**
   * Judges the vends that began in a period, and the events of the period that no vend explains.
   *
   * @param period the period to judge, at most {@link #MAX_PERIOD}
   * @param events at most {@link #MAX_EVENTS}: those of the period, and those of its vends, which
   *     can be some seconds later
   * @throws AuditException if the audit could not be read
   */
  public Reconciliation reconcile(Period period, List<?> events) throws AuditException {
    List<AssumeRoleCall> calls = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    int ignored = 0;
    for (Object event : events) {
      switch (CloudTrailEvent.read(event, vendorRole)) {
        case CloudTrailEvent.VendorCall(AssumeRoleCall call) -> calls.add(call);
        case CloudTrailEvent.Ignored other -> ignored++;
        case CloudTrailEvent.UnreadableEvent unreadable -> findings.add(Finding.of(unreadable));
      }
    }
    KnownRows rows = new KnownRows(auditRows, sweep, clock);
    Matching matching = match(period, calls, rows);
    if (matching == null) {
      return new Reconciliation.TooMuch();
    }
    Reconciliation.Judged judged = judge(period, calls, rows, matching, findings, ignored);
    return judged.findings().size() > MAX_FINDINGS ? new Reconciliation.TooMuch() : judged;
  }

  /** Reads what is needed to judge the period; null if that is too much. */
  private @Nullable Matching match(Period period, List<AssumeRoleCall> calls, KnownRows rows)
      throws AuditException {
    if (!rows.read(period)) {
      return null;
    }
    rows.lookUp(calls);
    Matching matching = matching(period, calls, rows);
    Period known = period;
    for (Duration margin : MARGINS) {
      List<AssumeRoleCall> unexplained = matching.unexplainedRefusals();
      if (unexplained.isEmpty()) {
        break;
      }
      Period wanted = around(period, unexplained, margin);
      if (!rows.read(new Period(wanted.since(), known.since()))
          || !rows.read(new Period(known.until(), wanted.until()))) {
        return null;
      }
      known = wanted;
      rows.lookUp(List.of());
      matching = matching(period, calls, rows);
    }
    return matching;
  }

  /** The period, extended by what is near one of the calls. */
  private static Period around(Period period, List<AssumeRoleCall> calls, Duration margin) {
    Instant since = period.since();
    Instant until = period.until();
    for (AssumeRoleCall call : calls) {
      Instant earliest = call.time().minus(margin);
      Instant latest = call.time().plus(margin).plusMillis(1);
      since = earliest.isBefore(since) ? earliest : since;
      until = latest.isAfter(until) ? latest : until;
    }
    return new Period(
        since.isBefore(Period.FIRST) ? Period.FIRST : since,
        until.isAfter(Period.END) ? Period.END : until);
  }

  private Matching matching(Period period, List<AssumeRoleCall> calls, KnownRows rows) {
    Map<String, RecordedVend> vends = new HashMap<>();
    rows.byVend().forEach((vendId, ofVend) -> vends.put(vendId, new RecordedVend(ofVend)));
    return new Matching(period, clock.instant(), calls, vends);
  }

  private Reconciliation.Judged judge(
      Period period,
      List<AssumeRoleCall> calls,
      KnownRows rows,
      Matching matching,
      List<Finding> findings,
      int ignored) {
    int unreadable = findings.size();
    Set<AssumeRoleCall.Identity> judged = new HashSet<>();
    Set<AssumeRoleCall.Identity> matched = new HashSet<>();
    for (AssumeRoleCall call : matching.judgedCalls()) {
      judged.add(call.identity());
      if (!add(findings, matching.judge(call))) {
        matched.add(call.identity());
      }
    }
    List<AuditRow> judgedRows = judgedRows(matching, rows);
    judgedRows.forEach(row -> add(findings, matching.judge(row)));
    return new Reconciliation.Judged(
        count(calls, judged) + unreadable,
        ignored,
        judgedRows.size(),
        count(calls, matched),
        findings,
        !period.until().isAfter(clock.instant().minus(DELIVERY)),
        vendorRole);
  }

  private static boolean add(List<Finding> findings, @Nullable Finding finding) {
    return finding != null && findings.add(finding);
  }

  /** Counts events: a call in two trails is two of them. */
  private static int count(List<AssumeRoleCall> calls, Set<AssumeRoleCall.Identity> of) {
    return (int) calls.stream().filter(call -> of.contains(call.identity())).count();
  }

  /** The rows to judge that say, or can mean, that STS issued credentials; sorted. */
  private static List<AuditRow> judgedRows(Matching matching, KnownRows rows) {
    return rows.byVend().values().stream()
        .flatMap(List::stream)
        .filter(row -> !row.kind().equals(AuditRow.OUTCOME) || row.has(Outcome.GRANTED))
        .filter(matching::isJudged)
        .sorted(
            Comparator.comparing(AuditRow::at)
                .thenComparing(AuditRow::vendId)
                .thenComparing(AuditRow::kind))
        .toList();
  }
}
