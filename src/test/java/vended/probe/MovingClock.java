package vended.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock, put forward where the service would wait. */
final class MovingClock extends Clock implements Pause {
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public synchronized void pause(Duration duration) {
    ahead = ahead.plus(duration);
  }

  /** How long was waited since the last reset. */
  Duration waited() {
    return ahead;
  }

  void reset() {
    ahead = Duration.ZERO;
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
