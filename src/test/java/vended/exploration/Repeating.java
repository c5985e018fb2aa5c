package vended.exploration;

import java.util.random.RandomGenerator;

/** Random numbers that are the same each time that a request is run. */
final class Repeating implements RandomGenerator {
  private long state;

  Repeating(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return state ^ state >>> 29;
  }
}
