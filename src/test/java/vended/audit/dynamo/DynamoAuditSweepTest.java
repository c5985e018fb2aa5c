package vended.audit.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Soak;
import vended.audit.AuditException;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.AuditSweep.Place;
import vended.audit.query.Meter;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.Tables;
import vended.template.Template;

/** A sweep gives the rows that {@link AuditRows} gives, in its own order. */
class DynamoAuditSweepTest {
  private static final Instant END = Instant.parse("2026-03-01T12:34:56.789Z");

  @SuppressWarnings("NullAway.Init")
  private static Tables tables;

  @SuppressWarnings("NullAway.Init")
  private static String table;

  @SuppressWarnings("NullAway.Init")
  private static DynamoDbClient client;

  private static final Meter METER = new Meter();

  /** Busy hours, a lonely vend after hours of nothing, and an hour with a shard of over 1 MB. */
  @BeforeAll
  static void start() throws Exception {
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    tables = Tables.embedded(0, "eu-west-1", template.tables());
    table = template.table("AuditTable").name();
    client = tables.client("eu-west-1", METER);
    Generator.write(client, table, Generator.rows(7, 400, END, Duration.ofHours(5)));
    Generator.write(
        client,
        table,
        Generator.rows(8, 2, END.minus(Duration.ofHours(18)), Duration.ofMinutes(5)));
    Instant giant = Instant.parse("2026-02-28T08:40:00Z");
    Generator.write(client, table, large(Generator.rows(9, 80, giant, Duration.ofMinutes(30))));
  }

  private static List<Map<String, AttributeValue>> large(List<Map<String, AttributeValue>> rows) {
    List<Map<String, AttributeValue>> large = new ArrayList<>();
    for (Map<String, AttributeValue> row : rows) {
      Map<String, AttributeValue> one = new HashMap<>(row);
      one.put(
          "claimed", AttributeValue.fromM(Map.of("a", AttributeValue.fromS("x".repeat(50_000)))));
      one.put("hourShard", AttributeValue.fromS("2026-02-28T08#3"));
      large.add(one);
    }
    return large;
  }

  @AfterAll
  static void stop() {
    client.close();
    tables.close();
  }

