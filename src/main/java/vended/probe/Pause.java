package vended.probe;

import java.time.Duration;

/** Waits, so that IAM can tell all of STS of a new role. */
@FunctionalInterface
public interface Pause {
  /** Returns after that time, or earlier where the thread is to end. */
  void pause(Duration duration);
}
