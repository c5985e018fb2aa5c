package vended.bench.part;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vended.bench.os.Programs;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.bench.subject.Running;
import vended.bench.subject.Running.Vend;
import vended.bench.subject.Subject;
import vended.bench.subject.Subjects;

/** The first vend of a new process that no snapshot helps, on one core. */
public final class ColdPart implements Part {
  private final Map<String, List<double[]>> figures = new LinkedHashMap<>();

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    boolean isPinned = Programs.has("taskset");
    List<String> prefix = isPinned ? List.of("taskset", "-c", "0") : List.of();
    for (int round = 0; round < bench.rounds(); round++) {
      Bench.say("cold: round " + (round + 1) + " of " + bench.rounds());
      for (Subject subject : Bench.turn(all(bench), round)) {
        figures
            .computeIfAbsent(subject.name(), name -> new ArrayList<>())
            .add(measure(bench, subject, prefix));
      }
    }
    Section section = section(bench);
    if (!isPinned) {
      section.note("On all cores: taskset is not on this machine.");
    }
    return section;
  }

  private static List<Subject> all(Bench bench) {
    return Stream.concat(bench.subjects().stream(), bench.starts().stream()).toList();
  }

  /** From the start to the answer, to the request for an event, the vend, all CPU time. */
  private static double[] measure(Bench bench, Subject subject, List<String> prefix)
      throws Exception {
    try (Running running = new Running(bench.setup(), subject, prefix, List.of(), false)) {
      running.target().sleep(Bench.DYNAMODB, Bench.STS);
      long ready = running.awaitReady();
      Vend first = running.tryVend();
      return new double[] {
        (first.end() - running.startedAt()) / 1e6,
        (ready - running.startedAt()) / 1e6,
        first.millis(),
        running.cpuMillis(),
        running.tryVend().millis(),
        first.granted() ? 0 : 100
      };
    }
  }

  private Section section(Bench bench) {
    Section section =
        new Section(name(), "The first vend of a new process, on one core")
            .column("total_node", "start to answer / Node's", "×", 2)
            .column("total_baseline", "start to answer / baseline's", "×", 2)
            .column("cpu_usual", "CPU / the usual start's", "×", 2)
            .plotted("total", "start to answer", "ms", 0)
            .column("failed", "of these without credentials", "%", 0)
            .column("init", "start to ready", "ms", 0)
            .column("first", "first vend", "ms", 0)
            .column("second", "second vend", "ms", 0)
            .column("cpu", "CPU time until the answer", "ms", 0);
    for (Subject subject : all(bench)) {
      List<double[]> mine = figures.getOrDefault(subject.name(), List.of());
      section
          .put(subject.name(), "total", column(mine, 0))
          .put(
              subject.name(),
              "failed",
              Samples.once(mine.stream().mapToDouble(row -> row[5]).average().orElse(0)))
          .put(subject.name(), "init", column(mine, 1))
          .put(subject.name(), "first", column(mine, 2))
          .put(subject.name(), "cpu", column(mine, 3))
          .put(subject.name(), "second", column(mine, 4));
    }
    Bench.overSubject(section, "total", "total_node", Subjects.NODE);
    Bench.overBaseline(section, "total", "total_baseline");
    if (!bench.starts().isEmpty()) {
      Bench.overSubject(section, "cpu", "cpu_usual", Subjects.PRODUCT + " (C1)");
    }
    return section;
  }

  private static Samples column(List<double[]> rows, int index) {
    return Samples.of(rows.stream().map(row -> row[index]).toList());
  }
}
