package vended.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many tasks run at once, and when none is started any more. */
class LanesTest {
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();

  private List<Supplier<Integer>> tasks(int count) {
    return IntStream.range(0, count).<Supplier<Integer>>mapToObj(i -> () -> run(i)).toList();
  }

  private int run(int number) {
    started.incrementAndGet();
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    // Lets the other lanes come in, if they may.
    LockSupport.parkNanos(1_000);
    inside.decrementAndGet();
    return number;
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void allAreRun_NeverMoreAtOnceThanThereAreLanes_WithResultsInOrder() {
    Lanes<Integer> lanes = new Lanes<>(3, () -> true, result -> true);

    assertThat(lanes.run(tasks(2_000))).isEqualTo(numbers(2_000));
    assertThat(most).hasValue(3);
  }

  @Test
  void theFirstRunsAlone_SoNoneFollowsItsFailure() {
    Predicate<Integer> succeeded = number -> number != 0;

    assertThat(new Lanes<>(3, () -> true, succeeded).run(tasks(50))).isEqualTo(numbers(1));
    assertThat(started).hasValue(1);
  }

  @Test
  void afterAFailureOnlyThoseThatRunHaveAResult() {
    Predicate<Integer> succeeded = number -> number != 20;

    List<Integer> results = new Lanes<>(3, () -> true, succeeded).run(tasks(50));

    assertThat(results).hasSizeBetween(21, 23).isEqualTo(numbers(results.size()));
    assertThat(started).hasValue(results.size());
  }

  @Test
  void withoutTimeOnlyTheFirstIsRun() {
    assertThat(new Lanes<>(3, () -> false, (Integer number) -> true).run(tasks(50)))
        .isEqualTo(numbers(1));
  }
}
