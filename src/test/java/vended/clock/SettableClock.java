package vended.clock;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still unless a test moves it. */
public final class SettableClock extends UtcClock {
  private volatile Instant now;

  /** Starts at a time. */
  public SettableClock(Instant start) {
    this.now = start;
  }

  /** Moves it to a time, which may be earlier. */
  public void set(Instant time) {
    now = time;
  }

  /** Moves it on. */
  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
