package vended.bench.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vended.bench.os.CpuShare;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.bench.subject.JavaSubject;
import vended.bench.subject.Running;
import vended.bench.subject.Running.Vend;
import vended.bench.subject.StackFunction;
import vended.bench.subject.Subjects;
import vended.json.Json;
import vended.lambda.ThreadedServer.Loss;
import vended.local.LocalStack;

/**
 * The function's sizes: each has the share of a core that Lambda gives it. A vend is measured from
 * a snapshot, the applying of grants in a new process, as both are deployed.
 */
public final class MemoryPart implements Part {
  /**
   * For a GB-second on arm64 in us-east-1, in dollars.
   *
   * @see <a href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>
   */
  private static final double GIGABYTE_SECOND = 0.0000133334;

  /** For a million requests, likewise. */
  private static final double MILLION_REQUESTS = 0.20;

  private static final int WARM_UP = 300;

  /** A round takes more than a minute. */
  private static final int ROUNDS_FOR_ONE = 3;

  private static final int VENDS = 20;

  private final Map<Integer, List<double[]>> vends = new LinkedHashMap<>();
  private final Map<Integer, List<double[]>> grants = new LinkedHashMap<>();

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    Section section =
        new Section(name(), "Sizes of the functions")
            .column("core", "of a core", "%", 0)
            .plotted("cost", "a million warm vends", "$", 2)
            .column("first", "first vend after a restore", "ms", 0)
            .column("warm", "warm vend", "ms", 0)
            .column("apply", "200 new grants in a new process", "s", 1)
            .column("again", "200 more", "s", 1);
    List<Integer> sizes = bench.memoryOr(512, 1024, 1769);
    Optional<CpuShare> share = CpuShare.create();
    if (share.isEmpty()) {
      return section.note("Not measured: this machine lets no process limit another's CPU.");
    }
    try (CpuShare limited = share.get();
        LocalStack stack = QuietStack.start()) {
      stack.tables().put(stack.allowListTable(), NewGrants.clients());
      int rounds = Math.ceilDiv(bench.rounds(), ROUNDS_FOR_ONE);
      for (int round = 0; round < rounds; round++) {
        for (int megabytes : Bench.turn(sizes, round)) {
          Bench.say("memory: " + megabytes + " MB, round " + (round + 1) + " of " + rounds);
          limited.limit(CpuShare.ofMemory(megabytes));
          of(vends, megabytes).add(vend(bench, limited));
          of(grants, megabytes).add(apply(bench, limited, stack));
        }
      }
    }
    sizes.forEach(megabytes -> put(section, megabytes));
    return section.note(
        "Prices of arm64 in us-east-1: $%s for a GB-second, $%.2f for a million requests. "
                .formatted("0.0000133334", MILLION_REQUESTS)
            + "A warm vend waits %d ms for its calls. Grants are applied on DynamoDB Local."
                .formatted(3 * Bench.DYNAMODB.toMillis() + Bench.STS.toMillis()));
  }

  private static List<double[]> of(Map<Integer, List<double[]>> figures, int megabytes) {
    return figures.computeIfAbsent(megabytes, size -> new ArrayList<>());
  }

  private static JavaSubject product(Bench bench, String compiled) {
    return bench.jars(compiled).stream()
        .filter(subject -> subject.name().startsWith(Subjects.PRODUCT + " "))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("bench.subjects leaves out this build"));
  }

  /** The first vend and a warm one, in milliseconds. */
  private static double[] vend(Bench bench, CpuShare share) throws Exception {
    JavaSubject subject = product(bench, "tiered");
    try (Running running = new Running(bench.setup(), subject, List.of(), List.of(), true)) {
      running.awaitCheckpoint();
      running.target().lose(Loss.FORGOTTEN);
      running.target().sleep(Bench.DYNAMODB, Bench.STS);
      share.add(running.process());
      running.restore();
      running.awaitReady();
      double first = running.tryVend().millis();
      running.target().sleep(Duration.ZERO, Duration.ZERO);
      running.warmUp(WARM_UP);
      running.target().sleep(Bench.DYNAMODB, Bench.STS);
      List<Double> warm = running.vend(VENDS).stream().map(Vend::millis).toList();
      return new double[] {first, Samples.of(warm).value()};
    }
  }

  /** Two times the most lines of a request, in seconds. */
  private static double[] apply(Bench bench, CpuShare share, LocalStack stack) throws Exception {
    JavaSubject subject = product(bench, "C1");
    try (StackFunction function =
        new StackFunction(
            subject,
            "vended.api.admin.AdminHandler::handleRequest",
            "admin",
            stack.environment(),
            bench.setup().folder())) {
      function.awaitReady();
      share.add(function.process());
      return new double[] {
        seconds(function, NewGrants.lines()), seconds(function, NewGrants.lines())
      };
    }
  }

  /** What had no time left is sent again, as the script does. */
  private static double seconds(StackFunction function, List<String> lines) throws Exception {
    double seconds = 0;
    for (int done = 0; done < lines.size(); ) {
      StackFunction.Took took = function.ask(event(lines.subList(done, lines.size())));
      int more = took.body().split("create", -1).length - 1;
      if (more == 0) {
        throw new IllegalStateException("no grant was created: " + took.body());
      }
      done += more;
      seconds += took.millis() / 1000;
    }
    return seconds;
  }

  /** The event of a route, made of one of another. */
  private static String event(List<String> lines) throws Exception {
    return Files.readString(Path.of("events/roles.json"), UTF_8)
        .replace("\"/roles\"", "\"/grants/apply\"")
        .replace("/v1/roles", "/v1/grants/apply")
        .replace("\"body\": \"{}\"", "\"body\": " + Json.text(Json.write(Map.of("lines", lines))));
  }

  private void put(Section section, int megabytes) {
    String row = String.format(Locale.ROOT, "%,d MB", megabytes);
    Samples warm = column(of(vends, megabytes), 1);
    section
        .put(row, "core", Samples.once(100 * CpuShare.ofMemory(megabytes)))
        .put(
            row, "cost", Samples.of(warm.rounds().stream().map(ms -> cost(megabytes, ms)).toList()))
        .put(row, "first", column(of(vends, megabytes), 0))
        .put(row, "warm", warm)
        .put(row, "apply", column(of(grants, megabytes), 0))
        .put(row, "again", column(of(grants, megabytes), 1));
  }

  /** Of a million vends, in dollars. Lambda counts each begun millisecond. */
  private static double cost(int megabytes, double millis) {
    double gigabyteSeconds = Math.ceil(millis) / 1000 * megabytes / 1024;
    return 1_000_000 * gigabyteSeconds * GIGABYTE_SECOND + MILLION_REQUESTS;
  }

  private static Samples column(List<double[]> rows, int index) {
    return Samples.of(rows.stream().map(row -> row[index]).toList());
  }
}
