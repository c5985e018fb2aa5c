package vended.bench.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A control group of Linux that gives its processes a part of a core, as Lambda does by a
 * function's memory: a whole one at 1,769 MB.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Configure
 *     Lambda function memory</a>
 */
public final class CpuShare implements AutoCloseable {
  /** What has one whole core, in MB. */
  public static final int MEGABYTES_OF_A_CORE = 1769;

  /** Short, so that a vend of 100 ms is not over before the first pause. */
  private static final int PERIOD_MICROS = 20_000;

  private final Path group;
  private final boolean isVersion2;

  private CpuShare(Path group, boolean isVersion2) {
    this.group = group;
    this.isVersion2 = isVersion2;
  }

  /** A new group without a limit; empty where this process may not make one. */
  public static Optional<CpuShare> create() {
    String name = "vended-bench-" + ProcessHandle.current().pid();
    for (Path parent : List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/cpu"))) {
      Path group = parent.resolve(name);
      try {
        Files.createDirectory(group);
      } catch (IOException e) {
        continue;
      }
      if (Files.isWritable(group.resolve("cpu.max"))) {
        return Optional.of(new CpuShare(group, true));
      }
      if (Files.isWritable(group.resolve("cpu.cfs_quota_us"))) {
        return Optional.of(new CpuShare(group, false));
      }
      new CpuShare(group, true).close();
    }
    return Optional.empty();
  }

  /** How much of a core a function with this memory has. */
  public static double ofMemory(int megabytes) {
    return (double) megabytes / MEGABYTES_OF_A_CORE;
  }

  /** From now on, all processes of the group together have this many cores. */
  public void limit(double cores) throws IOException {
    long quota = Math.round(cores * PERIOD_MICROS);
    if (isVersion2) {
      Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
    } else {
      Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
      Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
    }
  }

  /** Puts a process and all of its threads into the group. */
  public void add(ProcessHandle process) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
  }

  /** Removes the group. Its processes must have ended. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      System.err.println("The control group " + group + " stays: " + e.getMessage());
    }
  }
}
