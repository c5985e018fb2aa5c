package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.audit.Reason;
import vended.json.Json;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.volume.Book.Seat;

/**
 * The audit of {@code volume.days} days with {@code volume.vends} vends each, written by the
 * service's own code: every answer about it is compared with a model that was kept meanwhile.
 * {@code ./mvnw -Pvolume} has 31 days of 10,000 vends and prints what each answer took.
 */
class VolumeTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path home;

  private static final Scale SCALE = Scale.ofProperties();
  private static final Measure MEASURE = new Measure();

  @SuppressWarnings("NullAway.Init")
  private static LocalStack stack;

  @SuppressWarnings("NullAway.Init")
  private static Filler filled;

  @BeforeAll
  static void fill() throws Exception {
    stack = LocalStack.start(Options.of(MEASURE.counting(Functions.ofService(TestStack.PATIENT))));
    stack.tables().empty(stack.allowListTable());
    filled = new Filler(SCALE, stack);
    MEASURE.ask(
        "fill",
        () -> {
          filled.fill();
          return new Measure.Answer(filled.written(), 0, 0);
        });
  }

  @AfterAll
  static void print() {
    System.out.println(MEASURE.table());
    filled.close();
    stack.close();
  }

  @Test
  void thereIsEachReason() {
    Set<String> all = Arrays.stream(Reason.values()).map(Reason::code).collect(Collectors.toSet());
    assertThat(
            filled
                .facts
                .of(SCALE.period())
                .filter(fact -> fact.is(Fact.OUTCOME) && fact.end() != null)
                .map(fact -> Objects.requireNonNull(fact.end()).reason())
                .collect(Collectors.toSet()))
        .containsAll(all);
    assertThat(filled.written()).isEqualTo(filled.facts.all().size());
  }

  @Test
  void anExportHasEachRecord() throws Exception {
    Script.Result[] result = new Script.Result[1];
    MEASURE.ask(
        "export of the period",
        () -> {
          result[0] =
              new Script(stack, home)
                  .run(
                      stack.people().auditor(),
                      "audit",
                      "export",
                      "--since=" + SCALE.period().since(),
                      "--until=" + SCALE.period().until(),
                      "--output=export");
          assertThat(result[0].exit()).as(result[0].err()).isZero();
          Path file = home.resolve("export.jsonl");
          long rows;
          try (Stream<String> lines = Files.lines(file)) {
            rows = lines.count();
          }
          return new Measure.Answer(rows, Files.size(file), result[0].megabytes());
        });
    try (Stream<String> lines = Files.lines(home.resolve("export.jsonl"))) {
      Records.assertSame(lines.map(Records::object), filled.facts.of(SCALE.period()));
    }
  }

  /** A question, and the records that it is about. */
  record Question(String name, Map<String, Object> body, Predicate<Fact> answers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Question> questions() {
    Fact key =
        filled.facts.of(SCALE.period()).filter(Fact::granted).skip(100).findFirst().orElseThrow();
    String caller = filled.world.callers.get(0).arn();
    String role = filled.world.seats.get(0).role;
    String account = filled.world.houses.get(1).account;
    Set<String> ended = new HashSet<>();
    filled.facts.all().stream().filter(f -> f.end() != null).forEach(f -> ended.add(f.vendId()));
    Predicate<Fact> outcomes = fact -> fact.is(Fact.OUTCOME);
    Predicate<Fact> vendIntents = fact -> fact.is(Fact.INTENT);
    Predicate<Fact> open = fact -> fact.end() == null && !ended.contains(fact.vendId());
    return List.of(
        new Question(
            "one vend", Map.of("vendId", key.vendId()), f -> f.vendId().equals(key.vendId())),
        new Question(
            "one access key",
            Map.of("accessKeyId", Objects.requireNonNull(key.accessKey())),
            fact -> Objects.equals(fact.accessKey(), key.accessKey())),
        new Question(
            "all of a caller",
            Map.of("caller", caller, "kind", "all"),
            fact -> caller.equals(fact.sender().caller())),
        new Question(
            "vends of a role",
            Map.of("roleArn", role),
            outcomes.or(vendIntents.and(open)).and(f -> role.equals(f.about().role()))),
        new Question(
            "refusals of a client",
            Map.of("account", account, "outcome", "denied"),
            outcomes.and(f -> f.ended("denied") && account.equals(f.about().account()))),
        new Question(
            "all with a reason",
            Map.of("reason", "no_grant"),
            outcomes.and(f -> f.end() != null && "no_grant".equals(f.end().reason()))),
        new Question(
            "all changes",
            Map.of("kind", "admin"),
            fact -> fact.is(Fact.ADMIN_OUTCOME) || (fact.is(Fact.ADMIN) && open.test(fact))),
        new Question("all probes", Map.of("kind", "probe"), fact -> fact.is(Fact.PROBE)),
        new Question("all that is open", Map.of("outcome", "open", "kind", "all"), open));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void eachQuestionHasEachRecord(Question question) throws Exception {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    MEASURE.ask(question.name(), () -> pages(question.body(), records));
    Records.assertSame(
        records.stream(), filled.facts.of(SCALE.period()).filter(question.answers()));
  }

  private static Measure.Answer pages(
      Map<String, Object> question, List<Map<String, @Nullable Object>> records) throws Exception {
    Map<String, Object> body = new LinkedHashMap<>(question);
    body.put("since", SCALE.period().since().toString());
    body.put("until", SCALE.period().until().toString());
    body.put("limit", 1000);
    long bytes = 0;
    try (SignedClient auditor = stack.caller(stack.people().auditor())) {
      Object cursor;
      do {
        HttpResponse<String> answer = auditor.post("/audit/query", Json.write(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        bytes += answer.body().length();
        Map<String, @Nullable Object> page = Records.object(answer.body());
        Records.list(page.get("records")).forEach(row -> records.add(Records.object(row)));
        cursor = page.get("cursor");
        if (cursor != null) {
          body.put("cursor", cursor);
        }
      } while (cursor != null);
    }
    return new Measure.Answer(records.size(), bytes, 0);
  }

  @Test
  void accessOfEveryGrant() throws Exception {
    Predicate<Seat> all = seat -> true;
    access("access to all", all);
    String account = filled.world.houses.get(1).account;
    access(
        "access to a client",
        seat -> Book.account(seat.role).equals(account),
        "--account=" + account);
    Who who = filled.world.callers.get(0);
    access("access of a caller", seat -> seat.who.equals(who), "--caller=" + who.arn());
  }

  private static void access(String name, Predicate<Seat> seats, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("access", "--format=jsonl"));
    arguments.addAll(List.of(options));
    List<String> lines = new ArrayList<>();
    MEASURE.ask(
        name,
        () -> {
          Script.Result result =
              new Script(stack, home)
                  .run(stack.people().administrator(), arguments.toArray(String[]::new));
          assertThat(result.exit()).as(result.err()).isZero();
          lines.addAll(Files.readAllLines(result.out()));
          return new Measure.Answer(lines.size(), Files.size(result.out()), result.megabytes());
        });
    new AccessCheck(filled.book)
        .assertSame(
            lines.stream().map(Records::object), filled.book.seats.values().stream().filter(seats));
  }

  @Test
  void whyOfEachKind() throws Exception {
    WhyCheck check = new WhyCheck(filled.book, filled.facts.all());
    List<Fact> sample = check.sample(SCALE.isLarge() ? 20 : 1);
    List<Map<String, @Nullable Object>> answers = new ArrayList<>();
    MEASURE.ask(
        "why of one vend, of each kind",
        () -> {
          long bytes = 0;
          for (Fact fact : sample) {
            bytes += post("/access/why", Map.of("vendId", fact.vendId()), answers);
          }
          return new Measure.Answer(sample.size(), bytes, 0);
        });
    for (int i = 0; i < sample.size(); i++) {
      check.assertSame(sample.get(i), answers.get(i));
    }
  }

  @Test
  void whyOfEachGrant() throws Exception {
    WhyCheck check = new WhyCheck(filled.book, filled.facts.all());
    List<Seat> seats = List.copyOf(filled.book.seats.values());
    List<Map<String, @Nullable Object>> answers = new ArrayList<>();
    MEASURE.ask(
        "why of each grant",
        () -> {
          long bytes = 0;
          for (Seat seat : seats) {
            Map<String, Object> pair = Map.of("caller", seat.who.arn(), "roleArn", seat.role);
            bytes += post("/access/why", pair, answers);
          }
          return new Measure.Answer(seats.size(), bytes, 0);
        });
    for (int i = 0; i < seats.size(); i++) {
      check.assertSame(seats.get(i), answers.get(i));
    }
  }

  @Test
  void statusCountsEverything() throws Exception {
    List<Map<String, @Nullable Object>> answers = new ArrayList<>();
    MEASURE.ask(
        "status", () -> new Measure.Answer(1, post("/access/status", Map.of(), answers), 0));
    new WhyCheck(filled.book, filled.facts.all()).assertSame(answers.getFirst());
  }

  /** The size of the answer, which is added to the answers. */
  private static long post(
      String path, Map<String, Object> body, List<Map<String, @Nullable Object>> answers)
      throws Exception {
    try (SignedClient administrator = stack.caller(stack.people().administrator())) {
      HttpResponse<String> answer = administrator.post(path, Json.write(body));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      answers.add(Records.object(answer.body()));
      return answer.body().length();
    }
  }
}
