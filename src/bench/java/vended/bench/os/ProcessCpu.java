package vended.bench.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;

/**
 * The CPU time of another process, user and system, with that of threads that have ended. Linux
 * counts it in nanoseconds; {@link ProcessHandle} says it in steps of 10 ms, far too coarse for one
 * vend.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html">clock_getcpuclockid</a>
 */
public final class ProcessCpu {
  private static final Optional<MethodHandle> CLOCK_ID =
      handle("clock_getcpuclockid", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
  private static final Optional<MethodHandle> GET_TIME =
      handle("clock_gettime", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

  private ProcessCpu() {}

  /** What a process has used so far, in nanoseconds. */
  public static long nanos(ProcessHandle process) {
    if (CLOCK_ID.isPresent() && GET_TIME.isPresent()) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment id = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
        int failed = (int) CLOCK_ID.get().invokeExact((int) process.pid(), id);
        if (failed == 0
            && (int) GET_TIME.get().invokeExact(id.get(ValueLayout.JAVA_INT, 0), time) == 0) {
          return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L
              + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
        }
      } catch (Throwable e) {
        throw new IllegalStateException("the CPU time can't be read", e);
      }
    }
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  // The names and types are those of the manual page.
  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> handle(String name, ValueLayout first, ValueLayout second) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(
            address ->
                linker.downcallHandle(
                    address, FunctionDescriptor.of(ValueLayout.JAVA_INT, first, second)));
  }
}
