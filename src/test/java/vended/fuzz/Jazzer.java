package vended.fuzz;

/** What Jazzer calls with each input that it makes. */
public final class Jazzer {
  private static final Target TARGET =
      Targets.ALL.stream()
          .filter(one -> one.word().equals(System.getProperty("fuzz.target")))
          .findAny()
          .orElseThrow()
          .target();

  private Jazzer() {}

  /** Checks the target's properties; whatever is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.check(input);
  }
}
