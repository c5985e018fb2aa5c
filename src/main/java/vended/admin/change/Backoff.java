package vended.admin.change;

import java.time.Duration;
import java.util.random.RandomGenerator;
import vended.probe.Pause;

/**
 * How long a change waits before its next attempt if it was throttled, or another transaction had
 * its row: up to 100 ms, and each time up to twice as long, at most 800 ms. The time is random, so
 * that changes that failed together don't come back together.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html#Programming.Errors.RetryAndBackoff">DynamoDB,
 *     error retries and exponential backoff</a>
 */
public record Backoff(Pause pauser, RandomGenerator random) {
  private static final int FIRST_MILLIS = 100;
  private static final int MAX_DOUBLINGS = 3;

  /**
   * Waits.
   *
   * @param times how often the change has waited before
   */
  void pause(int times) {
    int most = FIRST_MILLIS << Math.min(times, MAX_DOUBLINGS);
    pauser.pause(Duration.ofMillis(random.nextInt(1, most + 1)));
  }
}
