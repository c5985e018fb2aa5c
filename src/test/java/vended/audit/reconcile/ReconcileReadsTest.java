package vended.audit.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vended.audit.reconcile.Hour.KEY;
import static vended.audit.reconcile.Hour.PERIOD;
import static vended.audit.reconcile.Hour.ROLE;
import static vended.audit.reconcile.Hour.VEND;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.Trail;
import vended.audit.AuditException;
import vended.audit.VendId;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.MemoryAudit;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;
import vended.clock.SettableClock;

/** What a reconciliation reads of the audit, and how much. */
class ReconcileReadsTest {
  private final Hour hour = new Hour();
  private final List<Period> swept = new ArrayList<>();
  private final Set<String> lookedUp = new TreeSet<>();
  private final List<Integer> parts = new ArrayList<>();

  /** An audit that notes what it is asked. */
  private final class Noted implements AuditRows, AuditSweep {
    private final MemoryAudit audit = hour.audit();

    @Override
    public Slice read(AuditKey key, Period period, @Nullable Position from, int limit) {
      throw new AssertionError("reconciling reads no index");
    }

    @Override
    public synchronized Map<String, List<AuditRow>> ofVends(
        Collection<String> vendIds, Set<String> kinds) throws AuditException {
      assertThat(kinds).containsExactlyInAnyOrder("intent", "outcome", "probe");
      assertThat(lookedUp).doesNotContainAnyElementsOf(vendIds);
      lookedUp.addAll(vendIds);
      parts.add(vendIds.size());
      return audit.ofVends(vendIds, kinds);
    }

    @Override
    public @Nullable Place sweep(
        Period period, Set<String> attributes, @Nullable Place from, Visitor visitor)
        throws AuditException {
      swept.add(period);
      return audit.sweep(period, attributes, from, visitor);
    }
  }

  private Reconciliation reconcile(Period period, List<?> events) throws AuditException {
    Noted audit = new Noted();
    Clock clock = Clock.fixed(hour.now, ZoneOffset.UTC);
    return new ReconcileAudit(audit, audit, clock, Hour.VENDOR).reconcile(period, events);
  }

  private Reconciliation.Judged judged(Object... events) throws AuditException {
    return (Reconciliation.Judged) reconcile(PERIOD, List.of(events));
  }

  @Test
  void aVendOfWhichAllRowsWereReadIsNotLookedUp() throws Exception {
    hour.granted();
    hour.row("01KJKMQXKBTSV4RRFFQ69G5FA1", AuditRow.INTENT, hour.at, Map.of());
    hour.row("01KJKMQXKBTSV4RRFFQ69G5FA1", AuditRow.PROBE, hour.at, Map.of());
    hour.row("01KJKMQXKBTSV4RRFFQ69G5FA2", AuditRow.OUTCOME, hour.at, Map.of("outcome", "denied"));
    hour.row("01KJKMQXKBTSV4RRFFQ69G5FA3", AuditRow.ADMIN, hour.at, Map.of());

    judged(hour.issued(KEY));

    assertThat(lookedUp).isEmpty();
    assertThat(swept).containsExactly(PERIOD);
  }

  @ParameterizedTest
  @CsvSource({"intent, granted", "outcome, granted", "outcome, failed", "probe, none"})
  void aVendOfWhichARowMayBeMissingIsLookedUp(String kind, String outcome) throws Exception {
    hour.row(VEND, kind, hour.at, Map.of("outcome", outcome));

    judged();

    assertThat(lookedUp).containsExactly(VEND);
  }

  @Test
  void aVendThatACallNamesIsLookedUp() throws Exception {
    hour.at = Hour.START.minusSeconds(30);
    hour.granted();

    assertThat(judged(Hour.at(Hour.START, hour.issued(KEY))).findings()).isEmpty();
    assertThat(lookedUp).containsExactly(VEND);
    assertThat(judged(Trail.nameless(hour.at, ROLE)).findings()).isEmpty();
  }

  @Test
  void manyVendsAreLookedUpInParts() throws Exception {
    var ids = VendId.source(Clock.fixed(hour.at, ZoneOffset.UTC), new Random(1));
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < 1001; i++) {
      events.add(Trail.issued(hour.at, ROLE, "Builder@" + ids.get(), "ASIA" + i));
    }

    var judged = (Reconciliation.Judged) reconcile(PERIOD, events);

