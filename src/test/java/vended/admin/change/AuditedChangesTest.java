package vended.admin.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.GrantSlot;
import vended.audit.ChangeRecord;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.audit.ChangeRecord.Result;
import vended.audit.ChangeRecord.Subject;
import vended.audit.InMemoryAuditLog;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.clock.SettableClock;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.probe.Pause;

/** Changes of a table that has no capacity, or that others are changing. */
class AuditedChangesTest {
  private static final Trace TRACE =
      new Trace(
          new VendId("01KG9VQ9E0TSV4RRFFQ69G5FAV"),
          new Requester(
              "arn:aws:iam::111122223333:user/admin", null, null, null, null, null, null, null));
  private static final Draft.Ready<String> DRAFT =
      new Draft.Ready<>(
          new Subject("clients/suspend", "vending", null, null, null, null, null),
          new Change.PutSwitch(
              new Change.Expected.Absent(),
              Stored.made(new Vending(true, 1), "2026-03-01T12:00:00Z", "x")),
          "done");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final List<Duration> pauses = new ArrayList<>();
  private final InMemoryAuditLog log = new InMemoryAuditLog();

  /** A table that does not take its first writes, and takes the next. */
  private static final class BusyTable implements AllowListEditor {
    private final Change.Made refusal;
    private int refusals;

    BusyTable(Change.Made refusal, int refusals) {
      this.refusal = refusal;
      this.refusals = refusals;
    }

    @Override
    public Change.Made make(Change change) {
      return refusals-- > 0 ? refusal : new Change.Done();
    }

    @Override
    public Row<Stored<Client>> client(String account) {
      throw new AssertionError("nothing is read");
    }

    @Override
    public Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) {
      throw new AssertionError("nothing is read");
    }

    @Override
    public GrantSlot slot(CallerArn caller, RoleArn role) {
      throw new AssertionError("nothing is read");
    }

    @Override
    public long lastVersion(String account) {
      throw new AssertionError("nothing is read");
    }

    @Override
    public Row<Stored<Rotation>> rotation(String account) {
      throw new AssertionError("nothing is read");
    }

    @Override
    public String lastSuspension(String account) {
      throw new AssertionError("nothing is read");
    }

    @Override
    public Row<Stored<Hold>> hold(String account) {
      throw new AssertionError();
    }

    @Override
    public Row<Stored<Vending>> vendingSwitch() {
      throw new AssertionError("nothing is read");
    }
  }

  private AdminResult<String> make(int throttles) {
    return changes(new Change.Throttled(), throttles).make(TRACE, DRAFT);
  }

  private AuditedChanges changes(Change.Made refusal, int refusals) {
    Pause pause =
        duration -> {
          pauses.add(duration);
          clock.advance(duration);
        };
    Backoff backoff = new Backoff(pause, new Random(1));
    return new AuditedChanges(new BusyTable(refusal, refusals), log, clock, backoff);
  }

  private List<Result> results() {
    return log.records().stream()
        .filter(stored -> stored.kind() == ChangeRecord.Kind.ADMIN_OUTCOME)
        .map(stored -> ((ChangeRecord) stored).result())
        .toList();
  }

  @Test
  void aThrottledChangeIsMadeLater_UnderOneRecord() {
    assertThat(make(6)).isEqualTo(new AdminResult.Done<>("done", true));

    assertThat(pauses).hasSize(6);
    assertThat(log.records()).hasSize(2);
    assertThat(results()).containsExactly(new Result(ChangeOutcome.MADE, null));
  }

  @Test
  void aChangeThatStaysThrottledWasNotMade() {
    assertThat(make(1_000_000)).isEqualTo(new AdminResult.Unavailable<>());

    assertThat(results())
        .containsExactly(new Result(ChangeOutcome.DENIED, AdminReasons.ALLOW_LIST_UNAVAILABLE));
    assertThat(pauses).allMatch(pause -> pause.toMillis() <= 800);
    assertThat(pauses.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(100));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5800));
  }

  @Test
  void aChangeOfARowThatAnotherTransactionHasWaitsBeforeItIsTriedAgain() {
    assertThat(changes(new Change.Busy(), 6).insist(TRACE, () -> DRAFT))
        .isEqualTo(new AdminResult.Done<>("done", true));

    assertThat(pauses).hasSize(6).doesNotHaveDuplicates();
    assertThat(pauses.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(100));
    assertThat(log.records()).hasSize(2);
  }

  @Test
  void aRowThatStaysBusyIsGivenUpAfterSixteenTries() {
    assertThat(changes(new Change.Busy(), 1_000_000).insist(TRACE, () -> DRAFT))
        .isEqualTo(new AdminResult.Unavailable<>());

    assertThat(pauses).hasSizeBetween(8, 15).allMatch(pause -> pause.toMillis() <= 800);
    assertThat(results())
        .containsExactly(new Result(ChangeOutcome.DENIED, AdminReasons.ALLOW_LIST_UNAVAILABLE));
  }

  @Test
  void aConflictIsTriedAgainAtOnce_SinceWhoeverCameFirstIsDone() {
    assertThat(changes(new Change.Conflict(2), 6).insist(TRACE, () -> DRAFT))
        .isEqualTo(new AdminResult.Done<>("done", true));

    assertThat(pauses).isEmpty();
  }
}
