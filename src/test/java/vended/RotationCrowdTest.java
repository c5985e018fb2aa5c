package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vended.Administrator.Answer;
import vended.iam.Policy;
import vended.json.Json;
import vended.local.AllowListRows;
import vended.local.Issued;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Principal;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.template.Template;

/**
 * A rotation while {@code rotation.callers} pipelines, each with a role and a grant of its own, ask
 * for credentials without a pause: none fails, each vend is one AssumeRole, and reconciling finds
 * nothing. {@code -Drotation.callers=100} asks for more than the default.
 */
@InSoak("many callers at once; RotationTest has each step, and that no vend fails on the way")
class RotationCrowdTest {
  private static final int CALLERS = Integer.getInteger("rotation.callers", 8);

  /** One request for reconciling takes the events of so many vends, in three parts. */
  private static final int ROUNDS = Math.max(2, 2_000 / 3 / CALLERS);

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();
  private static final String ROLE = stack.demonstration().roleArn();
  private static final String OLD = stack.demonstration().externalId();

  private static final List<Policy> CALLER_POLICY =
      List.of(
          Policy.identity(
              Template.read(Path.of("template.yaml"), Map.of("AWS::Region", LocalStack.REGION))
                  .managedPolicy("CallerPolicy")));

  /** Longer than any run. */
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  @AutoClose private static final Administrator admin = new Administrator(stack);

  private final Queue<Map<String, Object>> trail = new ConcurrentLinkedQueue<>();
  private final Set<Map<String, String>> unanswered =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicIntegerArray answers = new AtomicIntegerArray(CALLERS);
  private final Semaphore vends = new Semaphore(0);
  private final Semaphore turns = new Semaphore(0);
  private final Phaser rounds = new Phaser(CALLERS);
  private final AtomicBoolean ended = new AtomicBoolean();

  @AfterEach
  void theRoleIsAsItWas() {
    stack
        .sts()
        .addRole(ROLE, stack.demonstration().trustPolicy(), stack.demonstration().maxSession());
  }

  @Test
  void noVendFails_EachIsOneAssumeRole_AndReconcilingFindsNothing() throws Exception {
    Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    stack.sts().onAssumeRole(unanswered::add);
    stack.sts().onIssue(this::issued);
    List<Thread> callers = new ArrayList<>();
    try (SignedClient connections = stack.caller(stack.people().session())) {
      for (int i = 0; i < CALLERS; i++) {
        int number = i;
        SignedClient pipeline = connections.as(newPipeline(number));
        callers.add(Thread.ofVirtual().start(() -> ask(pipeline, number)));
      }
      rotate();
      ended.set(true);
      turns.release(CALLERS);
      for (Thread caller : callers) {
        caller.join();
      }
    }

    assertThat(failures).isEmpty();
    long granted =
        stack.tables().rows(stack.auditTable()).stream()
            .filter(row -> row.containsKey("outcome") && row.containsKey("accessKeyId"))
            .count();
    assertThat(ofVends()).as("AssumeRole calls of vends").isEqualTo(granted);
    unanswered.forEach(call -> trail.add(Trail.refused(Instant.now(), ROLE, session(call))));
    try (Auditor auditor = new Auditor(stack)) {
      Answer answer =
          auditor.reconcile(
              Map.of(
                  "since", since.toString(),
                  "until", Instant.now().toString(),
                  "events", List.copyOf(trail)));
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
      assertThat(answer.at("findings")).isEqualTo(List.of());
      assertThat(answer.at("matched")).isEqualTo((long) trail.size());
    }
  }

  private void rotate() throws Exception {
    everybodyVends();
    String next = step("start").text("rotation/nextExternalId");
    accept(OLD, next);
    assertThat(probe()).isEqualTo("works works");
    assertThat(step("switch").text("client/externalId")).isEqualTo(next);
    // A client would take days: what is under way with the old one has its answer by then.
    everybodyVends();
    accept(next);
    everybodyVends();
    assertThat(probe()).as("the old one opens nothing").isEqualTo("works refused");
    assertThat(step("finish").at("rotation")).isNull();
  }

