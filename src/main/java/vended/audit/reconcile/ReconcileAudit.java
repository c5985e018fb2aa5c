package vended.audit.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.Outcome;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditWalk;
import vended.audit.query.Period;

/** Compares CloudTrail's events of the vendor role with the audit's records. */
public final class ReconcileAudit {
  /** The most events of one call. */
  public static final int MAX_EVENTS = 1000;

  /** The longest period of one call: 25 hours of shards are 200 queries. */
  public static final Duration MAX_PERIOD = Duration.ofHours(24);

  /** How late CloudTrail can be: about 5 minutes on average, and AWS promises nothing. */
  private static final Duration DELIVERY = Duration.ofMinutes(15);

  /** The rows of a thousand events, and room for rows without an event. */
  private static final AuditWalk.Bounds BOUNDS =
      new AuditWalk.Bounds(5000, 60, Duration.ofSeconds(8));

  private static final Set<String> KINDS =
      Set.of(AuditRow.INTENT, AuditRow.OUTCOME, AuditRow.PROBE);

  private final AuditRows auditRows;
  private final AuditWalk walk;
  private final Clock clock;
  private final VendorRole vendorRole;

  public ReconcileAudit(AuditRows auditRows, Clock clock, VendorRole vendorRole) {
    this.auditRows = auditRows;
    this.walk = new AuditWalk(auditRows, clock);
    this.clock = clock;
    this.vendorRole = vendorRole;
  }

  /**
   * Judges the events and the records of a period.
   *
   * @param period the period to judge, at most {@link #MAX_PERIOD}
   * @param events at most {@link #MAX_EVENTS}: those of the period, and of some minutes around it,
   *     which explain records at its edges
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
    Map<String, List<AuditRow>> rows = new HashMap<>();
    if (!readAround(period, rows)) {
      return new Reconciliation.TooMuch();
    }
    lookUp(calls, rows);
    return judge(period, calls, rows, findings, ignored);
  }

  private Reconciliation judge(
      Period period,
      List<AssumeRoleCall> calls,
      Map<String, List<AuditRow>> rows,
      List<Finding> findings,
      int ignored) {
    Instant now = clock.instant();
    Map<String, RecordedVend> vends = new HashMap<>();
    rows.forEach((vendId, ofVend) -> vends.put(vendId, new RecordedVend(ofVend)));
    Matching matching = new Matching(period, now, calls, vends);
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
        !period.until().isAfter(now.minus(DELIVERY)));
  }

  private static boolean add(List<Finding> findings, @Nullable Finding finding) {
    return finding != null && findings.add(finding);
  }

  /** Counts events: a call in two trails is two of them. */
  private static int count(List<AssumeRoleCall> calls, Set<AssumeRoleCall.Identity> of) {
    return (int) calls.stream().filter(call -> of.contains(call.identity())).count();
  }

  /** The rows of the period that say, or can mean, that STS issued credentials; sorted. */
  private static List<AuditRow> judgedRows(Matching matching, Map<String, List<AuditRow>> rows) {
    return rows.values().stream()
        .flatMap(List::stream)
        .filter(row -> !row.kind().equals(AuditRow.OUTCOME) || row.has(Outcome.GRANTED))
        .filter(row -> matching.isJudged(RecordedVend.at(row)))
        .sorted(
            Comparator.comparing(AuditRow::at)
                .thenComparing(AuditRow::vendId)
                .thenComparing(AuditRow::kind))
        .toList();
  }

  /** Reads the rows of the period and around it; false if there are too many. */
  private boolean readAround(Period period, Map<String, List<AuditRow>> rows)
      throws AuditException {
    return walk.walk(
            new AuditKey.Hours(),
            period.extendedBy(RecordedVend.FAR),
            BOUNDS,
            slice -> {
              slice.rows().stream()
                  .filter(row -> KINDS.contains(row.kind()))
                  .forEach(
                      row -> rows.computeIfAbsent(row.vendId(), id -> new ArrayList<>()).add(row));
              return null;
            })
        == null;
  }

  /** Whether every row of a vend was read. */
  private static boolean isWhole(List<AuditRow> ofVend) {
    RecordedVend vend = new RecordedVend(ofVend);
    AuditRow outcome = vend.row(AuditRow.OUTCOME);
    // A denied vend has no intent: STS was not called.
    return (outcome != null && outcome.has(Outcome.DENIED))
        || (vend.row(AuditRow.INTENT) != null
            && (outcome != null || vend.row(AuditRow.PROBE) != null));
  }

  /** Looks up vends that a call names or of which some rows were not read. */
  private void lookUp(List<AssumeRoleCall> calls, Map<String, List<AuditRow>> rows)
      throws AuditException {
    Set<String> wanted = new LinkedHashSet<>(rows.keySet());
    calls.stream().map(AssumeRoleCall::vendId).filter(Objects::nonNull).forEach(wanted::add);
    wanted.removeIf(vendId -> isWhole(rows.getOrDefault(vendId, List.of())));
    List<String> ids = List.copyOf(wanted);
    for (int i = 0; i < ids.size(); i += AuditRows.MAX_VENDS) {
      int end = Math.min(i + AuditRows.MAX_VENDS, ids.size());
      rows.putAll(auditRows.ofVends(ids.subList(i, end), KINDS));
    }
  }
}
