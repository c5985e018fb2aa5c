package vended.admin.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.allowlist.AllowListException;
import vended.allowlist.InMemoryEditor;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.audit.ChangeRecord;
import vended.audit.ChangeRecord.Subject;
import vended.audit.Reason;
import vended.audit.Trace;

/** Records before and after each change, and changes that meet others, or a table without room. */
class AuditedChangesTest {
  private static final Subject SUBJECT =
      new Subject("clients/suspend", "vending", null, null, null, null, null);

  private final Desk desk = new Desk();
  private final Trace trace = desk.trace();
  private int drafted;

  private static Draft.Ready<String> draft(Subject subject) {
    return new Draft.Ready<>(
        subject,
        new Change.PutSwitch(
            new Expected.Absent(), Stored.made(new Vending(true, 1), "2026-03-01T12:00:00Z", "x")),
        "done");
  }

  private AdminResult<String> make() {
    return desk.changes().make(trace, draft(SUBJECT));
  }

  /** Each draft has its number as what was there before. */
  private AdminResult<String> insist() {
    return desk.changes().insist(trace, () -> draft(numbered(++drafted)));
  }

  private static Subject numbered(int number) {
    return new Subject("clients/suspend", "vending", null, null, null, "" + number, null);
  }

  private void meeting(int times, InMemoryEditor.Write what) {
    for (int i = 0; i < times; i++) {
      desk.list().writing(what);
    }
  }

  private void meeting(int times, Change.Made what) {
    meeting(times, (change, list) -> what);
  }

  @Test
  void theIntentIsRecordedBeforeTheChange_AndTheOutcomeAfter() {
    List<Integer> records = new ArrayList<>();
    meeting(
        1,
        (change, list) -> {
          records.add(desk.records().size());
          return list.write(change);
        });

    assertThat(make()).isEqualTo(new AdminResult.Done<>("done", true));

    assertThat(records).containsExactly(1);
    assertThat(desk.audit()).containsExactly("admin clients/suspend", "made clients/suspend");
    assertThat(desk.records().getFirst())
        .isEqualTo(new ChangeRecord(trace, Desk.START, SUBJECT, null));
  }

