package vended.fuzz;

import org.jspecify.annotations.Nullable;

/** What Jazzer calls with each input that it makes. */
public final class Jazzer {
  private static @Nullable Target target;

  private Jazzer() {}

  /** Makes the target. The time limit is that of an input, and classes load slowly under Jazzer. */
  public static void fuzzerInitialize() {
    target =
        Targets.ALL.stream()
            .filter(one -> one.word().equals(System.getProperty("fuzz.target")))
            .findAny()
            .orElseThrow()
            .target();
  }

  /** Checks the target's properties; whatever is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (target != null) {
      target.check(input);
    }
  }
}
