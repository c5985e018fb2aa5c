package vended.bench.part;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.bench.subject.Running;
import vended.bench.subject.Running.Vend;
import vended.bench.subject.Subject;
import vended.bench.subject.Target.Call;

/**
 * The first vend after a pause: whether the connections were kept. The stand-ins keep theirs for as
 * long as the function does.
 */
public final class IdlePart implements Part {
  private static final int WARM_UP = 100;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Section section = section(bench.idle());
    List<Running> all = new ArrayList<>();
    try {
      for (Subject subject : bench.subjects()) {
        Running running = new Running(bench.setup(), subject);
        all.add(running);
        running.warmUp(WARM_UP);
        running.target().sleep(Bench.DYNAMODB, Bench.STS);
        running.vend(2);
      }
      for (int seconds : bench.idle()) {
        Bench.say("idle: " + seconds + " s without a vend");
        Thread.sleep(Duration.ofSeconds(seconds));
        all.forEach(running -> put(section, running, seconds));
      }
      return section.note("One pause of each length, all subjects at the same time.");
    } finally {
      for (Running running : all) {
        running.close();
      }
    }
  }

  private static Section section(List<Integer> pauses) {
    Section section = new Section("idle", "The first vend after a pause");
    pauses.forEach(
        seconds -> section.column("floor_" + seconds, seconds + " s: vend / floor", "×", 2));
    pauses.forEach(
        seconds ->
            section.column("connections_" + seconds, seconds + " s: new connections", "", 0));
    return section;
  }

  private static void put(Section section, Running running, int seconds) {
    running.target().calls();
    int before = running.target().accepted();
    Vend vend = running.vend();
    int opened = running.target().accepted() - before;
    double slept = running.target().calls().stream().mapToLong(Call::slept).sum() / 1e6;
    section
        .put(running.subject().name(), "floor_" + seconds, Samples.once(vend.millis() / slept))
        .put(running.subject().name(), "connections_" + seconds, Samples.once(opened));
  }
}
