package vended.admin.change;

import java.time.Duration;
import java.util.random.RandomGenerator;
import vended.probe.Pause;

/**
 * How long a change that was throttled waits before its next attempt: up to 100 ms, and each time
 * up to twice as long, at most 800 ms. The time is random, so that changes that were throttled
 * together don't come back together.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html#Programming.Errors.RetryAndBackoff">DynamoDB,
 *     error retries and exponential backoff</a>
 */
public record Backoff(Pause pause, RandomGenerator random) {
  private static final int FIRST_MILLIS = 100;
  private static final int MAX_DOUBLINGS = 3;

  /**
   * Waits.
   *
   * @param times how often the change was throttled before
   */
  void afterThrottling(int times) {
    int most = FIRST_MILLIS << Math.min(times, MAX_DOUBLINGS);
    pause.pause(Duration.ofMillis(random.nextInt(1, most + 1)));
  }
}
