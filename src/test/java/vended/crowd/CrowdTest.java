package vended.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * {@code crowd.callers} callers with grants of their own for {@code crowd.minutes}, a tenth of the
 * functions' calls faulty, while administrators revoke, suspend and stop, and clients change their
 * trust policies. {@code ./mvnw -Pcrowd} has 500 callers for five minutes.
 */
class CrowdTest {
  private static final int CALLERS = Integer.getInteger("crowd.callers", 40);
  private static final Duration TIME =
      Duration.ofMillis(
          Math.round(60_000 * Double.parseDouble(System.getProperty("crowd.minutes", "0.05"))));

  /** From here on a growth would show. */
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void everyAnswerIsAsTheAllowListWas_AndEveryRecordIsOfAnAnswer() throws Exception {
    try (Crowd crowd = new Crowd(CALLERS)) {
      crowd.run(TIME.dividedBy(5));
      Gauge start = Gauge.read();
      crowd.run(TIME.dividedBy(5).multipliedBy(2));
      // Connections, threads and classes have come by now, however slow the machine is.
      Gauge middle = Gauge.read();
      crowd.run(TIME.dividedBy(5).multipliedBy(2));
      Gauge end = Gauge.read();
      crowd.ledger.close();
      print(crowd, start, middle, end);

      assertThat(crowd.findings.first()).isEmpty();
      assertThat(crowd.metrics.granted()).isEqualTo(crowd.vends.get()).isPositive();
      assertThat(crowd.refusals.get()).isPositive();
      if (TIME.compareTo(LONG) >= 0) {
        assertThat(end.megabytes()).isLessThan(middle.megabytes() + 32);
        assertThat(end.threads()).isLessThan(middle.threads() + 10);
        assertThat(end.files()).isLessThan(middle.files() + 50);
      }
    }
  }

  private static void print(Crowd crowd, Gauge start, Gauge middle, Gauge end) {
    System.out.printf(
        """
        crowd: callers %,d
        crowd: calls %,d
        crowd: vends %,d
        crowd: refusals %,d
        crowd: calls of DynamoDB and STS %,d
        crowd: faults injected %,d
        crowd: records %,d
        crowd: sessions that nobody received %,d
        crowd: revocations %,d
        crowd: suspensions %,d
        crowd: stops %,d
        crowd: drifts found %,d
        crowd: memory %,d MB, then %,d MB, then %,d MB
        crowd: threads %,d, then %,d, then %,d
        crowd: open files %,d, then %,d, then %,d
        crowd: seconds %,d
        crowd: findings %,d
        """,
        CALLERS,
        crowd.calls.get(),
        crowd.vends.get(),
        crowd.refusals.get(),
        crowd.faults.calls(),
        crowd.faults.injected(),
        crowd.ledger.records(),
        crowd.ledger.unreceived(),
        crowd.staff.revocations.get(),
        crowd.staff.suspensions.get(),
        crowd.staff.stops.get(),
        crowd.staff.drifts.get(),
        start.megabytes(),
        middle.megabytes(),
        end.megabytes(),
        start.threads(),
        middle.threads(),
        end.threads(),
        start.files(),
        middle.files(),
        end.files(),
        TIME.toSeconds(),
        crowd.findings.count());
  }
}
