package vended.fuzz;

import java.util.List;

/** Something that takes any input. */
public interface Target {
  /**
   * Checks the properties with an input.
   *
   * @param input any bytes; {@link Data} reads values from them
   * @throws AssertionError if a property does not hold
   * @throws Exception if the product fails in a way that it must not
   */
  void check(byte[] input) throws Exception;

  /** Inputs to begin with, as text. */
  List<String> seeds();

  /** Words that inputs are made of. */
  default List<String> words() {
    return List.of();
  }

  /** Whether the code that is fuzzed runs in this JVM, so that its coverage can be measured. */
  default boolean isJava() {
    return true;
  }

  /** Fails unless a property holds. */
  static void check(boolean holds, String property, Object... values) {
    if (!holds) {
      throw new AssertionError(property + ": " + List.of(values));
    }
  }
}
