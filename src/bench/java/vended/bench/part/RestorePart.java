package vended.bench.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vended.bench.os.CpuShare;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.bench.subject.Running;
import vended.bench.subject.Running.Vend;
import vended.bench.subject.Subject;
import vended.lambda.ThreadedServer.Loss;

/**
 * The first vend after a restore: the runtime client runs the hooks before the checkpoint with all
 * the CPU that there is, then every connection is lost and the process has the share of a core that
 * its memory gives it.
 */
public final class RestorePart implements Part {
  private final Map<String, List<Figures>> figures = new LinkedHashMap<>();
  private final Map<String, Integer> classes = new LinkedHashMap<>();

  /** Of one restore, in milliseconds; the number of connections that were opened for the vend. */
  private record Figures(
      double hooks, double first, double failed, double cpu, double second, double connections) {}

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    List<Subject> subjects = bench.subjects().stream().filter(Subject::restores).toList();
    Optional<CpuShare> share = CpuShare.create();
    try {
      List<Integer> sizes = share.isPresent() ? bench.memoryOr(1024) : List.of(0);
      for (int round = 0; round < bench.rounds(); round++) {
        Bench.say("restore: round " + (round + 1) + " of " + bench.rounds());
        for (Subject subject : Bench.turn(subjects, round)) {
          for (int megabytes : sizes) {
            figures
                .computeIfAbsent(label(subject, megabytes, sizes), name -> new ArrayList<>())
                .add(measure(bench, subject, share, megabytes));
          }
        }
      }
      for (Subject subject : subjects) {
        int loaded = classes(bench, subject);
        sizes.forEach(megabytes -> classes.put(label(subject, megabytes, sizes), loaded));
      }
      return section(sizes, share.isPresent());
    } finally {
      share.ifPresent(CpuShare::close);
    }
  }

  /** The size is in the name if there are several; the baseline is found by what follows it. */
  private static String label(Subject subject, int megabytes, List<Integer> sizes) {
    return sizes.size() == 1 ? subject.name() : "%s %,d MB".formatted(subject.name(), megabytes);
  }

  private static Figures measure(
      Bench bench, Subject subject, Optional<CpuShare> share, int megabytes) throws Exception {
    try (Running running = new Running(bench.setup(), subject, List.of(), List.of(), true)) {
      running.target().sleep(Bench.DYNAMODB, Bench.STS);
      running.awaitCheckpoint();
      running.target().lose(Loss.FORGOTTEN);
      if (share.isPresent()) {
        share.get().limit(CpuShare.ofMemory(megabytes));
        share.get().add(running.process());
      }
      int connections = running.target().accepted();
      double cpu = running.cpuMillis();
      long restored = System.nanoTime();
      running.restore();
      double hooks = (running.awaitReady() - restored) / 1e6;
      Vend first = running.tryVend();
      return new Figures(
          hooks,
          first.millis(),
          first.granted() ? 0 : 100,
          running.cpuMillis() - cpu,
          running.tryVend().millis(),
          running.target().accepted() - connections);
    }
  }

  /** How many classes are loaded between the event and its answer. */
  private static int classes(Bench bench, Subject subject) throws Exception {
    Path log = Files.createTempFile(bench.setup().folder(), "classes", ".log");
    List<String> flags = List.of("-Xlog:class+load:file=" + log + "::filecount=0");
    try (Running running = new Running(bench.setup(), subject, List.of(), flags, true)) {
      running.awaitCheckpoint();
      running.target().lose(Loss.FORGOTTEN);
      running.restore();
      running.awaitReady();
      long before = lines(log);
      running.tryVend();
      return Math.toIntExact(lines(log) - before);
    } finally {
      Files.delete(log);
    }
  }

  private static long lines(Path log) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.count();
    }
  }

  private Section section(List<Integer> sizes, boolean isLimited) {
    Section section =
        new Section(name(), "The first vend after a restore")
            .column("first_baseline", "first vend / baseline's", "×", 2)
            .column("cpu_baseline", "CPU / baseline's", "×", 2)
            .plotted("first", "first vend", "ms", 0)
            .column("failed", "of these without credentials", "%", 0)
            .column("hooks", "hooks after the restore", "ms", 0)
            .column("cpu", "CPU time of both", "ms", 0)
            .column("second", "second vend", "ms", 0)
            .column("classes", "classes loaded by the first vend", "", 0)
            .column("connections", "new connections", "", 0);
    figures.forEach(
        (subject, mine) ->
            section
                .put(subject, "first", column(mine.stream().map(Figures::first)))
                .put(subject, "failed", average(mine))
                .put(subject, "hooks", column(mine.stream().map(Figures::hooks)))
                .put(subject, "cpu", column(mine.stream().map(Figures::cpu)))
                .put(subject, "second", column(mine.stream().map(Figures::second)))
                .put(subject, "connections", column(mine.stream().map(Figures::connections)))
                .put(subject, "classes", Samples.once(classes.getOrDefault(subject, 0))));
    Bench.overBaseline(section, "first", "first_baseline");
    Bench.overBaseline(section, "cpu", "cpu_baseline");
    return section.note(
        isLimited
            ? "With the share of a core of %s."
                .formatted(
                    String.join(
                        ", ",
                        sizes.stream()
                            .map(
                                size ->
                                    String.format(
                                        Locale.ROOT,
                                        "%,d MB (%.0f %%)",
                                        size,
                                        100 * CpuShare.ofMemory(size)))
                            .toList()))
            : "With all the CPU there is: this machine lets no process limit another's.");
  }

  private static Samples average(List<Figures> mine) {
    return Samples.once(mine.stream().mapToDouble(Figures::failed).average().orElse(0));
  }

  private static Samples column(Stream<Double> values) {
    return Samples.of(values.toList());
  }
}
