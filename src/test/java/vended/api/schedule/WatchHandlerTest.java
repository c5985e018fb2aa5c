package vended.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Wiring;
import vended.api.LoggingContext;
import vended.api.StepUnavailableException;
import vended.audit.AuditTime;
import vended.audit.ReprobeRuns;
import vended.audit.VendId;
import vended.audit.dynamo.DynamoReprobeRuns;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.OpenIntents;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;
import vended.local.Tables;
import vended.local.TestTables;
import vended.telemetry.Emf;
import vended.telemetry.MetricLines;
import vended.telemetry.ScheduleTelemetry;

/** The watching function: what it counts, and what it does when it can't. */
@ExtendWith(TestTables.class)
class WatchHandlerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:03:00Z");

  private static final Tables tables = TestTables.tables();
  private static final String table = TestTables.name("AuditTable");

  private final Random random = new Random(3);
  private final StringBuilder log = new StringBuilder();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private void watch(URI endpoint) {
    watch(endpoint, NOW);
  }

  private void watch(URI endpoint, Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Map<String, String> environment =
        Map.of(
            "STACK_NAME", "vended",
            "AUDIT_TABLE", table,
            "AWS_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "secret-of-the-function",
            "AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString());
    Wiring wiring = new Wiring(environment, clock);
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    new WatchHandler(
            wiring.schedule().openIntents(),
            wiring.schedule().reprobeRuns(),
            new ScheduleTelemetry(new MetricLines(out, clock, "vended")),
            clock,
            wiring.vendIds())
        .handleRequest(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new LoggingContext(log));
  }

  /** Rows of one vend or change, of which the first is so old. */
  private String rows(Duration age, String... kinds) {
    Instant at = NOW.minus(age);
    String vendId = VendId.source(Clock.fixed(at, ZoneOffset.UTC), random).get().value();
    for (int i = 0; i < kinds.length; i++) {
      Map<String, AttributeValue> row = new HashMap<>();
      row.put("pk", AttributeValue.fromS(vendId));
      row.put("sk", AttributeValue.fromS(kinds[i]));
      row.put("at", AttributeValue.fromS(AuditTime.at(at.plusSeconds(i))));
      row.put("hourShard", AttributeValue.fromS(AuditTime.hourShard(at.plusSeconds(i), 2)));
      tables.client().putItem(call -> call.tableName(table).item(row));
    }
    return vendId;
  }

  private List<String> counted() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> Emf.read(line).stream())
        .map(sample -> sample.metric() + " " + sample.value())
        .toList();
  }

  @Test
  void whatHasEndedIsNotCounted() {
    rows(Duration.ofMinutes(6), "intent", "outcome");
    rows(Duration.ofMinutes(7), "intent", "probe");
    rows(Duration.ofMinutes(8), "admin", "admin-outcome");
    rows(Duration.ofMinutes(9), "outcome");

    watch(tables.url());

    assertThat(counted()).containsExactly("OpenIntents 0");
  }

  @Test
  void whatWasBegunAndNeverEndedIsCounted_AcrossTheHour() {
    String vend = rows(Duration.ofMinutes(6), "intent");
    String change = rows(Duration.ofMinutes(21), "admin");
    rows(Duration.ofMinutes(10), "intent", "outcome");

    watch(tables.url());

    assertThat(counted()).containsExactly("OpenIntents 2");
    assertThat(written.toString(StandardCharsets.UTF_8)).contains(vend, change);
  }

  @Test
  void whatMayStillEndIsNotCounted_NorWhatAnEarlierLookHasCounted() {
    rows(Duration.ofMinutes(4), "intent");
    rows(Duration.ofMinutes(23), "intent");

    watch(tables.url());

    assertThat(counted()).containsExactly("OpenIntents 0");
  }

  @Test
  void twoLooksInARowLeaveNothingOut() {
    List<String> vends = new ArrayList<>();
    for (int minutes = 0; minutes <= 20; minutes++) {
      vends.add(rows(Duration.ofMinutes(minutes), "intent"));
    }

    watch(tables.url());
    // The timer may be a minute late.
    watch(tables.url(), NOW.plus(Duration.ofMinutes(16)));

    // What is just five minutes old is for the next look; two minutes are looked at by both.
    assertThat(counted()).containsExactly("OpenIntents 15", "OpenIntents 7");
    assertThat(written.toString(StandardCharsets.UTF_8)).contains(vends);
  }

  @Test
  void itIsMeasuredHowLongAgoTheLastRunOfTheScheduleEnded() throws Exception {
    ReprobeRuns runs = new DynamoReprobeRuns(tables.client(), table);
    for (int hours : List.of(50, 26, 40)) {
      Clock then = Clock.fixed(NOW.minus(Duration.ofHours(hours)), ZoneOffset.UTC);
      runs.ended(VendId.source(then, random).get(), then.instant());
    }

    watch(tables.url());

    assertThat(counted()).containsExactly("OpenIntents 0", "ReprobeAge 26.0");
  }

  /** Lambda retries a run that fails, and the retry would count the same intents again. */
  @Test
  void aLookThatFoundTooMuchToReadCountsOnceAndDoesNotFail() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    AuditRow open =
        new AuditRow("01ARYZ6S41TSV4RRFFQ69G5FAV", "intent", AuditTime.at(NOW), 0, Map.of());
    AuditRows endless =
        new AuditRows() {
          @Override
          public Slice read(AuditKey key, Period period, @Nullable Position from, int limit) {
            return new Slice(List.of(), Position.after(open));
          }

          @Override
          public Map<String, List<AuditRow>> ofVends(Collection<String> ids, Set<String> kinds) {
            return Map.of();
          }
        };
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    new WatchHandler(
            new OpenIntents(new AskAudit(endless, clock), clock),
            new DynamoReprobeRuns(tables.client(), table),
            new ScheduleTelemetry(new MetricLines(out, clock, "vended")),
            clock,
            VendId.source(clock, random))
        .handleRequest(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new LoggingContext(log));

    assertThat(counted()).containsExactly("OpenIntents 1");
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("\"complete\":false");
  }

  @Test
  void anAuditThatIsNotThereIsAnError_AndNoGoodNews() {
    assertThatThrownBy(() -> watch(URI.create("http://127.0.0.1:1")))
        .isInstanceOf(StepUnavailableException.class);

    assertThat(counted()).isEmpty();
    assertThat(log).contains("AuditException").doesNotContain("secret-of-the-function");
  }
}
