package vended.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Tries inputs until a property fails, and then finds the smallest input that still fails it. */
final class Fuzzer {
  private final Target target;
  private long executions;

  Fuzzer(Target target) {
    this.target = target;
  }

  /**
   * An input that fails.
   *
   * @param input as a line of the corpus, as small as it could be made
   * @param failure what it brings about
   */
  record Finding(String input, Throwable failure) {}

  long executions() {
    return executions;
  }

  /** Tries inputs as they are. */
  @Nullable Finding replay(List<byte[]> inputs) {
    for (byte[] input : inputs) {
      if (failure(input) != null) {
        return smallest(input);
      }
    }
    return null;
  }

  /**
   * Tries new inputs.
   *
   * @param inputs what they are made of
   * @param most how many
   * @param time how long at most
   */
  @Nullable Finding fuzz(List<byte[]> inputs, long seed, long most, Duration time) {
    List<byte[]> words = target.words().stream().map(Data::of).toList();
    Mutator mutator = new Mutator(new Random(seed), words);
    long end = System.nanoTime() + time.toNanos();
    for (long i = 0; i < most && (i % 64 != 0 || System.nanoTime() < end); i++) {
      byte[] input = mutator.next(inputs);
      if (failure(input) != null) {
        return smallest(input);
      }
    }
    return null;
  }

  /** Leaves out pieces, large ones first, as long as the rest fails. */
  private Finding smallest(byte[] failing) {
    byte[] least = failing;
    for (int size = Math.max(1, least.length / 2); size > 0; size /= 2) {
      for (int at = 0; at + size <= least.length; ) {
        byte[] less = without(least, at, size);
        if (failure(less) != null) {
          least = less;
        } else {
          at += size;
        }
      }
    }
    Throwable failure = failure(least);
    return new Finding(
        Corpus.line(least),
        failure == null ? new AssertionError("the failure does not repeat") : failure);
  }

  private static byte[] without(byte[] input, int at, int size) {
    byte[] less = Arrays.copyOf(input, input.length - size);
    System.arraycopy(input, at + size, less, at, less.length - at);
    return less;
  }

  private @Nullable Throwable failure(byte[] input) {
    executions++;
    try {
      target.check(input);
      return null;
    } catch (Exception | AssertionError | StackOverflowError e) {
      return e;
    }
  }

  /** What new inputs are made of: the corpus and the target's own. */
  static List<byte[]> start(Target target, List<byte[]> corpus) {
    List<byte[]> start = new ArrayList<>(corpus);
    target.seeds().forEach(seed -> start.add(Data.of(seed)));
    return start;
  }
}
