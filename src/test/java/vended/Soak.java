package vended;

import java.util.List;
import java.util.stream.IntStream;

/** How much a test does: little in the default build, all of it under {@code ./mvnw -Psoak}. */
public final class Soak {
  /** Whether this is the long run. */
  public static final boolean ON = Boolean.getBoolean("vended.soak");

  private Soak() {}

  /** All of them in the long run, and otherwise that many: the first, and others evenly. */
  public static <T> List<T> some(int usual, List<T> all) {
    return ON || all.size() <= usual
        ? all
        : IntStream.range(0, usual).mapToObj(i -> all.get(i * all.size() / usual)).toList();
  }

  /** How many of something a test uses. */
  public static int count(int usual, int soak) {
    return ON ? soak : usual;
  }
}
