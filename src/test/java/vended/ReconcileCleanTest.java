package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.audit.dynamo.Generator;
import vended.json.Json;
import vended.local.Functions;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;

/**
 * {@code /audit/reconcile} where all is well: vends, refusals and probes of some hours, as the
 * audit and CloudTrail have them, sent piece by piece. The profile {@code soak} makes more.
 */
@InSoak(
    "more of the same; ReconcileTest has each rule, and AuditTest that what agrees "
        + "is no finding")
class ReconcileCleanTest {
  private static final int PAIRS = Soak.count(40, 10_000);
  private static final int VENDS_AN_HOUR = 500;
  private static final Instant END = Instant.parse("2026-03-01T12:34:56.789Z");
  private static final Duration OVER = Duration.ofMinutes(60L * PAIRS / VENDS_AN_HOUR + 60);
  private static final Duration MARGIN = Duration.ofMinutes(2);
  private static final int MAX_BYTES = 2_000_000;
  private static final int MAX_EVENTS = 5000;

  private final Random random = new Random(17);
  private final List<Map<String, AttributeValue>> rows = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private int granted;
  private int strangers;

  /** An event and its time. */
  private record Event(Instant time, Map<String, Object> members, int bytes) {}

  private void makeUp() {
    Map<String, List<Map<String, AttributeValue>>> vends =
        Generator.rows(23, PAIRS * 5 / 2, END, OVER).stream()
            .collect(
                Collectors.groupingBy(
                    row -> Items.text(row, "pk"), LinkedHashMap::new, Collectors.toList()));
    for (var vend : vends.entrySet()) {
      var ofVend = vend.getValue();
      boolean isOpen = ofVend.size() == 1 && Items.text(ofVend.get(0), "sk").equals("intent");
      if (!isOpen && granted < PAIRS) {
        String session = "Builder@" + vend.getKey();
        ofVend.forEach(row -> rows.add(named(row, session)));
        events(ofVend, session);
      }
    }
    events.sort(Comparator.comparing(Event::time));
  }

  private static Map<String, AttributeValue> named(
      Map<String, AttributeValue> row, String session) {
    Map<String, AttributeValue> named = new HashMap<>(row);
    named.computeIfPresent("sessionName", (name, old) -> AttributeValue.fromS(session));
    return named;
  }

  private void events(List<Map<String, AttributeValue>> ofVend, String session) {
    Map<String, AttributeValue> last = ofVend.getLast();
    if (ofVend.size() < 2 || Items.text(last, "sk").startsWith("admin")) {
      return;
    }
    Instant at = Instant.parse(Items.text(ofVend.getFirst(), "at"));
    long took = Duration.between(at, Instant.parse(Items.text(last, "at"))).toMillis();
    Instant time = at.plusMillis(random.nextLong(took));
    String role = Items.text(last, "roleArn");
    if (random.nextInt(20) == 0) {
      add(Trail.with(Trail.refused(at, role, session), "errorCode", "ThrottlingException"));
    }
    if (Items.text(last, "sk").equals("probe")) {
      probe(time, role, session, last);
    } else if (Items.text(last, "outcome").equals("granted")) {
      granted++;
      add(Trail.issued(time, role, session, Items.text(last, "accessKeyId")));
    } else {
      refusal(time, role, session);
    }
    if (random.nextInt(10) == 0) {
      strangers++;
      add(Trail.with(Trail.refused(time, role, "x"), "userIdentity", Map.of("type", "Root")));
    }
  }

  private void probe(Instant time, String role, String session, Map<String, AttributeValue> probe) {
    int issued = 1 + (Items.text(probe, "withoutExternalId").equals("works") ? 1 : 0);
    for (int i = random.nextInt(2); i <= issued; i++) {
      add(Trail.issued(time, role, session, "ASIAOFAPROBE" + events.size()));
    }
    for (int i = 0; i < 8; i++) {
      refusal(time, role, session);
    }
  }

  private void refusal(Instant time, String role, String session) {
    add(random.nextBoolean() ? Trail.nameless(time, role) : Trail.refused(time, role, session));
  }

  /** One of the forms of an event, and sometimes the client's trail's event, too. */
  private void add(Map<String, Object> event) {
    add(event, random.nextInt(3));
    if (random.nextInt(4) == 0 && !Map.of("type", "Root").equals(event.get("userIdentity"))) {
      add(Trail.atTheClient(event, "444455556666"), random.nextInt(3));
    }
  }

  private void add(Map<String, Object> event, int form) {
    Map<String, Object> sent =
        switch (form) {
          case 0 -> event;
          case 1 -> Trail.lookedUp(event);
          default -> Trail.ofLake(event);
        };
    int bytes = Json.write(sent).getBytes(StandardCharsets.UTF_8).length + 1;
    events.add(new Event(Instant.parse(String.valueOf(event.get("eventTime"))), sent, bytes));
  }

  @Test
  void nothingIsFoundWhereAllIsWell() throws Exception {
    makeUp();
    assertThat(granted).isEqualTo(PAIRS);
    Clock clock = Clock.fixed(END.plus(Duration.ofHours(1)), ZoneOffset.UTC);
    try (LocalStack stack =
            LocalStack.start(Options.of(Functions.ofService(TestStack.PATIENT)).withClock(clock));
        Auditor auditor = new Auditor(stack)) {
      Generator.write(stack.tables().client(), stack.auditTable(), rows);
      Map<String, Long> sums = new HashMap<>();
      Instant since = END.minus(OVER).minusSeconds(5);
      while (since.isBefore(END)) {
        Instant until = until(since);
        Answer answer = auditor.reconcile(body(since, until));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.at("findings")).isEqualTo(List.of());
        for (String name : List.of("events", "matched", "records")) {
          sums.merge(name, (Long) Objects.requireNonNull(answer.at(name)), Long::sum);
        }
        since = until;
      }
      long judged =
          rows.stream()
              .filter(row -> !Items.text(row, "sk").startsWith("admin"))
              .filter(
                  row ->
                      !row.containsKey("outcome") || Items.text(row, "outcome").equals("granted"))
              .count();
      assertThat(sums)
          .containsEntry("events", (long) events.size() - strangers)
          .containsEntry("matched", (long) events.size() - strangers)
          .containsEntry("records", judged);
    }
  }

  /** The end of the longest period whose events fit into one request. */
  private Instant until(Instant since) {
    Instant until = since.plus(Duration.ofMinutes(5));
    while (true) {
      Instant next = until.plus(Duration.ofMinutes(5));
      List<Event> sent = around(since, next);
      if (sent.size() > MAX_EVENTS
          || sent.stream().mapToInt(Event::bytes).sum() > MAX_BYTES
          || !until.isBefore(END)) {
        return until;
      }
      until = next;
    }
  }

  private List<Event> around(Instant since, Instant until) {
    return events.stream()
        .filter(event -> !event.time().isBefore(since.minus(MARGIN)))
        .filter(event -> event.time().isBefore(until.plus(MARGIN)))
        .toList();
  }

  private Map<String, Object> body(Instant since, Instant until) {
    return Map.of(
        "since", since.toString(),
        "until", until.toString(),
        "events", around(since, until).stream().map(Event::members).toList());
  }
}
