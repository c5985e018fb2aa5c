package vended.audit.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Soak;
import vended.audit.AuditIndex;
import vended.audit.VendId;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.Meter;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.Tables;
import vended.template.Template;

class DynamoAuditRowsTest {
  private static final Instant END = Instant.parse("2026-03-01T12:34:56.789Z");
  private static final Duration OVER = Duration.ofHours(6);
  private static final Period PERIOD = new Period(END.minus(OVER), END);
  private static final List<Map<String, AttributeValue>> ROWS = Generator.rows(7, 500, END, OVER);

  @SuppressWarnings("NullAway.Init")
  private static Tables tables;

  @SuppressWarnings("NullAway.Init")
  private static String table;

  @SuppressWarnings("NullAway.Init")
  private static DynamoDbClient client;

  private static final List<String> VENDS =
      ROWS.stream().map(row -> Items.text(row, "pk")).distinct().skip(150).limit(3).toList();
  private static final List<String> CALLERS =
      IntStream.of(30, 0, 1, 2, 39, 7).mapToObj(Generator::caller).toList();

  private static final Meter METER = new Meter();

  @BeforeAll
  static void start() throws Exception {
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    tables = Tables.embedded(0, "eu-west-1", template.tables());
    table = template.table("AuditTable").name();
    Generator.write(tables.client(), table, ROWS);
    client = tables.client("eu-west-1", METER);
  }

  @AfterAll
  static void stop() {
    client.close();
    tables.close();
  }

  /** A way to ask, and which rows it must give. */
  record Question(String name, AuditKey key, Predicate<Map<String, AttributeValue>> has) {
    @Override
    public String toString() {
      return name;
    }

    static Question by(AuditIndex index, String value) {
      return new Question(
          index.indexName(),
          new AuditKey.Indexed(index, value),
          row -> AttributeValue.fromS(value).equals(row.get(index.hashKey())));
    }
  }

  static Stream<Question> questions() {
    return Stream.of(
        Question.by(AuditIndex.BY_CALLER, Generator.caller(0)),
        Question.by(AuditIndex.BY_ROLE, Generator.role(3)),
        Question.by(AuditIndex.BY_ACCOUNT, Generator.account(5)),
        Question.by(AuditIndex.BY_ACCESS_KEY, value("accessKeyId")),
        new Question(
            "the table",
            new AuditKey.OfVends(value("pk")),
            row -> Items.text(row, "pk").equals(value("pk"))),
        new Question(
            "three vends",
            new AuditKey.OfVends(VENDS),
            row -> VENDS.contains(Items.text(row, "pk"))),
        new Question(
            "six callers",
            new AuditKey.Indexed(AuditIndex.BY_CALLER, CALLERS),
            row -> CALLERS.contains(Items.text(row, "caller"))),
        new Question("by-hour", new AuditKey.Hours(), row -> true));
  }

