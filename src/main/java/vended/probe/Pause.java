package vended.probe;

import java.time.Duration;

/** Waits: for IAM to make a new role known to all of STS, or for a table to have capacity again. */
@FunctionalInterface
public interface Pause {
  /** Returns after that time, or earlier if the thread is interrupted. */
  void pause(Duration duration);

  /** Waits in real time. */
  static Pause sleeping() {
    return duration -> {
      try {
        Thread.sleep(duration);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
