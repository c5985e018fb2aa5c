package vended.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.InSoak;
import vended.audit.AuditIndex;
import vended.audit.dynamo.DynamoAuditRows;
import vended.audit.dynamo.Generator;
import vended.audit.query.AuditFilter.KindFilter;
import vended.local.Items;
import vended.local.Tables;
import vended.template.Template;

/**
 * What each question costs, of a few records or of 100,000 over 90 days: {@code ./mvnw
 * -Paudit100k}, which prints the figures.
 */
@InSoak("more records; DynamoAuditRowsTest has what a step costs")
class AuditAtScaleTest {
  private static final int COUNT = Integer.getInteger("audit.rows", 1500);
  private static final Instant END = Instant.parse("2026-03-01T12:34:56.789Z");
  private static final Clock CLOCK = Clock.fixed(END.plusSeconds(600), ZoneOffset.UTC);
  // 90 days for 100,000 records, and as many records per hour for fewer.
  private static final Duration OVER = Duration.ofMinutes(Math.max(COUNT * 1296L / 1000, 60));
  private static final List<Map<String, AttributeValue>> ROWS =
      Generator.rows(100, COUNT, END, OVER);
  private static final Meter METER = new Meter();

  @SuppressWarnings("NullAway.Init")
  private static Tables tables;

  @SuppressWarnings("NullAway.Init")
  private static String table;

  @SuppressWarnings("NullAway.Init")
  private static DynamoDbClient client;

  @BeforeAll
  static void start() throws Exception {
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    tables = Tables.embedded(0, "eu-west-1", template.tables());
    table = template.table("AuditTable").name();
    long begin = System.nanoTime();
    Generator.write(tables.client(), table, ROWS);
    client = tables.client("eu-west-1", METER);
    System.out.printf(
        "%d rows over %.1f days, written in %d s%n%-12s %6s %8s %6s %8s %10s %8s %7s%n",
        ROWS.size(),
        OVER.toMinutes() / 1440.0,
        (System.nanoTime() - begin) / 1_000_000_000,
        "question",
        "limit",
        "rows",
        "pages",
        "queries",
        "units",
        "units/p",
        "ms/p");
  }

  @AfterAll
  static void stop() {
    client.close();
    tables.close();
  }

  /** A question, and the rows that it must return. */
  record Question(
      String name,
      AuditKey key,
      Duration back,
      AuditFilter filter,
      int limit,
      Predicate<Map<String, AttributeValue>> has) {
    @Override
    public String toString() {
      return name;
    }

    static Question by(AuditIndex index, String value) {
      return new Question(
          index.indexName(),
          new AuditKey.Indexed(index, value),
          OVER,
          new AuditFilter(KindFilter.ALL, null),
          100,
          row -> AttributeValue.fromS(value).equals(row.get(index.hashKey())));
    }

    static Question hours(String name, Duration back, AuditFilter filter, int limit) {
      return new Question(
          name,
          new AuditKey.Hours(),
          back,
          filter,
          limit,
          row -> filter.outcomes().isEmpty() || hasOneOf(row, filter.outcomes()));
    }

    private static boolean hasOneOf(Map<String, AttributeValue> row, Set<String> outcomes) {
      String outcome = text(row, "outcome");
      return outcome != null && outcomes.contains(outcome);
    }

    String index() {
      return switch (key) {
        case AuditKey.OfVends vends -> "table";
        case AuditKey.Indexed indexed -> indexed.index().indexName();
        case AuditKey.Hours hours -> AuditIndex.BY_HOUR.indexName();
      };
    }
  }

  private static @Nullable String text(Map<String, AttributeValue> row, String name) {
    return row.containsKey(name) ? Items.text(row, name) : null;
  }

  static Stream<Question> questions() {
    AuditFilter all = new AuditFilter(KindFilter.ALL, null);
    Duration week = OVER.compareTo(Duration.ofDays(7)) < 0 ? OVER : Duration.ofDays(7);
    String vendId = Items.text(ROWS.get(ROWS.size() / 2), "pk");
    String key =
        ROWS.stream()
            .skip(ROWS.size() / 2)
            .map(row -> text(row, "accessKeyId"))
            .filter(found -> found != null)
            .findFirst()
            .orElseThrow();
    return Stream.of(
        new Question(
            "table",
            new AuditKey.OfVends(vendId),
            OVER,
            all,
            100,
            row -> Items.text(row, "pk").equals(vendId)),
        Question.by(AuditIndex.BY_ACCESS_KEY, key),
        Question.by(AuditIndex.BY_CALLER, Generator.caller(0)),
        Question.by(AuditIndex.BY_ROLE, Generator.role(3)),
        Question.by(AuditIndex.BY_ACCOUNT, Generator.account(5)),
        Question.hours("a day", Duration.ofDays(1), all, 100),
        Question.hours("a week", week, all, 1000),
        Question.hours("refusals", week, new AuditFilter(KindFilter.VEND, "denied"), 100),
        Question.hours("all of time", OVER, all, 1000));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void eachQuestionCostsWhatItsPagesHold_WhileRecordsComeIn(Question question) throws Exception {
    Period period = new Period(END.minus(question.back()), END);
    List<Map<String, AttributeValue>> incoming =
        new ArrayList<>(Generator.rows(101, 400, END.plusSeconds(300), Duration.ofMinutes(5)));
    AskAudit audit = new AskAudit(new DynamoAuditRows(client, table), CLOCK);
    List<String> names = new ArrayList<>();
    METER.reset();
    long time = 0;
    int pages = 0;
    Position position = null;
    do {
      long begin = System.nanoTime();
      Slice page =
          audit.ask(
              new AuditQuestion(question.key(), period, question.filter()),
              position,
              question.limit());
      time += System.nanoTime() - begin;
      page.rows().forEach(row -> names.add(row.vendId() + row.kind()));
      position = page.next();
      pages++;
      if (!incoming.isEmpty()) {
        Generator.write(tables.client(), table, List.of(incoming.removeLast()));
      }
    } while (position != null);
    report(question, names.size(), pages, time);

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            ROWS.stream()
                .filter(row -> Instant.parse(Items.text(row, "at")).compareTo(period.since()) >= 0)
                .filter(question.has())
                .map(row -> Items.text(row, "pk") + Items.text(row, "sk"))
                .toList());
    assertThat(METER.operations()).containsOnly("Query");
    assertThat(METER.units()).containsOnlyKeys(question.index());
    assertThat(METER.total()).isLessThanOrEqualTo(most(question, names.size(), pages));
  }

  /**
   * A unit reads two times 4 KB, a row is about 1 KB, and each query is rounded up to half a unit.
   * An index reads only the page. Hours read some more of each shard, which the next page reads
   * again, and query each shard of each hour, however empty. Where a filter takes one in seven
   * rows, the others are read, too.
   */
  private static double most(Question question, int rows, int pages) {
    if (!(question.key() instanceof AuditKey.Hours)) {
      return 0.15 * rows + 0.5 * pages + 0.5;
    }
    double read = 0.15 * rows * (question.filter().outcomes().isEmpty() ? 2 : 8);
    return read + 8 * 0.5 * (question.back().toHours() + 2 + 3L * pages);
  }

  private static void report(Question question, int rows, int pages, long nanos) {
    System.out.printf(
        "%-12s %6d %8d %6d %8d %10.1f %8.1f %7d%n",
        question,
        question.limit(),
        rows,
        pages,
        METER.operations().size(),
        METER.total(),
        METER.total() / pages,
        nanos / pages / 1_000_000);
  }
}
