package vended.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vended.chaos.wire.Boundary;
import vended.chaos.wire.Effect.Moment;
import vended.lambda.TaskRoot;
import vended.template.Template;

/**
 * Processes of {@code target/vended.jar} are killed, as Lambda does when a function runs out of
 * time or memory. {@code ./mvnw -Pcrash} kills each function before, during and after each call of
 * AWS; otherwise it is a vend that dies, while STS issues its session.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashIT {
  private static final Path JAR = Path.of(System.getProperty("crash.jar", "target/vended.jar"));
  private static final boolean ALL = Boolean.getBoolean("crash.all");

  /** A part of the names of events, to look at these alone. */
  private static final String EVENTS = System.getProperty("crash.events", "");

  /** How many stacks share the work. */
  private static final int SITES = Integer.getInteger("crash.sites", 1);

  @Test
  void wheneverAProcessDies_TheAuditHasTheIntent_AndTheNextProcessWorks(@TempDir Path folder)
      throws Exception {
    long start = System.nanoTime();
    List<Incident> incidents =
        (ALL ? Incident.all() : List.of(Incident.VEND))
            .stream().filter(incident -> incident.name().contains(EVENTS)).toList();
    List<Site.Outcome> outcomes =
        run(incidents, TaskRoot.unpack(JAR, folder.resolve("task")), folder);

    List<String> findings =
        outcomes.stream().flatMap(outcome -> outcome.broken().stream()).toList();
    System.out.printf(
        "crash: %d events, %d boundaries, %d moments, %d crashes, %d s, %d findings%n",
        incidents.size(),
        outcomes.stream().mapToInt(Site.Outcome::boundaries).sum(),
        Moment.values().length,
        outcomes.stream().mapToInt(Site.Outcome::crashes).sum(),
        Duration.ofNanos(System.nanoTime() - start).toSeconds(),
        findings.size());
    assertThat(findings).isEmpty();
    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.crashes()).isPositive());
  }

  private static List<Site.Outcome> run(List<Incident> incidents, TaskRoot root, Path folder)
      throws Exception {
    List<Site.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(SITES)) {
      List<Future<Site.Outcome>> runs = new ArrayList<>();
      for (Incident incident : incidents) {
        Path own = folder.resolve(incident.name().replace(' ', '-'));
        runs.add(
            executor.submit(
                () -> {
                  try (Site site = new Site(root, own)) {
                    var outcome =
                        site.run(incident, (where, moment) -> ALL || isTelling(where, moment));
                    System.out.printf("crash: %s: %s%n", incident, outcome);
                    return outcome;
                  }
                }));
      }
      for (Future<Site.Outcome> run : runs) {
        outcomes.add(run.get());
      }
    }
    return outcomes;
  }

  /** The session is there, and nothing but the intent tells. */
  private static boolean isTelling(Boundary where, Moment moment) {
    return moment == Moment.DURING && where.operation().equals("AssumeRole");
  }

  @Test
  void eachFunctionDies() {
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    assertThat(Incident.all().stream().map(Incident::handler).collect(Collectors.toSet()))
        .isEqualTo(
            template.ofType("AWS::Serverless::Function").stream()
                .map(id -> String.valueOf(template.properties(id).get("Handler")))
                .collect(Collectors.toSet()));
  }
}
