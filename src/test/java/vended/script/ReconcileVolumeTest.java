package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.InSoak;
import vended.Trail;
import vended.audit.dynamo.Generator;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.volume.BusyDay;
import vended.volume.BusyDay.Planted;

/**
 * {@code vend audit reconcile} of a trail's log files of a day with bursts of fifty vends a second:
 * each planted finding, and no other. {@code ./mvnw -Pvolume} makes 50,000 vends, and prints the
 * figures.
 */
@InSoak("a day's bursts; ReconcileFilesTest and ReconcileTest have each finding")
class ReconcileVolumeTest {
  private static final int VENDS = Integer.getInteger("reconcile.vends", 600);
  private static final boolean LARGE = VENDS >= 10_000;

  /** Events of other services and other roles, for each of the vendor role. */
  private static final int OTHERS = 3;

  @RegisterExtension static final TestStack SHARED = TestStack.shared().resetOnce();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private final Random random = new Random(3);
  private final List<Map<String, AttributeValue>> unwritten = new ArrayList<>();
  private long bytes;
  private int otherEvents;

  /** One of the last days, so that two tests do not share one. */
  private static Instant day(int aSecond) {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(aSecond > 50 ? 2 : 1));
  }

  /** Ten times as many a second, for fewer seconds, are for the long run. */
  static List<Integer> bursts() {
    return LARGE ? List.of(50, 500) : List.of(50);
  }

  private void write(Map<String, AttributeValue> row) {
    unwritten.add(row);
    if (unwritten.size() >= 5000) {
      flush();
    }
  }

  private void flush() {
    Generator.write(stack.tables().client(), stack.auditTable(), unwritten);
    unwritten.clear();
  }

  /** A file for each five minutes, as a trail delivers them; every fourth is in two Regions. */
  private Path trail(Instant start, BusyDay day) throws IOException {
    Path trail = home.resolve("trail");
    Path folder = Files.createDirectories(trail.resolve("eu-west-1"));
    Path other = Files.createDirectories(trail.resolve("us-east-1"));
    Duration step = Duration.ofMinutes(LARGE ? 5 : 120);
    List<BusyDay.Event> events = day.events();
    int from = 0;
    for (Instant end = start.plus(step); from < events.size(); end = end.plus(step)) {
      int to = from;
      while (to < events.size() && events.get(to).time().isBefore(end)) {
        to++;
      }
      Path file = folder.resolve("1_CloudTrail_eu-west-1_%d.json.gz".formatted(from));
      file(file, events.subList(from, to));
      if (random.nextInt(4) == 0 || !LARGE) {
        Files.copy(file, other.resolve(file.getFileName()));
      }
      from = to;
    }
    return trail;
  }

  private void file(Path file, List<BusyDay.Event> events) throws IOException {
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      out.write("{\"Records\":[");
      String comma = "";
      for (BusyDay.Event event : events) {
        out.write(comma + count(Json.write(event.members().get())));
        for (int i = 0; i < OTHERS; i++) {
          out.write("," + count(Json.write(other(event.time()))));
          otherEvents++;
        }
        comma = ",";
      }
      out.write("]}");
    }
  }

  private String count(String event) {
    bytes += event.length();
    return event;
  }

  /** Another service's event, or AssumeRole by a service or by another role. */
  private Map<String, Object> other(Instant time) {
    Map<String, Object> event = Trail.refused(time, "arn:aws:iam::444455556666:role/other", "x");
    event.put("userAgent", "\"}{\"eventName\":\"AssumeRole\"\\ \u001b[2J\u00e9");
    return switch (random.nextInt(10)) {
      case 0 ->
          Trail.with(event, "userIdentity", Map.of("type", "AWSService", "invokedBy", "lambda.x"));
      case 1 ->
          Trail.with(
              event,
              "userIdentity",
              Map.of("type", "AssumedRole", "arn", "arn:aws:sts::1:assumed-role/person/x"));
      default -> Trail.with(event, "eventName", "DescribeInstances");
    };
  }

  @ParameterizedTest
  @MethodSource("bursts")
  void everythingPlantedIsFound_AndNothingElse(int aSecond) throws Exception {
    Instant start = day(aSecond);
    BusyDay day = new BusyDay(11, start, VENDS, aSecond, LARGE ? 20 : 3, this::write);
    flush();
    Path trail = trail(start, day);
    Keys.Key key = stack.people().auditor();
    Run run =
        Run.vend(Shell.any(), home, arguments(trail, start))
            .with("VEND_URL", stack.url().toString())
            .with("AWS_REGION", LocalStack.REGION)
            .with("AWS_ACCESS_KEY_ID", key.id())
            .with("AWS_SECRET_ACCESS_KEY", key.secret())
            .with("TMPDIR", home.toString());

    long began = System.nanoTime();
    Process process = run.start();
    Footprint footprint = Footprint.of(process);
    Run.Result result = run.await(process, Duration.ofMinutes(15));
    double seconds = (System.nanoTime() - began) / 1e9;

    assertThat(result.exit()).as(result.err()).isEqualTo(3);
    Map<?, ?> answer = ((JsonObject.Read) JsonObject.read(result.out())).object().members();
    System.out.printf(
        "reconcile: %d vends, bursts of %d a second, %d rows, %d events of %d in %d MB of log: %.0f"
            + " s; script %d MB%n",
        VENDS,
        aSecond,
        day.rows(),
        day.events().size(),
        day.events().size() + otherEvents,
        bytes / 1_000_000,
        seconds,
        footprint.megabytes());
    assertThat(found(answer)).containsExactlyInAnyOrderElementsOf(day.planted());
    assertThat(answer.get("events")).isEqualTo((long) day.events().size());
    assertThat(answer.get("matched")).isEqualTo((long) day.matched());
    assertThat(answer.get("records")).isEqualTo((long) day.records());
    assertThat(answer.get("notJudged")).isEqualTo(List.of());
    assertThat(result.out() + result.err()).doesNotContain("\u001b");
  }

  private static String[] arguments(Path trail, Instant start) {
    return new String[] {
      "audit",
      "reconcile",
      trail.toString(),
      "--since",
      start.toString(),
      "--until",
      start.plus(Duration.ofDays(1)).toString(),
      "--format",
      "json"
    };
  }

  private static List<Planted> found(Map<?, ?> answer) {
    return ((List<?>) Objects.requireNonNull(answer.get("findings")))
        .stream()
            .map(finding -> (Map<?, ?>) finding)
            .map(
                finding -> {
                  Object event = finding.get("eventId");
                  Object id = event == null ? finding.get("vendId") : event;
                  return new Planted(String.valueOf(finding.get("kind")), String.valueOf(id));
                })
            .toList();
  }

  /** The largest memory that the script's processes had together, where /proc tells. */
  private static final class Footprint {
    private volatile long most;

    static Footprint of(Process process) {
      Footprint footprint = new Footprint();
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                while (process.isAlive()) {
                  long now =
                      process.descendants().mapToLong(one -> resident(one.pid())).sum()
                          + resident(process.pid());
                  footprint.most = Math.max(footprint.most, now);
                  LockSupport.parkNanos(100_000_000);
                }
              });
      return footprint;
    }

    private static long resident(long pid) {
      try {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum();
      } catch (IOException | UncheckedIOException e) {
        return 0;
      }
    }

    long megabytes() {
      return most / 1024;
    }
  }
}
