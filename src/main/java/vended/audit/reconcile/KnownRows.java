package vended.audit.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import vended.audit.AuditException;
import vended.audit.Outcome;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.Period;

/** The rows of vends and probes that one reconciliation has read. Not thread-safe. */
final class KnownRows {
  /**
   * Fifty vends a second are 6,000 rows a minute. With the attributes below, a row takes about 1.5
   * KB, so this is 150 MB.
   */
  private static final int MAX_ROWS = 100_000;

  /** Of the function's 28 s: for the period, and twice for what is around it. */
  private static final Duration MAX_TIME = Duration.ofSeconds(20);

  /** All that is compared. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          """
          roleArn sessionName accessKeyId outcome durationSeconds policySha256
          withExternalId withoutExternalId withWrongExternalId withOtherExternalId\
          """
              .split("\\s+"));

  private static final Set<String> KINDS =
      Set.of(AuditRow.INTENT, AuditRow.OUTCOME, AuditRow.PROBE);

  private final AuditRows auditRows;
  private final AuditSweep sweep;
  private final Clock clock;
  private final Instant end;
  private int read;
  private final Map<String, List<AuditRow>> byVend = new HashMap<>();

  /** The vends of which every row was looked up. */
  private final Set<String> lookedUp = new LinkedHashSet<>();

  KnownRows(AuditRows auditRows, AuditSweep sweep, Clock clock) {
    this.auditRows = auditRows;
    this.sweep = sweep;
    this.clock = clock;
    this.end = clock.instant().plus(MAX_TIME);
  }

  Map<String, List<AuditRow>> byVend() {
    return byVend;
  }

  /**
   * Reads the rows of a period.
   *
   * @return false if there are too many, with those of periods that were read before
   * @throws AuditException if they could not be read
   */
  boolean read(Period period) throws AuditException {
    return sweep.sweep(
            period,
            ATTRIBUTES,
            null,
            (rows, next) -> {
              rows.stream().filter(row -> KINDS.contains(row.kind())).forEach(this::add);
              read += rows.size();
              return read <= MAX_ROWS && clock.instant().isBefore(end);
            })
        == null;
  }

  private void add(AuditRow row) {
    if (!lookedUp.contains(row.vendId())) {
      byVend.computeIfAbsent(row.vendId(), id -> new ArrayList<>()).add(row);
    }
  }

  /**
   * Looks up the vends that a call names or of which some rows were not read.
   *
   * @throws AuditException if they could not be read
   */
  void lookUp(Collection<AssumeRoleCall> calls) throws AuditException {
    Set<String> wanted = new LinkedHashSet<>(byVend.keySet());
    calls.stream().map(AssumeRoleCall::vendId).filter(Objects::nonNull).forEach(wanted::add);
    wanted.removeIf(
        vendId -> lookedUp.contains(vendId) || isWhole(byVend.getOrDefault(vendId, List.of())));
    lookedUp.addAll(wanted);
    List<String> ids = List.copyOf(wanted);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Map<String, List<AuditRow>>>> parts = new ArrayList<>();
      for (int i = 0; i < ids.size(); i += AuditRows.MAX_VENDS) {
        List<String> part = ids.subList(i, Math.min(i + AuditRows.MAX_VENDS, ids.size()));
        parts.add(executor.submit(() -> auditRows.ofVends(part, KINDS)));
      }
      for (Future<Map<String, List<AuditRow>>> part : parts) {
        byVend.putAll(await(part));
      }
    }
  }

  private static Map<String, List<AuditRow>> await(Future<Map<String, List<AuditRow>>> part)
      throws AuditException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AuditException cause
          ? cause
          : new AuditException("rows of the audit could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("rows of the audit were not read to their end", e);
    }
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
}
