package vended.api.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Runs tasks several at once, started in their order. The first runs alone, and each success lets
 * one more run beside the others: a new function opens its connections one after the other, and a
 * table that fails gets one request to fail, not many. After a failure no task is started.
 *
 * @param most how many run at once, at most
 * @param hasTime whether there is time for another task; the first one runs in any case
 * @param succeeded whether a result is a success
 */
record Lanes<T>(int most, BooleanSupplier hasTime, Predicate<T> succeeded) {
  /**
   * Runs the tasks.
   *
   * @param tasks they must not throw exceptions
   * @return the results of those that were started, in their order; if they are fewer than the
   *     tasks, the last ones are missing
   */
  List<T> run(List<Supplier<T>> tasks) {
    if (tasks.size() == 1) {
      return List.of(tasks.getFirst().get());
    }
    Open open = new Open(new Semaphore(1), new AtomicInteger(1), new AtomicBoolean());
    List<Future<T>> started = new ArrayList<>();
    // Closing the executor waits for the tasks.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Supplier<T> task : tasks) {
        open.free().acquireUninterruptibly();
        if (open.failed().get() || (!started.isEmpty() && !hasTime.getAsBoolean())) {
          break;
        }
        started.add(threads.submit(() -> run(task, open)));
      }
    }
    return started.stream().map(Future::resultNow).toList();
  }

  /** The lanes: how many are free, how many there are, and whether a task failed. */
  private record Open(Semaphore free, AtomicInteger count, AtomicBoolean failed) {}

  private T run(Supplier<T> task, Open open) {
    boolean success = false;
    try {
      T result = task.get();
      success = succeeded.test(result);
      return result;
    } finally {
      if (!success) {
        open.failed().set(true);
      } else if (open.count().getAndUpdate(count -> Math.min(most, count + 1)) < most) {
        open.free().release();
      }
      open.free().release();
    }
  }
}
