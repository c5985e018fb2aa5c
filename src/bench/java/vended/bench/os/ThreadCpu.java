package vended.bench.os;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The CPU time of this JVM's platform threads. A thread that has ended no longer counts. */
public final class ThreadCpu {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<Long, Long> before = nanos(name -> true);

  /** Nanoseconds since this object was made, of the threads whose names match. */
  public long nanosOf(Predicate<String> names) {
    return nanos(names).entrySet().stream()
        .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
        .sum();
  }

  private static Map<Long, Long> nanos(Predicate<String> names) {
    Map<Long, Long> result = new HashMap<>();
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && names.test(thread.getThreadName())) {
        result.put(thread.getThreadId(), THREADS.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return result;
  }
}