  /** A value that some row has, of a vend in the middle of the period. */
  private static String value(String attribute) {
    return ROWS.stream()
        .skip(250)
        .filter(row -> row.containsKey(attribute))
        .map(row -> Items.text(row, attribute))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rowsThatWereLeftUnreadAreLookedUpAgain_Consistently() throws Exception {
    String vendId = value("pk");
    String unread =
        "{\"Responses\":{},\"UnprocessedKeys\":{\"%s\":{\"ConsistentRead\":false,\"Keys\":[%s]}}}"
            .formatted(table, "{\"pk\":{\"S\":\"foreign\"},\"sk\":{\"S\":\"intent\"}}");
    try (FaultyProxy proxy = new FaultyProxy(tables.url());
        Tables slow = Tables.at(proxy.url(), "eu-west-1", List.of())) {
      proxy.fault("BatchGetItem", "", 1, 1, FaultyProxy.Answer.dynamo(unread));

      var rows =
          new DynamoAuditRows(slow.client(), table)
              .ofVends(
                  List.of(vendId),
                  Set.of(AuditRow.INTENT, AuditRow.OUTCOME, AuditRow.PROBE, AuditRow.ADMIN));

      assertThat(rows).containsOnlyKeys(vendId);
      assertThat(proxy.bodies("BatchGetItem")).hasSize(2);
      assertThat(proxy.bodies("BatchGetItem").getLast())
          .contains("\"ConsistentRead\":true")
          .doesNotContain("foreign");
    }
  }

  private static String name(AuditRow row) {
    return row.at() + " " + row.vendId() + " " + row.kind();
  }

  private static String name(Map<String, AttributeValue> row) {
    return Items.text(row, "at") + " " + Items.text(row, "pk") + " " + Items.text(row, "sk");
  }

  private static List<AuditRow> all(AuditKey key, Period period, int step) throws Exception {
    return all(key, period, step, () -> {});
  }

  private static List<AuditRow> all(AuditKey key, Period period, int step, Runnable between)
      throws Exception {
    return all(client, key, period, step, between);
  }

  private static List<AuditRow> all(
      DynamoDbClient from, AuditKey key, Period period, int step, Runnable between)
      throws Exception {
    AuditRows rows = new DynamoAuditRows(from, table);
    List<AuditRow> all = new ArrayList<>();
    @Nullable Position position = null;
    do {
      Slice slice = rows.read(key, period, position, step);
      assertThat(slice.rows()).hasSizeLessThanOrEqualTo(step);
      all.addAll(slice.rows());
      position = slice.next();
      between.run();
    } while (position != null);
    return all;
  }

  @ParameterizedTest
  @MethodSource("questions")
  void stepsOfWhateverSizeGiveEachRowOnceAndTheNewestFirst(Question question) throws Exception {
    List<String> expected = ROWS.stream().filter(question.has()).map(r -> name(r)).toList();
    assertThat(expected).isNotEmpty();
    // A step of all hours is eight queries, and of six callers six, however small.
    int smallest = partitions(question) > 3 ? 25 : 1;
    for (int step : new int[] {smallest, 300}) {
      List<AuditRow> rows = all(question.key(), PERIOD, step);
      assertThat(rows.stream().map(r -> name(r)))
          .as("steps of %d", step)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(rows.stream().map(AuditRow::at)).isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 9, 100", "false, 2, 49"})
  void quietHoursCostFewCalls_AndAreReadWhereNoStatementMayRun(
      boolean allowed, int days, int mostHours) throws Exception {
    Instant at = END.minus(Duration.ofDays(days)).plusSeconds(60);
    Map<String, AttributeValue> row = new HashMap<>(ROWS.getFirst());
    row.put("pk", AttributeValue.fromS("01ARYZ6S41TSV4RRFFQ69G5FAV"));
    row.put("at", AttributeValue.fromS(at.toString()));
    row.put("hourShard", AttributeValue.fromS(at.toString().substring(0, 13) + "#7"));
    tables.put(table, List.of(row));
    try (FaultyProxy proxy = new FaultyProxy(tables.url());
        Tables seen = Tables.at(proxy.url(), "eu-west-1", List.of())) {
      if (!allowed) {
        proxy.fault(
            "ExecuteStatement", "", FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));
      }
      Period quiet = new Period(END.minus(Duration.ofDays(days)), END);

      List<AuditRow> rows = all(seen.client(), new AuditKey.Hours(), quiet, 1000, () -> {});

      assertThat(rows)
          .hasSize(ROWS.size() + 1)
          .last()
          .extracting(r -> name(r))
          .isEqualTo(name(row));
      assertThat(proxy.count("Query")).isLessThanOrEqualTo(mostHours * 8L);
    } finally {
      tables
          .client()
          .deleteItem(
              call ->
                  call.tableName(table)
                      .key(Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk"))));
    }
  }

  @Test
  void shardsOfAnHourAreMergedRowByRow() throws Exception {
    Period lately = new Period(END.minus(Duration.ofMinutes(40)), END);
    List<String> expected =
        ROWS.stream()
            .filter(row -> !Instant.parse(Items.text(row, "at")).isBefore(lately.since()))
            .map(r -> name(r))
            .toList();

    assertThat(all(new AuditKey.Hours(), lately, 1).stream().map(r -> name(r)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Of several values, which have rows of the same millisecond. */
  @Test
  void rowsOfOneMoment_AreReadOnce_HoweverSmallTheSteps() throws Exception {
    List<String> callers = List.of("arn:z", "arn:a", "arn:m");
    List<Map<String, AttributeValue>> moment = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Map<String, AttributeValue> row = new HashMap<>(ROWS.getFirst());
      row.put("pk", AttributeValue.fromS("01ARYZ6S41TSV4RRFFQ69G5F%02d".formatted(i)));
      row.put("caller", AttributeValue.fromS(callers.get(i * i % 3)));
      row.put("at", AttributeValue.fromS("2026-02-28T00:00:00.%03dZ".formatted(i / 20)));
      moment.add(row);
    }
    Generator.write(tables.client(), table, moment);
    AuditKey key = new AuditKey.Indexed(AuditIndex.BY_CALLER, callers);
    Period day =
        new Period(Instant.parse("2026-02-28T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"));

    for (int step : new int[] {1, 7}) {
      assertThat(all(key, day, step).stream().map(r -> name(r)))
          .containsExactlyInAnyOrderElementsOf(moment.stream().map(r -> name(r)).toList());
    }
    remove(moment);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void aPeriodBeginsWithItsFirstMomentAndEndsBeforeItsLast(Question question) throws Exception {
    List<AuditRow> rows = all(question.key(), PERIOD, 1000);
    Instant first = Instant.parse(rows.getLast().at());
    Instant last = Instant.parse(rows.getFirst().at());

    assertThat(all(question.key(), new Period(first, last.plusMillis(1)), 100)).hasSameSizeAs(rows);
    if (first.isBefore(last)) {
      assertThat(all(question.key(), new Period(first.plusMillis(1), last), 100))
          .allSatisfy(row -> assertThat(Instant.parse(row.at())).isAfter(first).isBefore(last))
          .hasSizeLessThan(rows.size());
    }
    assertThat(all(question.key(), new Period(last, last), 100)).isEmpty();
  }

  /** All hours, several values, and one. */
  static Stream<Question> someQuestions() {
    return Soak.some(3, questions().toList().reversed()).stream();
  }

  @ParameterizedTest
  @MethodSource("someQuestions")
  void stepsAreJoinedAlsoWhileRowsComeIn(Question question) throws Exception {
    List<String> expected = ROWS.stream().filter(question.has()).map(r -> name(r)).toList();
    // In the very hour, and the very shards, that are being read.
    List<Map<String, AttributeValue>> incoming =
        Generator.rows(8, 100, END.plusSeconds(60), Duration.ofSeconds(60));
    List<Map<String, AttributeValue>> later = new ArrayList<>(incoming);
    try {
      List<AuditRow> rows =
          all(
              question.key(),
              PERIOD,
              50,
              () -> {
                if (!later.isEmpty()) {
                  Generator.write(tables.client(), table, List.of(later.removeLast()));
                }
              });
      assertThat(rows.stream().map(r -> name(r))).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      remove(incoming);
    }
  }

  private static void remove(List<Map<String, AttributeValue>> rows) {
    for (Map<String, AttributeValue> row : rows) {
      Map<String, AttributeValue> key =
          Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk"));
      tables.client().deleteItem(call -> call.tableName(table).key(key));
    }
  }

  @ParameterizedTest
  @MethodSource("questions")
  void aStepCostsWhatItGives_AndOfItsOwnIndexOnly(Question question) throws Exception {
    for (int step : new int[] {10, 100, 1000}) {
      METER.reset();
      Slice slice = new DynamoAuditRows(client, table).read(question.key(), PERIOD, null, step);

      assertThat(METER.operations()).hasSizeLessThanOrEqualTo(8).containsOnly("Query");
      assertThat(METER.units()).containsOnlyKeys(Set.of(index(question)));
      // A row is less than 1 KB and half a unit is 4 KB, eventually consistent; eight shards are
      // each rounded up, and read by a margin.
      int margin = partitions(question) > 3 ? 40 * partitions(question) : 0;
      assertThat(METER.total())
          .as("%d rows for %s", slice.rows().size(), METER.units())
          .isLessThanOrEqualTo((Math.max(slice.rows().size(), 1) + step / 2 + margin) / 4.0 + 8);
    }
  }

  private static int partitions(Question question) {
    return switch (question.key()) {
      case AuditKey.OfVends vends -> vends.vendIds().size();
      case AuditKey.Indexed indexed -> indexed.values().size();
      case AuditKey.Hours hours -> 8;
    };
  }

  private static String index(Question question) {
    return switch (question.key()) {
      case AuditKey.OfVends vends -> "table";
      case AuditKey.Indexed indexed -> indexed.index().indexName();
      case AuditKey.Hours hours -> AuditIndex.BY_HOUR.indexName();
    };
  }

  @Test
  void rowsOfVendsAreLookedUpByTheirKinds() throws Exception {
    Set<String> ids = new HashSet<>();
    ROWS.stream().limit(900).forEach(row -> ids.add(Items.text(row, "pk")));
    List<String> wanted = ids.stream().sorted().limit(AuditRows.MAX_VENDS).toList();
    METER.reset();

    Map<String, List<AuditRow>> found =
        new DynamoAuditRows(client, table)
            .ofVends(wanted, Set.of(AuditRow.OUTCOME, AuditRow.PROBE));

    List<String> expected =
        ROWS.stream()
            .filter(row -> wanted.contains(Items.text(row, "pk")))
            .filter(row -> Set.of("outcome", "probe").contains(Items.text(row, "sk")))
            .map(r -> name(r))
            .toList();
    assertThat(found.values().stream().flatMap(List::stream).map(r -> name(r)))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(METER.operations()).containsOnly("BatchGetItem").hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void aRowOfAnotherVersionIsShownAsItIs() throws Exception {
    VendId vendId = new VendId("01ARYZ6S41TSV4RRFFQ69G5FAV");
    Map<String, AttributeValue> row =
        Map.of(
            "pk", AttributeValue.fromS(vendId.value()),
            "sk", AttributeValue.fromS("a-new-kind"),
            "at", AttributeValue.fromS("2026-03-01T10:00:00.000Z"),
            "hourShard", AttributeValue.fromS("2026-03-01T10#0"),
            "ttl", AttributeValue.fromN("1"),
            "new", AttributeValue.fromL(List.of(AttributeValue.fromN("1"))),
            "large", AttributeValue.fromN("12345678901234567890"),
            "reason", AttributeValue.fromS("because"),
            "claimed", AttributeValue.fromM(Map.of("a", AttributeValue.fromBool(true))));
    Generator.write(tables.client(), table, List.of(row));

    AuditRow read = all(new AuditKey.OfVends(vendId.value()), PERIOD, 10).getFirst();

    remove(List.of(row));
    assertThat(read.members())
        .containsExactly(
            Map.entry("vendId", vendId.value()),
            Map.entry("kind", "a-new-kind"),
            Map.entry("at", "2026-03-01T10:00:00.000Z"),
            Map.entry("reason", "because"),
            Map.entry("claimed", Map.of("a", true)),
            Map.entry("large", "12345678901234567890"),
            Map.entry("new", List.of(1L)));
  }
}
