package vended.bench.part;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.bench.subject.Running;
import vended.bench.subject.Running.Vend;
import vended.bench.subject.Subject;
import vended.bench.subject.Subjects;
import vended.bench.subject.Target.Call;

/**
 * Vends of warm functions: how much longer each takes than its own four calls were held back, and
 * what it costs in CPU time.
 */
public final class WarmPart implements Part {
  private static final int WARM_UP = 1500;
  private static final int VENDS_FOR_CPU = 200;

  private final Map<String, Figures> figures = new LinkedHashMap<>();

  /** Of one subject: a list for each round. */
  private static final class Figures {
    final List<List<Double>> millis = new ArrayList<>();
    final List<List<Double>> ratios = new ArrayList<>();
    final List<List<Double>> floors = new ArrayList<>();
    final List<Double> cpu = new ArrayList<>();
    final List<Double> calls = new ArrayList<>();
    int connections;
  }

  @Override
  public String name() {
    return "warm";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    List<Running> all = new ArrayList<>();
    try {
      for (Subject subject : bench.subjects()) {
        all.add(new Running(bench.setup(), subject));
        figures.put(subject.name(), new Figures());
      }
      Bench.say("warm: " + WARM_UP + " vends of each, unmeasured");
      for (int i = 0; i < WARM_UP / 100; i++) {
        Bench.turn(all, i).forEach(running -> running.warmUp(100));
      }
      measureCpu(bench, all);
      measureTime(bench, all);
      return section(all);
    } finally {
      for (Running running : all) {
        running.close();
      }
    }
  }

  /** Without latency, so that there is nothing but work. */
  private void measureCpu(Bench bench, List<Running> all) {
    for (int round = 0; round < bench.rounds(); round++) {
      Bench.say("warm: CPU, round " + (round + 1) + " of " + bench.rounds());
      for (Running running : Bench.turn(all, round)) {
        double before = running.cpuMillis();
        running.vend(VENDS_FOR_CPU);
        of(running).cpu.add((running.cpuMillis() - before) / VENDS_FOR_CPU);
      }
    }
  }

  private void measureTime(Bench bench, List<Running> all) {
    for (Running running : all) {
      running.target().sleep(Bench.DYNAMODB, Bench.STS);
      running.vend(5);
      running.target().calls();
    }
    for (int round = 0; round < bench.rounds(); round++) {
      Bench.say("warm: time, round " + (round + 1) + " of " + bench.rounds());
      for (Running running : Bench.turn(all, round)) {
        int before = running.target().accepted();
        List<Vend> vends = running.vend(bench.vends());
        of(running).connections += running.target().accepted() - before;
        add(of(running), vends, running.target().calls());
      }
    }
  }

  private Figures of(Running running) {
    Figures mine = figures.get(running.subject().name());
    if (mine == null) {
      throw new IllegalStateException(running.subject().name());
    }
    return mine;
  }

  private static void add(Figures mine, List<Vend> vends, List<Call> calls) {
    List<Double> floors = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (Vend vend : vends) {
      double slept =
          calls.stream()
                  .filter(call -> call.readAt() >= vend.start() && call.readAt() <= vend.end())
                  .mapToLong(Call::slept)
                  .sum()
              / 1e6;
      floors.add(slept);
      ratios.add(vend.millis() / slept);
    }
    mine.floors.add(floors);
    mine.ratios.add(ratios);
    mine.millis.add(vends.stream().map(Vend::millis).toList());
    mine.calls.add((double) calls.size() / vends.size());
  }

  private Section section(List<Running> all) {
    Section section =
        new Section(name(), "Warm vends")
            .plotted("p50_floor", "p50 / floor", "×", 3)
            .column("p95_floor", "p95 / floor", "×", 3)
            .plotted("p99_floor", "p99 / floor", "×", 3)
            .plotted("cpu_node", "CPU / Node's", "×", 2)
            .column("p50_baseline", "p50 / baseline's", "×", 3)
            .column("cpu_baseline", "CPU / baseline's", "×", 2)
            .column("floor", "floor", "ms", 1)
            .column("p50", "p50", "ms", 1)
            .column("p95", "p95", "ms", 1)
            .column("p99", "p99", "ms", 1)
            .column("cpu", "CPU per vend", "ms", 2)
            .column("allocated", "allocated per vend", "kB", 0)
            .column("resident", "resident memory", "MB", 0)
            .column("calls", "calls per vend", "", 2)
            .column("connections", "new connections", "", 0);
    figures.forEach((subject, mine) -> put(section, subject, mine));
    for (Running running : all) {
      running.target().sleep(Duration.ZERO, Duration.ZERO);
      Footprint.put(section, running);
    }
    Bench.overSubject(section, "cpu", "cpu_node", Subjects.NODE);
    Bench.overBaseline(section, "cpu", "cpu_baseline");
    Bench.overBaseline(section, "p50", "p50_baseline");
    return section.note(
        "The floor of a vend is what the stand-ins held back its own calls, by their clock: %d + %d"
                .formatted(Bench.DYNAMODB.toMillis(), Bench.DYNAMODB.toMillis())
            + " + %d + %d ms, and what a sleep takes longer."
                .formatted(Bench.STS.toMillis(), Bench.DYNAMODB.toMillis())
            + " CPU time is user and system, without latency.");
  }

  private static void put(Section section, String subject, Figures mine) {
    section
        .put(subject, "p50_floor", Samples.ofAll(mine.ratios, 50))
        .put(subject, "p95_floor", Samples.ofAll(mine.ratios, 95))
        .put(subject, "p99_floor", Samples.ofAll(mine.ratios, 99))
        .put(subject, "floor", Samples.ofAll(mine.floors, 50))
        .put(subject, "p50", Samples.ofAll(mine.millis, 50))
        .put(subject, "p95", Samples.ofAll(mine.millis, 95))
        .put(subject, "p99", Samples.ofAll(mine.millis, 99))
        .put(subject, "cpu", Samples.of(mine.cpu))
        .put(subject, "calls", Samples.of(mine.calls))
        .put(subject, "connections", Samples.once(mine.connections));
  }
}
