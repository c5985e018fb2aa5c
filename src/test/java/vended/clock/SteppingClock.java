package vended.clock;

import java.time.Duration;
import java.time.Instant;

/** A clock that moves on whenever somebody looks at it. */
public final class SteppingClock extends UtcClock {
  private final Duration step;
  private Instant now;

  /**
   * Starts at a time.
   *
   * @param step how far it moves before each look
   */
  public SteppingClock(Instant start, Duration step) {
    this.now = start;
    this.step = step;
  }

  @Override
  public synchronized Instant instant() {
    now = now.plus(step);
    return now;
  }
}
