package vended.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vended.Soak;

/**
 * Breaks each call of AWS that the functions make. {@code ./mvnw -Pchaos} does so with every fault;
 * otherwise each call of a few requests meets one of them.
 */
class ChaosTest {
  private static final boolean ALL = Boolean.getBoolean("chaos.all");

  /** How many stacks share the work. */
  private static final int STANDS = Integer.getInteger("chaos.stands", 1);

  /** A part of the names of requests, to look at these alone. */
  private static final String DEEDS = System.getProperty("chaos.deeds", "");

  private static final Set<String> SOME =
      Soak.ON
          ? Set.of("vend", "vend without a grant", "put a grant", "settle an open role")
          : Set.of("vend");

  @Test
  void whateverTheNetworkDoes_ThePromisesHold() throws Exception {
    long start = System.nanoTime();
    Chaos chaos = new Chaos(deeds(), ALL);
    List<Stand> stands = new ArrayList<>();
    try {
      for (int i = 0; i < STANDS; i++) {
        stands.add(new Stand());
      }
      chaos.run(stands);
    } finally {
      for (Stand stand : stands) {
        stand.close();
      }
    }
    System.out.printf("%s, %d s%n", chaos, Duration.ofNanos(System.nanoTime() - start).toSeconds());
    assertThat(chaos.findings()).isEmpty();
    assertThat(chaos.missed()).as("calls that no fault has happened to").isZero();
  }

  private static List<Deed> deeds() {
    return Stream.of(
            VendDeeds.all(),
            AdminDeeds.all(),
            RotationDeeds.all(),
            MineDeeds.all(),
            ScheduleDeeds.all())
        .flatMap(List::stream)
        .filter(deed -> ALL || !DEEDS.isEmpty() || SOME.contains(deed.name()))
        .filter(deed -> deed.name().contains(DEEDS))
        .toList();
  }
}
