package vended.crowd;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds, service and stand-ins together.
 *
 * @param megabytes of objects that are in use
 * @param threads of the operating system, without those of pools that grow with the calls at once:
 *     DynamoDB Local's, the callers' HTTP client's, and the virtual threads' carriers
 * @param files open files and connections; 0 where the system doesn't tell
 */
record Gauge(long megabytes, int threads, long files) {
  static Gauge read() {
    // The second collection takes what the first one found finalizable.
    System.gc();
    System.gc();
    long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : 0;
    return new Gauge(bytes >> 20, countedThreads(), files);
  }

  private static int countedThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> !name.matches("(qtp|HttpClient-|ForkJoinPool-).*"))
            .count();
  }
}