  /**
   * Waits until each caller has had an answer to a request that it made after this began. They go
   * on asking during what comes next.
   */
  private void everybodyVends() throws InterruptedException {
    turns.release(CALLERS * ROUNDS);
    int[] before = IntStream.range(0, CALLERS).map(answers::get).toArray();
    while (IntStream.range(0, CALLERS).anyMatch(i -> answers.get(i) < before[i] + 2)) {
      vends.acquire();
    }
  }

  /** A session of a role of its own, which may call the service and has a grant. */
  private static Keys.Key newPipeline(int number) {
    String role = "arn:aws:iam::111122223333:role/Pipeline-" + number;
    String uniqueId = stack.keys().uniqueId("AROA");
    stack.attachments().attach(role, CALLER_POLICY);
    stack
        .tables()
        .put(
            stack.allowListTable(),
            List.of(AllowListRows.grant(role, uniqueId, ROLE, Instant.now())));
    return stack.keys().issue(Principal.session(role, uniqueId, "build"), END);
  }

  private void ask(SignedClient pipeline, int number) {
    while (true) {
      turns.acquireUninterruptibly();
      if (ended.get()) {
        break;
      }
      try {
        var answer = pipeline.post("/credentials", Json.write(Map.of("roleArn", ROLE)));
        if (answer.statusCode() != 200) {
          failures.add(answer.statusCode() + " " + answer.body());
        }
      } catch (Exception e) {
        failures.add(e.toString());
      }
      answers.incrementAndGet(number);
      vends.release();
      // All at once, again and again: otherwise the fastest would take the turns of the others.
      rounds.arriveAndAwaitAdvance();
    }
    rounds.arriveAndDeregister();
  }

  private void issued(Map<String, String> call, Issued issued) {
    unanswered.remove(call);
    var event =
        Trail.issued(
            Instant.now(), ROLE, session(call), Objects.requireNonNull(issued.accessKeyId()));
    int seconds = Integer.parseInt(Objects.requireNonNull(call.get("DurationSeconds")));
    // Without what is long and says nothing here: a request takes 2 MiB.
    var user = Map.of("assumedRoleId", "AROADEPLOY:" + session(call));
    var keys = Map.of("accessKeyId", Objects.requireNonNull(issued.accessKeyId()));
    event =
        Trail.with(event, "responseElements", Map.of("credentials", keys, "assumedRoleUser", user));
    trail.add(Trail.asking(event, "durationSeconds", seconds));
  }

  private static String session(Map<String, String> call) {
    return Objects.requireNonNull(call.get("RoleSessionName"));
  }

  /** A probe's calls are the short ones. */
  private static long ofVends() {
    return stack.sts().calls().stream()
        .filter(call -> !"900".equals(call.get("DurationSeconds")))
        .count();
  }

  private static Answer step(String step) throws Exception {
    Answer answer =
        admin.post(
            "/clients/rotate", Map.of("account", stack.demonstration().account(), "step", step));
    assertThat(answer.status()).as("%s: %s", step, answer.body()).isEqualTo(200);
    return answer;
  }

  private static String probe() throws Exception {
    Answer probe = admin.post("/probes", Map.of("roleArn", ROLE));
    return probe.text("withExternalId") + " " + probe.text("withOtherExternalId");
  }

  private static void accept(String... externalIds) {
    Map<String, Object> vendor = Map.of("AWS", stack.people().vendor().principal().identityArn());
    Map<String, Object> enter =
        Map.of(
            "Effect",
            "Allow",
            "Principal",
            vendor,
            "Action",
            "sts:AssumeRole",
            "Condition",
            Map.of("StringEquals", Map.of("sts:ExternalId", List.of(externalIds))));
    Map<String, Object> speak =
        Map.of(
            "Effect",
            "Allow",
            "Principal",
            vendor,
            "Action",
            List.of("sts:SetSourceIdentity", "sts:TagSession"));
    Map<String, Object> policy =
        Map.of("Version", "2012-10-17", "Statement", List.of(enter, speak));
    stack.sts().addRole(ROLE, Json.write(policy), Duration.ofHours(1));
  }
}
