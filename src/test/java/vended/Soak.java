package vended;

/** How much a test does: little in the default build, all of it under {@code ./mvnw -Psoak}. */
public final class Soak {
  /** Whether this is the long run. */
  public static final boolean ON = Boolean.getBoolean("vended.soak");

  private Soak() {}

  /** How many of something a test uses. */
  public static int count(int usual, int soak) {
    return ON ? soak : usual;
  }
}
