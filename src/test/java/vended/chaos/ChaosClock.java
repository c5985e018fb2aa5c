package vended.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import vended.probe.Pause;

/**
 * A clock that starts each case at the same minute of an hour, since how many calls a look at the
 * audit takes depends on it. It is put forward where the service would wait.
 */
final class ChaosClock extends Clock implements Pause {
  private static final Duration INTO_THE_HOUR = Duration.ofMinutes(35);

  private volatile Duration ahead = Duration.ZERO;

  void reset() {
    Instant now = Instant.now();
    ahead = Duration.between(now, now.truncatedTo(ChronoUnit.HOURS).plus(INTO_THE_HOUR));
  }

  @Override
  public synchronized void pause(Duration duration) {
    ahead = ahead.plus(duration);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the service has no zones");
  }
}