    assertThat(judged.findings()).hasSize(1001);
    assertThat(parts).containsExactlyInAnyOrder(500, 500, 1);
  }

  @ParameterizedTest
  @CsvSource({"5, 1, false", "10, 1, false", "11, 2, false", "120, 2, false", "121, 2, true"})
  void aRefusalWithoutParametersIsExplainedByVendsAroundThePeriod(
      int seconds, int margins, boolean isFound) throws Exception {
    Instant last = PERIOD.until().minusMillis(1);
    for (Instant call : List.of(PERIOD.since(), last)) {
      Instant vend = call.equals(last) ? call.plusSeconds(seconds) : call.minusSeconds(seconds);
      ReconcileReadsTest reads = new ReconcileReadsTest();
      reads.hour.at = vend;
      reads.hour.intent().row(VEND, AuditRow.OUTCOME, vend, Map.of("outcome", "failed"));

      assertThat(Hour.kinds(reads.judged(Hour.at(call, Trail.nameless(call, ROLE)))))
          .isEqualTo(isFound ? List.of("event_without_record") : List.of());
      assertThat(reads.swept).hasSize(1 + 2 * margins);
    }
  }

  @Test
  void whatIsAroundThePeriodIsReadOnce() throws Exception {
    var event = Trail.nameless(Hour.START.plusSeconds(5), ROLE);
    judged(event, Trail.nameless(Hour.START.plusSeconds(3595), ROLE));

    assertThat(swept)
        .containsExactly(
            PERIOD,
            new Period(Hour.START.minusSeconds(5), Hour.START),
            new Period(PERIOD.until(), PERIOD.until().plusSeconds(5).plusMillis(1)),
            new Period(Hour.START.minusSeconds(115), Hour.START.minusSeconds(5)),
            new Period(
                PERIOD.until().plusSeconds(5).plusMillis(1),
                PERIOD.until().plusSeconds(115).plusMillis(1)));
  }

  @Test
  void aRefusalOutsideOfThePeriodIsNotLookedInto() throws Exception {
    judged(Trail.nameless(Hour.START.minusSeconds(1), ROLE), Trail.nameless(PERIOD.until(), ROLE));

    assertThat(swept).containsExactly(PERIOD);
  }

  @Test
  void noTimeIsReadBeforeTheFirstOrAfterTheLast() throws Exception {
    Period first = new Period(Period.FIRST, Period.FIRST.plusSeconds(60));
    reconcile(first, List.of(Trail.nameless(Period.FIRST.plusSeconds(1), ROLE)));
    Period last = new Period(Period.END.minusSeconds(60), Period.END);
    reconcile(last, List.of(Trail.nameless(Period.END.minusSeconds(2), ROLE)));

    assertThat(swept).contains(new Period(Period.FIRST, Period.FIRST));
    assertThat(swept).contains(new Period(Period.END, Period.END));
  }

  /** Its intent alone could have met the refusal. */
  @Test
  void aVendAtTheEdgeOfWhatIsReadIsJudgedByAllOfItsRows() throws Exception {
    hour.at = PERIOD.until().plusMillis(4500);
    hour.granted();

    assertThat(Hour.kinds(judged(Trail.nameless(PERIOD.until().minusSeconds(5), ROLE))))
        .containsExactly("event_without_record");
  }

  /** A vend across the edge is looked up first, and its outcome is read again with the margin. */
  @Test
  void aRowThatIsReadTwiceCountsOnce() throws Exception {
    hour.at = PERIOD.until().minusMillis(400);
    hour.granted();

    var judged =
        judged(
            Hour.at(PERIOD.until(), hour.issued(KEY)),
            Trail.nameless(PERIOD.until().minusSeconds(1), ROLE));

    assertThat(judged.records()).isEqualTo(2);
  }

  /** A sweep of so many rows, the last of them at some time. */
  private Reconciliation sweeping(int rows, Duration took, boolean stopsAtTheEnd)
      throws AuditException {
    SettableClock clock = new SettableClock(hour.now);
    AuditRow row = new AuditRow(VEND, AuditRow.ADMIN, "2026-03-01T10:00:00.000Z", 0, Map.of());
    AuditSweep sweep =
        (period, attributes, from, visitor) -> {
          clock.advance(took);
          AuditSweep.Place place = stopsAtTheEnd ? null : new AuditSweep.Place(Hour.START, 0, null);
          return visitor.take(Collections.nCopies(rows, row), place) ? null : place;
        };
    return new ReconcileAudit(new Noted(), sweep, clock, Hour.VENDOR).reconcile(PERIOD, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "100000, 19999, false, false",
    "100001, 0, false, true",
    "0, 20000, false, true",
    "100001, 20000, true, false"
  })
  void tooManyRowsOrTooSlowOnesAreNotJudged(
      int rows, long millis, boolean stopsAtTheEnd, boolean tooMuch) throws Exception {
    assertThat(
            sweeping(rows, Duration.ofMillis(millis), stopsAtTheEnd)
                instanceof Reconciliation.TooMuch)
        .isEqualTo(tooMuch);
  }

  /** The rows of the margins count too. */
  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "0, false"})
  void tooMuchAroundThePeriodIsNotJudged(int which, boolean tooMuch) throws Exception {
    AuditRow row = new AuditRow(VEND, AuditRow.ADMIN, "2026-03-01T10:00:00.000Z", 0, Map.of());
    AuditSweep sweep =
        (period, attributes, from, visitor) -> {
          swept.add(period);
          AuditSweep.Place place = new AuditSweep.Place(Hour.START, 0, null);
          int rows = swept.size() - 1 == which ? 50_001 : swept.size() == 1 ? 50_000 : 0;
          return visitor.take(Collections.nCopies(rows, row), place) ? null : place;
        };
    Clock clock = Clock.fixed(hour.now, ZoneOffset.UTC);
    var reconcile = new ReconcileAudit(new Noted(), sweep, clock, Hour.VENDOR);

    assertThat(
            reconcile.reconcile(PERIOD, List.of(Trail.nameless(hour.at, ROLE)))
                instanceof Reconciliation.TooMuch)
        .isEqualTo(tooMuch);
  }

  @Test
  void moreFindingsThanAnAnswerHoldsAreTooMany() throws Exception {
    List<String> unreadable = Collections.nCopies(5000, "x");

    var judged = (Reconciliation.Judged) reconcile(PERIOD, unreadable);
    assertThat(judged.findings()).hasSize(5000);
    assertThat(judged.events()).isEqualTo(5000);
    assertThat(judged.matched()).isZero();
    hour.granted();
    assertThat(reconcile(PERIOD, unreadable)).isEqualTo(new Reconciliation.TooMuch());
  }

  @ParameterizedTest
  @CsvSource({"PT15M, true", "PT14M59.999S, false"})
  void theAnswerIsCompleteOnceCloudTrailHadTimeForAllEvents(Duration later, boolean complete)
      throws Exception {
    hour.now = PERIOD.until().plus(later);

    assertThat(judged().complete()).isEqualTo(complete);
  }

  /** An audit whose rows are found by nobody. */
  private Reconciliation failing(AuditRows rows) throws AuditException {
    Clock clock = Clock.fixed(hour.now, ZoneOffset.UTC);
    return new ReconcileAudit(rows, hour.audit(), clock, Hour.VENDOR)
        .reconcile(PERIOD, List.of(hour.issued(KEY)));
  }

  private abstract static class Unreadable implements AuditRows {
    @Override
    public Slice read(AuditKey key, Period period, @Nullable Position from, int limit) {
      throw new AssertionError("reconciling reads no index");
    }
  }

  @Test
  void whereTheAuditCannotBeReadNothingIsSaid() {
    AuditException cause = new AuditException("no rows", new IllegalStateException());
    assertThatThrownBy(
            () ->
                failing(
                    new Unreadable() {
                      @Override
                      public Map<String, List<AuditRow>> ofVends(
                          Collection<String> ids, Set<String> kinds) throws AuditException {
                        throw cause;
                      }
                    }))
        .isSameAs(cause);
    assertThatThrownBy(
            () ->
                failing(
                    new Unreadable() {
                      @Override
                      public Map<String, List<AuditRow>> ofVends(
                          Collection<String> ids, Set<String> kinds) {
                        throw new IllegalStateException("a defect");
                      }
                    }))
        .isInstanceOf(AuditException.class)
        .hasRootCauseMessage("a defect");
  }

  @Test
  void anInterruptionEndsTheReads() {
    CountDownLatch never = new CountDownLatch(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                failing(
                    new Unreadable() {
                      @Override
                      public Map<String, List<AuditRow>> ofVends(
                          Collection<String> ids, Set<String> kinds) throws AuditException {
                        try {
                          never.await();
                        } catch (InterruptedException e) {
                          throw new AuditException("interrupted", e);
                        }
                        return Map.of();
                      }
                    }))
        .isInstanceOf(AuditException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