  @Test
  void withoutItsRecordNothingIsChanged() {
    desk.failingRecords(1);

    assertThat(make()).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.list().made()).isZero();
  }

  @Test
  void aChangeWhoseOutcomeIsNotRecordedIsUnsure() {
    desk.failingRecords(2);

    assertThat(make()).isEqualTo(new AdminResult.Unsure<>());
    assertThat(desk.list().made()).isEqualTo(1);
  }

  @Test
  void aThrottledChangeIsMadeLater_UnderOneRecord() {
    meeting(6, new Change.Throttled());

    assertThat(make()).isEqualTo(new AdminResult.Done<>("done", true));

    assertThat(desk.pauses()).hasSize(6);
    assertThat(desk.audit()).containsExactly("admin clients/suspend", "made clients/suspend");
  }

  @Test
  void aChangeThatStaysThrottledWasNotMade() {
    meeting(1_000, new Change.Throttled());

    assertThat(make()).isEqualTo(new AdminResult.Unavailable<>());

    assertThat(desk.audit()).endsWith("denied clients/suspend allow_list_unavailable");
    List<Duration> pauses = desk.pauses();
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5800));
  }

  /** Random, so that changes that were throttled together don't come back together. */
  private record Extreme(boolean largest) implements RandomGenerator {
    @Override
    public long nextLong() {
      throw new AssertionError("nobody asks for one");
    }

    @Override
    public int nextInt(int origin, int bound) {
      return largest ? bound - 1 : origin;
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 100 200 400 800 800", "false, 1 1 1 1 1"})
  void eachPauseMayBeTwiceAsLongAsTheOneBefore_UpToALimit(boolean largest, String millis) {
    List<Duration> pauses = new ArrayList<>();
    Backoff backoff = new Backoff(pauses::add, new Extreme(largest));
    for (int times = 0; times < 5; times++) {
      backoff.pause(times);
    }

    assertThat(pauses)
        .extracting(Duration::toMillis)
        .extracting(String::valueOf)
        .containsExactly(millis.split(" ", -1));
  }

  @Test
  void aConflictIsToldToWhoeverNamedAVersion() {
    meeting(1, new Change.Conflict(7));

    assertThat(make()).isEqualTo(new AdminResult.Conflict<>(7));
    assertThat(desk.audit())
        .containsExactly("admin clients/suspend", "denied clients/suspend version_conflict");
    assertThat(desk.list().made()).isEqualTo(1);
  }

  @Test
  void aConflictWhoseRecordIsLostIsUnavailable() {
    meeting(1, new Change.Conflict(7));
    desk.failingRecords(2);

    assertThat(make()).isEqualTo(new AdminResult.Unavailable<>());
  }

  @Test
  void whoInsistsDraftsAgainAtOnce_SinceWhoeverCameFirstIsDone() {
    meeting(15, new Change.Conflict(7));

    assertThat(insist()).isEqualTo(new AdminResult.Done<>("done", true));

    assertThat(drafted).isEqualTo(16);
    assertThat(desk.pauses()).isEmpty();
    assertThat(desk.audit()).containsExactly("admin clients/suspend", "made clients/suspend");
    assertThat(desk.records().getFirst().subject()).isEqualTo(numbered(1));
    assertThat(desk.records().getLast().subject()).isEqualTo(numbered(16));
  }

  @Test
  void aChangeOfARowThatAnotherTransactionHasWaitsBeforeItIsTriedAgain() {
    meeting(6, new Change.Busy());

    assertThat(insist()).isEqualTo(new AdminResult.Done<>("done", true));

    assertThat(drafted).isEqualTo(7);
    assertThat(desk.pauses()).hasSize(6).doesNotHaveDuplicates();
    assertThat(desk.pauses().getFirst()).isLessThanOrEqualTo(Duration.ofMillis(100));
    assertThat(desk.audit()).containsExactly("admin clients/suspend", "made clients/suspend");
  }

  @Test
  void whoInsistsGivesUpAfterSixteenTries() {
    meeting(16, new Change.Conflict(7));
    assertThat(insist()).isEqualTo(new AdminResult.Conflict<>(7));
    assertThat(drafted).isEqualTo(16);
  }

  @Test
  void aRowThatStaysBusyIsUnavailable() {
    meeting(16, new Change.Busy());

    assertThat(insist()).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.pauses()).hasSizeBetween(8, 15);
    assertThat(desk.audit()).endsWith("denied clients/suspend allow_list_unavailable");
  }

  @Test
  void aSingleTryOfABusyRowIsUnavailable() {
    meeting(1, new Change.Busy());

    assertThat(make()).isEqualTo(new AdminResult.Unavailable<>());
  }

  /** Attempts start for five seconds, whatever they meet. */
  @ParameterizedTest
  @CsvSource({"4999, 3", "5000, 2", "5001, 2"})
  void noTryStartsLate(long millis, int tries) {
    for (Change.Made met : List.of(new Change.Conflict(7), new Change.Busy())) {
      Desk late = new Desk();
      late.list().writing((change, list) -> new Change.Conflict(7));
      late.list()
          .writing(
              (change, list) -> {
                late.clock().advance(Duration.ofMillis(millis));
                return met;
              });
      late.changes().insist(late.trace(), () -> draft(SUBJECT));
      assertThat(late.list().made()).isEqualTo(tries);
    }
  }

  @Test
  void afterFiveSecondsAThrottledChangeIsNotTriedAgain() {
    meeting(
        1,
        (change, list) -> {
          desk.clock().advance(Duration.ofSeconds(5));
          return new Change.Throttled();
        });

    assertThat(make()).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.pauses()).isEmpty();
  }

  @Test
  void throttledTriesDoNotCount() {
    meeting(6, new Change.Throttled());
    meeting(15, new Change.Conflict(7));

    assertThat(insist()).isEqualTo(new AdminResult.Done<>("done", true));
    assertThat(desk.list().made()).isEqualTo(22);
  }

  @Test
  void aChangeThatMayStandIsRecordedAsFailed_AndUnsure() {
    meeting(
        1,
        (change, list) -> {
          throw new AllowListException("no answer", null);
        });

    assertThat(insist()).isEqualTo(new AdminResult.Unsure<>());
    assertThat(drafted).isEqualTo(1);
    assertThat(desk.audit())
        .containsExactly("admin clients/suspend", "failed clients/suspend allow_list_unavailable");
  }

  @Test
  void anExternalIdThatIsTakenRefuses() {
    meeting(1, new Change.ExternalIdTaken());

    assertThat(make()).isEqualTo(new AdminResult.Refused<>(Refusal.EXTERNAL_ID_TAKEN));
    assertThat(desk.audit()).endsWith("denied clients/suspend external_id_taken");
  }

  @Test
  void aDraftCanRefuseOrBeStale_AtOnce() {
    Draft.Refused<String> refused = new Draft.Refused<>(SUBJECT, Refusal.NO_CLIENT);
    assertThat(desk.changes().insist(desk.trace(), () -> refused))
        .isEqualTo(new AdminResult.Refused<>(Refusal.NO_CLIENT));
    Draft.Stale<String> stale = new Draft.Stale<>(SUBJECT, 3);
    assertThat(desk.changes().insist(desk.trace(), () -> stale))
        .isEqualTo(new AdminResult.Conflict<>(3));

    assertThat(desk.audit())
        .containsExactly(
            "denied clients/suspend no_client", "denied clients/suspend version_conflict");
    assertThat(desk.list().made()).isZero();
  }

  @Test
  void aDraftCanRefuseAfterAConflict() {
    meeting(1, new Change.Conflict(7));
    Draft<String> first = draft(SUBJECT);
    Draft<String> later = new Draft.Refused<>(SUBJECT, Refusal.NO_CLIENT);

    assertThat(desk.changes().insist(trace, () -> drafted++ == 0 ? first : later))
        .isEqualTo(new AdminResult.Refused<>(Refusal.NO_CLIENT));
    assertThat(desk.audit())
        .containsExactly("admin clients/suspend", "denied clients/suspend no_client");
  }

  @Test
  void aRowThatCannotBeReadIsUnavailable_BeforeAndAfterAConflict() {
    assertThat(
            desk.changes()
                .<String>insist(
                    trace,
                    () -> {
                      throw new AllowListException("unavailable", null);
                    }))
        .isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.records()).isEmpty();

    meeting(1, new Change.Conflict(7));
    assertThat(
            desk.changes()
                .insist(
                    trace,
                    () -> {
                      if (drafted++ > 0) {
                        throw new AllowListException("unavailable", null);
                      }
                      return draft(SUBJECT);
                    }))
        .isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.audit())
        .containsExactly("admin clients/suspend", "denied clients/suspend allow_list_unavailable");
  }

  @Test
  void anIdentityIsRefusedWithItsRecord() {
    AdminResult<String> result =
        desk.changes().forbid(trace, "grants/put", Reason.ALLOW_LIST_UNAVAILABLE);

    assertThat(result).isEqualTo(new AdminResult.Forbidden<>());
    assertThat(desk.audit()).containsExactly("denied grants/put allow_list_unavailable");
    desk.failingRecords(1);
    assertThat(desk.changes().<String>forbid(desk.trace(), "grants/put", Reason.NO_GRANT))
        .isEqualTo(new AdminResult.Unavailable<>());
  }

  @Test
  void aResultKeepsWhatItIsWithAnotherValue() {
    Map<AdminResult<String>, AdminResult<Integer>> results =
        Map.of(
            new AdminResult.Done<>("four", true), new AdminResult.Done<>(4, true),
            new AdminResult.Done<>("four"), new AdminResult.Done<>(4),
            new AdminResult.Invalid<>(List.of()), new AdminResult.Invalid<>(List.of()),
            new AdminResult.Conflict<>(2), new AdminResult.Conflict<>(2),
            new AdminResult.Refused<>(Refusal.NO_GRANT),
                new AdminResult.Refused<>(Refusal.NO_GRANT),
            new AdminResult.Forbidden<>(), new AdminResult.Forbidden<>(),
            new AdminResult.Unavailable<>(), new AdminResult.Unavailable<>(),
            new AdminResult.Unsure<>(), new AdminResult.Unsure<>());

    results.forEach((one, other) -> assertThat(one.map(String::length)).isEqualTo(other));
  }

  @Test
  void theReasonsAreAClosedSet() {
    assertThat(AdminReasons.codes())
        .contains(
            "version_conflict",
            "allow_list_unavailable",
            "external_id_taken",
            "grants_left",
            "identity_root")
        .hasSizeBetween(20, 40);
  }
}
