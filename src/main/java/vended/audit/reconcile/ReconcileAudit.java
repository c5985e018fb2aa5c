package vended.audit.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.Outcome;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditWalk;
import vended.audit.query.Period;

/** Compares what CloudTrail says of the vendor role with what the audit says. */
public final class ReconcileAudit {
  /** The most events of one call. */
  public static final int MAX_EVENTS = 1000;

  /** The longest period of one call: 25 hours of shards are 200 queries. */
  public static final Duration MAX_PERIOD = Duration.ofHours(24);

  /** How late CloudTrail may be: about 5 minutes on average, and AWS promises nothing. */
  private static final Duration DELIVERY = Duration.ofMinutes(15);

  /** As many rows as thousand events have, and room for those that have none. */
  private static final AuditWalk.Bounds BOUNDS =
      new AuditWalk.Bounds(5000, 60, Duration.ofSeconds(8));

  private static final Set<String> KINDS =
      Set.of(AuditRow.INTENT, AuditRow.OUTCOME, AuditRow.PROBE);

  private final AuditRows auditRows;
  private final AuditWalk walk;
  private final Clock clock;
  private final VendorRole vendorRole;

  /** Of the rows of an audit, and of who is to be found in CloudTrail. */
  public ReconcileAudit(AuditRows auditRows, Clock clock, VendorRole vendorRole) {
    this.auditRows = auditRows;
    this.walk = new AuditWalk(auditRows, clock);
    this.clock = clock;
    this.vendorRole = vendorRole;
  }

  /**
   * Judges the events and the records of a period.
   *
   * @param period what is judged, {@link #MAX_PERIOD} at most
   * @param events from the period and from some minutes around it, which explain what is at its
   *     edges; {@link #MAX_EVENTS} at most
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
    Instant now = clock.instant();
    Map<String, RecordedVend> vends = new HashMap<>();
    rows.forEach((vendId, ofVend) -> vends.put(vendId, new RecordedVend(ofVend)));
    Matching matching = new Matching(period, now, calls, vends);
    int unreadable = findings.size();
    Map<AssumeRoleCall.Identity, Boolean> isExplained = new HashMap<>();
    for (AssumeRoleCall call : matching.judgedCalls()) {
      Finding finding = matching.of(call);
      isExplained.put(call.identity(), finding == null);
      add(findings, finding);
    }
    int records = 0;
    for (AuditRow row : judgedRows(matching, rows)) {
      records++;
      add(findings, matching.of(row));
    }
    List<Boolean> judged =
        calls.stream()
            .map(AssumeRoleCall::identity)
            .filter(isExplained::containsKey)
            .map(isExplained::get)
            .toList();
    return new Reconciliation.Judged(
        judged.size() + unreadable,
        ignored,
        records,
        Collections.frequency(judged, true),
        findings,
        !period.until().isAfter(now.minus(DELIVERY)));
  }

  private static void add(List<Finding> findings, @Nullable Finding finding) {
    if (finding != null) {
      findings.add(finding);
    }
  }

  /** The rows of the period that say, or may say, that STS issued credentials; in their order. */
  private static List<AuditRow> judgedRows(Matching matching, Map<String, List<AuditRow>> rows) {
    return rows.values().stream()
        .flatMap(List::stream)
        .filter(row -> !row.kind().equals(AuditRow.OUTCOME) || RecordedVend.isGranted(row))
        .filter(row -> matching.isJudged(RecordedVend.at(row)))
        .sorted(
            Comparator.comparing(AuditRow::at)
                .thenComparing(AuditRow::vendId)
                .thenComparing(AuditRow::kind))
        .toList();
  }

  /** Reads the rows of the period, and of what is near to it. */
  private boolean readAround(Period period, Map<String, List<AuditRow>> rows)
      throws AuditException {
    Instant since = period.since().minus(RecordedVend.FAR);
    Instant until = period.until().plus(RecordedVend.FAR);
    Period around =
        new Period(
            since.isBefore(Period.FIRST) ? Period.FIRST : since,
            until.isAfter(Period.END) ? Period.END : until);
    return walk.walk(
            new AuditKey.Hours(),
            around,
            null,
            AuditRows.MAX_STEP,
            BOUNDS,
            slice -> {
              slice.rows().stream()
                  .filter(row -> KINDS.contains(row.kind()))
                  .forEach(row -> of(rows, row.vendId()).add(row));
              return null;
            })
        == null;
  }

  private static List<AuditRow> of(Map<String, List<AuditRow>> rows, String vendId) {
    return rows.computeIfAbsent(vendId, id -> new ArrayList<>());
  }

  /** Whether nothing is left to be read of a vend. */
  private static boolean isWhole(List<AuditRow> ofVend) {
    RecordedVend vend = new RecordedVend(ofVend);
    AuditRow outcome = vend.row(AuditRow.OUTCOME);
    // Who is denied has no intent: STS was not asked.
    return (outcome != null && Outcome.DENIED.code().equals(outcome.text("outcome")))
        || (vend.row(AuditRow.INTENT) != null
            && (outcome != null || vend.row(AuditRow.PROBE) != null));
  }

  /** Vends that calls name, or that were begun, and of which not all was read. */
  private void lookUp(List<AssumeRoleCall> calls, Map<String, List<AuditRow>> rows)
      throws AuditException {
    Set<String> wanted = new LinkedHashSet<>();
    calls.forEach(
        call -> {
          String vendId = call.vendId();
          if (vendId != null) {
            wanted.add(vendId);
          }
        });
    wanted.addAll(rows.keySet());
    wanted.removeIf(vendId -> isWhole(rows.getOrDefault(vendId, List.of())));
    List<String> ids = List.copyOf(wanted);
    for (int i = 0; i < ids.size(); i += AuditRows.MAX_VENDS) {
      int end = Math.min(i + AuditRows.MAX_VENDS, ids.size());
      rows.putAll(auditRows.ofVends(ids.subList(i, end), KINDS));
    }
  }
}
