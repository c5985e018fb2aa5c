package vended.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vended.bench.part.ApplyPart;
import vended.bench.part.AuditPart;
import vended.bench.part.Bench;
import vended.bench.part.ColdPart;
import vended.bench.part.IdlePart;
import vended.bench.part.MemoryPart;
import vended.bench.part.OwnPart;
import vended.bench.part.Part;
import vended.bench.part.RestorePart;
import vended.bench.part.RolesPart;
import vended.bench.part.ScriptPart;
import vended.bench.part.WarmPart;
import vended.bench.result.Report;
import vended.bench.result.Section;
import vended.bench.standin.Tls;
import vended.bench.subject.Running.Setup;
import vended.bench.subject.StandIns;
import vended.bench.subject.Subjects;
import vended.template.Template;

/** Runs the benchmark and writes {@code target/bench}. */
public final class Main {
  private static final Path FOLDER = Path.of("target/bench");
  private static final Path PEERS = Path.of("src/bench/peers");
  private static final Path PRODUCT = Path.of("target/vended.jar");
  private static final String FUNCTION = "VendFunction";
  private static final String ALLOW_LIST = "vended-allow-list";

  private Main() {}

  private static List<Part> parts() {
    return List.of(
        new RestorePart(),
        new ColdPart(),
        new WarmPart(),
        new IdlePart(),
        new MemoryPart(),
        new OwnPart(),
        new RolesPart(),
        new AuditPart(),
        new ApplyPart(),
        new ScriptPart());
  }

  /** Takes its options from system properties; see {@link Options}. */
  public static void main(String[] args) throws Exception {
    Instant start = Instant.now();
    Options options = Options.ofProcess();
    Runtime.getRuntime().addShutdownHook(new Thread(Main::endOthers));
    List<Part> parts = wanted(parts(), options);
    Path work = emptied(FOLDER.resolve("work").toAbsolutePath());
    Tls tls = Tls.make(work.resolve("tls"));
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    Map<String, String> variables = variables(template);
    List<Section> sections = new ArrayList<>();
    try (StandIns standIns = StandIns.start(ALLOW_LIST, tls)) {
      Setup setup =
          new Setup(
              standIns,
              options.tls(),
              variables,
              Files.readString(Path.of("events/granted.json"), UTF_8),
              work);
      Subjects subjects = subjects(work, tls, template, options);
      Bench bench =
          new Bench(
              setup,
              subjects.found(options.subjects()),
              subjects.starts(options.starts(), PRODUCT, setup),
              options.rounds(),
              options.vends(),
              options.memory(),
              options.idle(),
              options.records(),
              options.grants());
      for (Part part : parts) {
        Section section = run(part, bench);
        subjects.missing().forEach(section::note);
        sections.add(section);
      }
    }
    Output.write(FOLDER, new Report(Machine.facts(), options.given(), sections), options.docs());
    System.out.printf("bench: all of it took %s%n", since(start));
    // The laptop's stack leaves threads that would keep this process for minutes.
    System.exit(0);
  }

  /** A run that is interrupted leaves no functions behind. */
  private static void endOthers() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** A part that fails must not cost the figures of the others. */
  private static Section run(Part part, Bench bench) throws InterruptedException {
    Instant start = Instant.now();
    try {
      Section section = part.run(bench);
      System.out.printf("bench: %s took %s%n", part.name(), since(start));
      return section;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      e.printStackTrace();
      return new Section(part.name(), part.name()).note("Not measured: " + firstLine(e) + ".");
    }
  }

  /** Minutes and seconds. */
  private static String since(Instant start) {
    Duration elapsed = Duration.between(start, Instant.now());
    return "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  private static String firstLine(Exception e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return line.substring(0, Math.min(line.length(), 160));
  }

  private static List<Part> wanted(List<Part> all, Options options) {
    List<String> names = all.stream().map(Part::name).toList();
    if (!names.containsAll(options.only())) {
      throw new IllegalArgumentException("bench.only has " + names + ", not " + options.only());
    }
    return all.stream()
        .filter(part -> options.only().isEmpty() || options.only().contains(part.name()))
        .toList();
  }

  private static Subjects subjects(Path work, Tls tls, Template template, Options options)
      throws IOException, InterruptedException {
    String handler = String.valueOf(template.properties(FUNCTION).get("Handler"));
    List<String> flags =
        Optional.ofNullable(options.given().get("java.options")).stream()
            .flatMap(given -> Arrays.stream(given.split(" ", -1)))
            .toList();
    Subjects subjects = new Subjects(work, tls, handler, flags).jar(Subjects.PRODUCT, PRODUCT);
    for (Map.Entry<String, Path> jar : options.jars().entrySet()) {
      subjects.jar(jar.getKey(), jar.getValue());
    }
    return subjects
        .clients(options.clients(), PRODUCT)
        .python(PEERS.resolve("vend.py"))
        .node(PEERS.resolve("vend.mjs"), PEERS.resolve("package.json"));
  }

  /** What Lambda sets for the vending function. */
  private static Map<String, String> variables(Template template) {
    Map<String, String> variables = new HashMap<>(template.environment(FUNCTION));
    variables.put("ALLOW_LIST_TABLE", ALLOW_LIST);
    variables.put("AUDIT_TABLE", "vended-audit");
    variables.put("AWS_REGION", "eu-west-1");
    variables.put("AWS_DEFAULT_REGION", "eu-west-1");
    variables.put("AWS_ACCESS_KEY_ID", "ASIAEXAMPLEVENDOR001");
    variables.put("AWS_SECRET_ACCESS_KEY", "exampleSecretAccessKeyexampleSecretAcces");
    variables.put("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2Vj" + "v".repeat(640));
    return variables;
  }

  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
