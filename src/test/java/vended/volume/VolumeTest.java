package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.InSoak;
import vended.audit.Reason;
import vended.audit.query.Period;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;
import vended.volume.Book.House;
import vended.volume.Book.Seat;

/**
 * The audit of {@code volume.days} days with {@code volume.vends} vends each, written by the
 * service's own code: every answer about it is compared with a model that was kept meanwhile.
 * {@code ./mvnw -Pvolume} has 31 days of 10,000 vends and prints what each answer took.
 */
@InSoak(
    "each answer about days of vends; AuditQueryTest, ReportTest, AccessListTest and "
        + "WhyTest have them of few")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VolumeTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path home;

  private static final Scale SCALE = Scale.ofProperties();
  private static final Measure MEASURE = new Measure();
  private static final String EXPORT = "export of the period";
  private static final String REPORT = "report of the period";
  private static final String YEAR = "report of a year with one vend";

  @SuppressWarnings("NullAway.Init")
  private static LocalStack stack;

  @SuppressWarnings("NullAway.Init")
  private static Filler filled;

  @SuppressWarnings("NullAway.Init")
  private static Asking asking;

  @BeforeAll
  static void fill() throws Exception {
    stack = LocalStack.start(Options.of(MEASURE.counting(Functions.ofService(TestStack.PATIENT))));
    stack.tables().empty(stack.allowListTable());
    filled = new Filler(SCALE, stack);
    asking = new Asking(stack, home, MEASURE);
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

  private static String[] during(String... arguments) {
    return Stream.concat(
            Arrays.stream(arguments),
            Stream.of("--since=" + SCALE.period().since(), "--until=" + SCALE.period().until()))
        .toArray(String[]::new);
  }

  @Test
  @Order(1)
  void anExportHasEachRecord() throws Exception {
    List<String> lines =
        asking.lines(EXPORT, true, "all.jsonl", during("audit", "export", "--output=all"));
    Records.assertSame(lines.stream().map(Records::object), filled.facts.of(SCALE.period()));
  }

  @Test
  void anExportForAClientHasEachOfItsRecords_AndNoOthers() throws Exception {
    House client = filled.world.houses.get(1);
    List<String> lines =
        asking.lines(
            "export for a client",
            true,
            "client.jsonl",
            during("audit", "export", "--client=" + client.name, "--output=client"));
    Records.assertSame(
        lines.stream().map(Records::object),
        filled
            .facts
            .of(SCALE.period())
            .filter(fact -> client.account.equals(fact.about().account())));
  }

  @Test
  void aNameOfSeveralClientsIsRefusedWithTheirAccounts() throws Exception {
    Script.Result result =
        asking.run(true, during("audit", "export", "--client=Twin", "--output=twin"));

    assertThat(result.exit()).isNotZero();
    assertThat(result.err())
        .contains(filled.world.houses.get(2).account, filled.world.houses.get(3).account);
  }

  static List<Question> questions() {
    return Question.all(filled);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void eachQuestionHasEachRecord(Question question) throws Exception {
    Map<String, Object> body = new LinkedHashMap<>(question.body());
    body.put("since", SCALE.period().since().toString());
    body.put("until", SCALE.period().until().toString());
    List<Map<String, @Nullable Object>> records = asking.records(question.name(), body);
    Records.assertSame(
        records.stream(), filled.facts.of(SCALE.period()).filter(question.answers()));
  }

  @Test
  void accessOfEveryGrant() throws Exception {
    access("access to all", seat -> true);
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
    String[] arguments = Arrays.copyOf(options, options.length + 2);
    arguments[0] = "access";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = "--format=jsonl";
    List<String> lines = asking.lines(name, false, "", arguments);
    new AccessCheck(filled.book, filled.facts.all())
        .assertSame(
            lines.stream().map(Records::object), filled.book.seats.values().stream().filter(seats));
  }

  private static WhyCheck why() {
    return new WhyCheck(filled.book, filled.facts.all());
  }

  @Test
  void whyOfEachKind() throws Exception {
    List<Fact> sample = why().sample(SCALE.isLarge() ? 20 : 1);
    var answers =
        asking.each(
            "why of one vend, of each kind",
            "/access/why",
            sample.stream().map(fact -> Map.<String, Object>of("vendId", fact.vendId())).toList());
    for (int i = 0; i < sample.size(); i++) {
      why().assertSame(sample.get(i), answers.get(i));
    }
  }

  @Test
  void whyOfEachGrant() throws Exception {
    List<Seat> seats = List.copyOf(filled.book.seats.values());
    var answers =
        asking.each(
            "why of each grant",
            "/access/why",
            seats.stream()
                .map(seat -> Map.<String, Object>of("caller", seat.who.arn(), "roleArn", seat.role))
                .toList());
    for (int i = 0; i < seats.size(); i++) {
      why().assertSame(seats.get(i), answers.get(i));
    }
  }

  @Test
  void statusCountsEverything() throws Exception {
    var answers = asking.each("status", "/access/status", List.of(Map.of()));
    why().assertSame(answers.getFirst());
  }

  @Test
  @Order(2)
  void aReportHasEachFigure() throws Exception {
    String text = asking.report(REPORT, SCALE.period());
    Map<String, @Nullable Object> report = Records.object(text);
    assertThat(report.get("complete")).isEqualTo(true);
    new ReportCheck(filled.facts, SCALE.period(), SCALE.previous())
        .assertSame(Records.object(report.get("period")));
    new NowCheck(filled.book, filled.facts.all())
        .assertSame(
            Records.object(report.get("now")), Instant.parse(String.valueOf(report.get("madeAt"))));

    String again = asking.report("the same again", SCALE.period());
    assertThat(period(again)).isEqualTo(period(text));
    SmallCalls.Made cut = SmallCalls.report(stack, SCALE.period());
    assertThat(cut.calls()).isGreaterThan(5);
    assertThat(period(cut.body())).isEqualTo(period(text));
    assertThat(period(alone().body())).isEqualTo(period(text));
    OptionalDouble export = MEASURE.seconds(EXPORT);
    if (SCALE.isLarge() && export.isPresent()) {
      assertThat(MEASURE.seconds(REPORT).orElseThrow())
          .isLessThanOrEqualTo(1.3 * export.getAsDouble());
    }
  }

  /** The same by the function in a process of its own. */
  private static FunctionAlone.Made alone() throws Exception {
    List<FunctionAlone.Made> made = new ArrayList<>();
    MEASURE.ask(
        "the function alone, with %d MB of heap".formatted(FunctionAlone.HEAP),
        () -> {
          made.add(FunctionAlone.report(stack, SCALE.period(), home));
          return new Measure.Answer(1, made.getFirst().body().length(), 0);
        });
    System.out.printf(
        "The function alone made the report in %d calls, with %d MB of memory at most.%n",
        made.getFirst().calls(), made.getFirst().megabytes());
    return made.getFirst();
  }

  @Test
  void aYearWithOneVend() throws Exception {
    try (LocalStack quiet =
        LocalStack.start(Options.of(MEASURE.counting(Functions.ofService(TestStack.PATIENT))))) {
      int days = SCALE.isLarge() ? 365 : 20;
      Facts facts = QuietYear.fill(quiet, SCALE.until(), days);
      Instant since = SCALE.until().minus(Duration.ofDays(days));
      Path own = Files.createDirectory(home.resolve("quiet"));
      Period year = new Period(since, SCALE.until());
      String text = new Asking(quiet, own, MEASURE).report(YEAR, year);
      Period before = new Period(since.minus(Duration.ofDays(days)), since);
      new ReportCheck(facts, year, before)
          .assertSame(Records.object(Records.object(text).get("period")));
    }
    if (SCALE.isLarge()) {
      assertThat(MEASURE.seconds(YEAR).orElseThrow()).isLessThan(10);
    }
  }

  /** The bytes of the member that must not change. */
  private static String period(String report) {
    int start = report.indexOf("\"period\":");
    int end = report.indexOf(",\"now\":{\"vending\"");
    assertThat(start).isPositive();
    assertThat(end).isGreaterThan(start);
    return report.substring(start, end);
  }
}
