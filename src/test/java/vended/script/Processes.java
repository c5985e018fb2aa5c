package vended.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Processes that the script started, and which are not children of this JVM. */
final class Processes {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(5);

  private Processes() {}

  /**
   * Waits until all have ended. {@link ProcessHandle#onExit()} would look only a few times a
   * second, and take a process for running until whoever inherited it has reaped it.
   */
  static void awaitEnd(Collection<ProcessHandle> processes) throws IOException {
    long start = System.nanoTime();
    List<ProcessHandle> running = List.copyOf(processes);
    while (!running.isEmpty()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("still running: " + running);
      }
      LockSupport.parkNanos(STEP);
      running = running.stream().filter(Processes::isRunning).toList();
    }
  }

  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (NoSuchFileException e) {
      // It has ended just now, or this machine has no such files.
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