  static List<Period> periods() {
    Instant hour = Instant.parse("2026-03-01T12:00:00Z");
    return List.of(
        new Period(END.minus(Duration.ofHours(6)), END),
        new Period(END.minus(Duration.ofHours(30)), END.plusSeconds(7200)),
        new Period(hour.minusSeconds(1800), hour.minusSeconds(900)),
        new Period(hour.minusSeconds(3600), hour),
        new Period(hour.minusSeconds(3600), hour.plusMillis(1)),
        new Period(Instant.parse("2026-02-28T08:20:00Z"), Instant.parse("2026-02-28T08:30:00Z")),
        new Period(
            Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2020-01-01T15:00:00.001Z")),
        new Period(END, END));
  }

  private static List<String> walked(Period period) throws Exception {
    AuditRows rows = new DynamoAuditRows(client, table);
    List<String> names = new ArrayList<>();
    @Nullable Position position = null;
    do {
      Slice slice = rows.read(new AuditKey.Hours(), period, position, AuditRows.MAX_STEP);
      slice.rows().forEach(row -> names.add(name(row)));
      position = slice.next();
    } while (position != null);
    return names;
  }

  private static String name(AuditRow row) {
    return row.at() + " " + row.vendId() + " " + row.kind() + " " + row.shard() + row.attributes();
  }

  private static List<AuditRow> swept(Period period, Set<String> attributes) throws Exception {
    List<AuditRow> all = new ArrayList<>();
    Place end = new DynamoAuditSweep(client, table).sweep(period, attributes, null, collect(all));
    assertThat(end).isNull();
    return all;
  }

  private static AuditSweep.Visitor collect(List<AuditRow> all) {
    return (rows, next) -> {
      all.addAll(rows);
      return true;
    };
  }

  @ParameterizedTest
  @MethodSource("periods")
  void aSweepHasEachRowOnce_ByHourShardAndTime(Period period) throws Exception {
    List<AuditRow> rows = swept(period, Set.of());

    assertThat(rows.stream().map(row -> name(row)))
        .containsExactlyInAnyOrderElementsOf(walked(period));
    for (int i = 1; i < rows.size(); i++) {
      AuditRow before = rows.get(i - 1);
      AuditRow row = rows.get(i);
      int hours = before.at().substring(0, 13).compareTo(row.at().substring(0, 13));
      assertThat(hours).isNotNegative();
      if (hours == 0) {
        assertThat(row.shard()).isGreaterThanOrEqualTo(before.shard());
        assertThat(row.shard() > before.shard() || row.at().compareTo(before.at()) <= 0).isTrue();
      }
    }
  }

  @Test
  void aSweepGoesOnWhereItStopped_AfterEachPage() throws Exception {
    for (Period period :
        Soak.some(1, List.of(periods().get(5), periods().get(4), periods().get(0)))) {
      List<AuditRow> whole = swept(period, Set.of());
      List<String> joined = new ArrayList<>();
      Set<Place> places = new HashSet<>();
      @Nullable Place place = null;
      do {
        // A place that was met twice would be an endless loop.
        place =
            new DynamoAuditSweep(client, table)
                .sweep(
                    period,
                    Set.of(),
                    place,
                    (rows, next) -> {
                      rows.forEach(row -> joined.add(name(row)));
                      return false;
                    });
        assertThat(place == null || places.add(place)).isTrue();
      } while (place != null);
      assertThat(joined).containsExactlyElementsOf(whole.stream().map(row -> name(row)).toList());
    }
  }

  @Test
  void aSweepCanStartAfterAnyRow() throws Exception {
    Period period = periods().get(1);
    List<AuditRow> whole = swept(period, Set.of());
    for (int i = 0; i < whole.size(); i += 70) {
      AuditRow row = whole.get(i);
      Instant hour = Instant.parse(row.at().substring(0, 13) + ":00:00Z");
      List<AuditRow> rest = new ArrayList<>();
      new DynamoAuditSweep(client, table)
          .sweep(
              period,
              Set.of("outcome"),
              AuditSweep.after(hour, row),
              (rows, next) -> rest.addAll(rows) && rest.size() < 50);
      List<String> expected = whole.stream().skip(i + 1L).map(AuditRow::vendId).toList();
      assertThat(rest.stream().map(AuditRow::vendId))
          .containsExactlyElementsOf(expected.subList(0, rest.size()));
    }
  }

  @Test
  void onlyTheAttributesThatAreNeededAreRead() throws Exception {
    assertThat(swept(periods().getFirst(), Set.of("outcome", "caller")))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.attributes().keySet()).isSubsetOf("outcome", "caller");
              assertThat(row.text("caller")).isNotNull();
            });
  }

  @Test
  void emptyHoursDoNotCostACallForEachShard() throws Exception {
    METER.reset();
    swept(new Period(END.minus(Duration.ofDays(8)), END), Set.of());

    // Of 1,544 shards, those of the hours near rows, and one statement for six hours. The index is
    // too large to be read to its end, so the look at it stops.
    assertThat(METER.operations()).hasSizeLessThan(32 + 250);
    assertThat(METER.operations().stream().filter("Scan"::equals)).hasSize(4);
  }

  /** A table of its own, with three lonely hours in two years. */
  private interface OnSmallTable {
    void run(DynamoDbClient client, Tables tables, List<Map<String, AttributeValue>> rows)
        throws Exception;
  }

  private static final Period TWO_YEARS = new Period(END.minus(Duration.ofDays(730)), END);

  private static void onSmallTable(OnSmallTable test) throws Exception {
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    int seed = 20;
    for (int days : List.of(3, 200, 201, 700)) {
      Instant at = END.minus(Duration.ofDays(days));
      rows.addAll(Generator.rows(seed++, 3, at, Duration.ofMinutes(20)));
    }
    try (Tables small = Tables.embedded(0, "eu-west-1", template.tables());
        DynamoDbClient metered = small.client("eu-west-1", METER)) {
      Generator.write(metered, table, rows);
      METER.reset();
      test.run(metered, small, rows);
    }
  }

  private static List<String> keys(List<Map<String, AttributeValue>> rows) {
    return rows.stream().map(row -> Items.text(row, "pk") + Items.text(row, "sk")).toList();
  }

  @Test
  void inASmallIndex_onlyHoursWithRowsAreRead() throws Exception {
    onSmallTable(
        (metered, small, rows) -> {
          List<String> read = new ArrayList<>();
          AuditSweep sweep = new DynamoAuditSweep(metered, table);
          sweep.sweep(TWO_YEARS, Set.of(), null, keysInto(read, true));

          assertThat(read).containsExactlyInAnyOrderElementsOf(keys(rows));
          assertThat(METER.operations()).hasSizeLessThan(100);
          assertThat(METER.operations().stream().filter("Scan"::equals)).hasSize(1);

          List<String> joined = new ArrayList<>();
          @Nullable Place place = null;
          int calls = 0;
          do {
            place = sweep.sweep(TWO_YEARS, Set.of(), place, keysInto(joined, calls++ % 3 == 0));
          } while (place != null);
          assertThat(joined).containsExactlyElementsOf(read);
        });
  }

  /** Such as the day that {@code vend status} looks at. */
  @Test
  void aDayWithoutRowsIsNoReasonToScanTheIndex() throws Exception {
    METER.reset();
    Instant since = END.plus(Duration.ofDays(1));
    swept(new Period(since, since.plus(Duration.ofDays(1))), Set.of());

    assertThat(METER.operations()).contains("ExecuteStatement").doesNotContain("Scan");
  }

  private static AuditSweep.Visitor keysInto(List<String> keys, boolean goesOn) {
    return (rows, next) -> {
      rows.forEach(row -> keys.add(row.vendId() + row.kind()));
      return goesOn;
    };
  }

  @Test
  void withoutThePermissionForTheScan_HoursAreAskedFor() throws Exception {
    onSmallTable(
        (metered, small, rows) -> {
          try (FaultyProxy proxy = new FaultyProxy(small.url());
              Tables faulty = Tables.at(proxy.url(), "eu-west-1", List.of())) {
            proxy.fault("Scan", "", FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));
            Period period = new Period(END.minus(Duration.ofDays(5)), END);
            List<String> read = new ArrayList<>();
            new DynamoAuditSweep(faulty.client(), table)
                .sweep(period, Set.of(), null, keysInto(read, true));

            assertThat(read).containsExactlyInAnyOrderElementsOf(keys(rows.subList(0, 3)));
            assertThat(proxy.count("Scan")).isEqualTo(1);
          }
        });
  }

  @Test
  void withoutThePermissionForTheStatement_HoursAreRead() throws Exception {
    Period period = new Period(END, END.plus(Duration.ofHours(20)));
    try (FaultyProxy proxy = new FaultyProxy(tables.url());
        Tables faulty = Tables.at(proxy.url(), "eu-west-1", List.of())) {
      proxy.fault(
          "ExecuteStatement", "", FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));
      List<AuditRow> rows = new ArrayList<>();
      new DynamoAuditSweep(faulty.client(), table).sweep(period, Set.of(), null, collect(rows));

      assertThat(rows).isEmpty();
      assertThat(proxy.count("ExecuteStatement")).isPositive();
      assertThat(proxy.count("Query")).isEqualTo(21 * 8);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsAnException_NotAnEnd(String operation) throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(tables.url());
        Tables faulty = Tables.at(proxy.url(), "eu-west-1", List.of())) {
      proxy.fault(
          operation,
          "",
          FaultyProxy.Answer.dynamoError(400, "ProvisionedThroughputExceededException"));
      Period period = new Period(END, END.plus(Duration.ofHours(20)));

      assertThatThrownBy(
              () ->
                  new DynamoAuditSweep(faulty.client(), table)
                      .sweep(period, Set.of(), null, (rows, next) -> true))
          .isInstanceOf(AuditException.class);
    }
  }

  static List<String> failures() {
    return List.of("Query", "ExecuteStatement");
  }
}
