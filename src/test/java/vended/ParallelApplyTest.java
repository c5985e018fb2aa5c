package vended;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.local.FaultyProxy;
import vended.local.Functions;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;

/** {@code /grants/apply} works on several lines at once. */
class ParallelApplyTest {
  private static final int AT_ONCE = 8;
  private static final Pattern CALLER = Pattern.compile("user/u[0-9]+");

  /** As DynamoDB answers while it scales an index of a table on demand. */
  private static final FaultyProxy.Answer CANCELED =
      new FaultyProxy.Answer(
          400,
          "application/x-amz-json-1.0",
          """
          {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",\
          "Message":"Transaction cancelled [None, ThrottlingError]",\
          "CancellationReasons":[{"Code":"None"},{"Code":"ThrottlingError",\
          "Message":"Throughput exceeds the current capacity for one or more global secondary\
           indexes."}]}\
          """);

  /** The SDK does not try this again. */
  private static final FaultyProxy.Answer REFUSED =
      FaultyProxy.Answer.dynamoError(400, "AccessDeniedException");

  /** Its time stands still: no request ends early, however busy the machine is. */
  @RegisterExtension
  static final TestStack OWN =
      TestStack.of(
          Options.of(Functions.ofService(TestStack.PATIENT)).withClock(standing()).withFaults());

  private static final LocalStack stack = OWN.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  private static Clock standing() {
    return Clock.fixed(Instant.now(), ZoneOffset.UTC);
  }

  @BeforeEach
  void aClientWithAVerifiedRole() throws Exception {
    admin.putVerifiedClient();
  }

  private static String caller(int number) {
    return "arn:aws:iam::111122223333:user/u%03d".formatted(number);
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                "{\"caller\":\"%s\",\"roleArn\":\"%s\",\"unpinned\":true}"
                    .formatted(caller(number), Administrator.ROLE))
        .toList();
  }

  private static Answer apply(List<String> lines) throws Exception {
    Answer answer = admin.post("/grants/apply", Map.of("lines", lines));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer;
  }

  private static List<String> of(Answer answer, String member) {
    return ((List<?>) Objects.requireNonNull(answer.at("results")))
        .stream().map(result -> String.valueOf(((Map<?, ?>) result).get(member))).toList();
  }

  /** What was recorded of each caller's grant, in order: {@code intent}, {@code made}… */
  private static Map<String, List<String>> recordsByCaller() {
    return admin.records().stream()
        .filter(ParallelApplyTest::isOfGrant)
        .collect(
            groupingBy(
                item -> Items.text(item, "target"), mapping(ParallelApplyTest::outcome, toList())));
  }

  private static boolean isOfGrant(Map<String, AttributeValue> item) {
    return Items.text(item, "action").equals("grants/put");
  }

  private static String outcome(Map<String, AttributeValue> item) {
    return item.containsKey("outcome") ? Items.text(item, "outcome") : "intent";
  }

  /** Lets requests wait for each other, and counts those of one grant that are there at once. */
  private static final class Room implements FaultyProxy.Passage {
    private final CountDownLatch full = new CountDownLatch(AT_ONCE);
    private final Set<String> inside = ConcurrentHashMap.newKeySet();
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Set<String> twice = ConcurrentHashMap.newKeySet();

    @Override
    public Runnable enter(String body) throws InterruptedException {
      Matcher caller = CALLER.matcher(body);
      assertThat(caller.find()).isTrue();
      if (!inside.add(caller.group())) {
        twice.add(caller.group());
      }
      most.accumulateAndGet(inside.size(), Math::max);
      // The first lines open the lanes, one after the other.
      if (entered.incrementAndGet() > 2 * AT_ONCE) {
        full.countDown();
        assertThat(full.await(1, TimeUnit.MINUTES)).as("%d at once", AT_ONCE).isTrue();
      }
      return () -> inside.remove(caller.group());
    }
  }

  @Test
  void eightLinesAreMadeAtOnce_NeverTwoOfOneGrant_AndAnsweredInOrder() throws Exception {
    Room room = new Room();
    stack.tablesProxy().fault("TransactWriteItems", "", new FaultyProxy.Through(room));

    Answer answer = apply(lines(60));

    assertThat(room.most).hasValue(AT_ONCE);
    assertThat(room.twice).isEmpty();
    assertThat(of(answer, "action")).hasSize(60).containsOnly("create");
    assertThat(of(answer, "caller"))
        .isEqualTo(IntStream.range(0, 60).mapToObj(ParallelApplyTest::caller).toList());
    assertThat(of(answer, "vendId")).doesNotHaveDuplicates();
    assertThat(recordsByCaller()).hasSize(60);
    assertThat(recordsByCaller().values()).containsOnly(List.of("intent", "made"));
    for (Map<String, AttributeValue> item : admin.records()) {
      int index = of(answer, "vendId").indexOf(Items.text(item, "pk"));
      if (isOfGrant(item)) {
        assertThat(Items.text(item, "target")).isEqualTo(caller(index));
      }
    }
  }

  @Test
  void twoRequestsOfTheSameLinesMakeEachGrantOnce() throws Exception {
    List<Callable<Answer>> same = List.of(() -> apply(lines(40)), () -> apply(lines(40)));
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> answer : executor.invokeAll(same)) {
        answers.add(answer.get());
      }
    }

    for (int i = 0; i < 40; i++) {
      int line = i;
      List<String> actions =
          answers.stream().map(answer -> of(answer, "action").get(line)).toList();
      assertThat(actions).containsOnlyOnce("create");
      assertThat(actions).isSubsetOf("create", "keep", "refused");
    }
    assertThat(recordsByCaller().values())
        .allSatisfy(records -> assertThat(records).containsOnlyOnce("made"));
  }

  @Test
  void afterAFailureNoLineIsBegun_AndTheRestIsMadeByTheNextRequest() throws Exception {
    stack.tablesProxy().fault("ExecuteStatement", caller(20), 1, 1, REFUSED);

    Answer answer = apply(lines(60));

    List<String> actions = of(answer, "action");
    assertThat(actions).hasSizeBetween(21, 20 + AT_ONCE);
    assertThat(actions.get(20)).isEqualTo("failed");
    assertThat(answer.at("results/20/code")).isEqualTo("unavailable");
    assertThat(actions.stream().filter(action -> !action.equals("create"))).hasSize(1);
    assertThat(of(apply(lines(60)), "action").stream().filter("create"::equals))
        .hasSize(60 - (actions.size() - 1));
    assertThat(recordsByCaller().values()).containsOnly(List.of("intent", "made"));
  }

  @Test
  void aThrottledTableIsWaitedFor() throws Exception {
    stack.tablesProxy().fault("TransactWriteItems", "", 5, 30, CANCELED);

    Answer answer = apply(lines(40));

    assertThat(of(answer, "action")).hasSize(40).containsOnly("create");
    assertThat(recordsByCaller()).hasSize(40);
    assertThat(recordsByCaller().values()).containsOnly(List.of("intent", "made"));
  }
}
