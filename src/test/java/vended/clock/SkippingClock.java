package vended.clock;

import java.time.Duration;
import java.time.Instant;
import vended.probe.Pause;

/** The machine's clock, put forward where the service would wait. */
public final class SkippingClock extends UtcClock implements Pause {
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public synchronized void pause(Duration duration) {
    ahead = ahead.plus(duration);
  }

  /** How far it is ahead of the machine's clock: how long was waited since the last reset. */
  public Duration ahead() {
    return ahead;
  }

  /** Sets it to the machine's time. */
  public synchronized void reset() {
    ahead = Duration.ZERO;
  }

  /** Sets it to a time, from which it goes on. */
  public synchronized void set(Instant time) {
    ahead = Duration.between(Instant.now(), time);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }
}
