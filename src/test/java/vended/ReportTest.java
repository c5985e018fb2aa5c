package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.audit.dynamo.Generator;
import vended.json.JsonObject;
import vended.local.AllowListRows;
import vended.local.FaultyProxy;
import vended.local.Functions;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.report.make.ReportLimits;

/** {@code /audit/report}, through the HTTP front. */
class ReportTest {
  private static final Duration OVER = Duration.ofHours(15);
  private static final String SINCE = ReportData.END.minus(OVER).toString();
  private static final List<Map<String, AttributeValue>> ROWS =
      Generator.rows(17, 700, ReportData.END, OVER);
  private static final Map<String, String> ALL = Map.of("since", SINCE, "format", "json");

  /** For what does not depend on the audit, since every hour of the period costs eight queries. */
  private static final String LATELY = ReportData.NOW.minusSeconds(3600).toString();

  @RegisterExtension
  static final TestStack OWN =
      TestStack.of(
              Options.of(Functions.ofService(TestStack.PATIENT))
                  .withClock(Clock.fixed(ReportData.NOW, ZoneOffset.UTC))
                  .withFaults())
          .resetOnce();

  private static final LocalStack stack = OWN.stack();

  private static @Nullable Answer ofAll;

  @AutoClose private static final Auditor auditor = new Auditor(stack);

  @BeforeAll
  static void writeRows() {
    Generator.write(stack.tables().client(), stack.auditTable(), ROWS);
    ReportData.seedAllowList(stack);
  }

  @BeforeEach
  void noFaults() {
    stack.tablesProxy().reset();
    stack
        .tables()
        .client()
        .deleteItem(
            call ->
                call.tableName(stack.allowListTable())
                    .key(
                        Map.of("pk", ReportData.text("vending"), "sk", ReportData.text("switch"))));
  }

  private static Answer report(Map<String, ?> body) throws Exception {
    return answer(auditor.post("/audit/report", body));
  }

  /** The report of all rows, made once. */
  private static synchronized Answer ofAll() throws Exception {
    if (ofAll == null) {
      ofAll = report(ALL);
    }
    return ofAll;
  }

  private static String page(Map<String, ?> body) throws Exception {
    HttpResponse<String> answer = auditor.post("/audit/report", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static boolean is(Map<String, AttributeValue> row, String name, String value) {
    return AttributeValue.fromS(value).equals(row.get(name));
  }

  private static Predicate<Map<String, AttributeValue>> vend(String outcome) {
    return row -> is(row, "sk", "outcome") && is(row, "outcome", outcome);
  }

  private static long count(Predicate<Map<String, AttributeValue>> which) {
    return ROWS.stream().filter(which).count();
  }

  private static List<Map<?, ?>> list(Answer answer, String path) {
    List<Map<?, ?>> list = new ArrayList<>();
    ((List<?>) Objects.requireNonNull(answer.at(path))).forEach(one -> list.add((Map<?, ?>) one));
    return list;
  }

  private static List<String> all(Answer answer, String path, String member) {
    return list(answer, path).stream().map(one -> String.valueOf(one.get(member))).toList();
  }

  @Test
  void theTotalsAreThoseOfTheRows() throws Exception {
    Answer answer = report(ALL);

    assertThat(answer.at("complete")).isEqualTo(true);
    assertThat(answer.at("period/timeline/step")).isEqualTo("hour");
    assertThat(answer.at("period/rows")).isEqualTo((long) ROWS.size());
    for (String outcome : List.of("granted", "denied", "failed")) {
      assertThat(answer.at("period/totals/" + outcome)).isEqualTo(count(vend(outcome)));
    }
    assertThat(answer.at("period/totals/changes/made"))
        .isEqualTo(count(row -> is(row, "sk", "admin-outcome") && is(row, "outcome", "made")));
    assertThat(answer.at("period/totals/probes/passed"))
        .isEqualTo(count(row -> AttributeValue.fromBool(true).equals(row.get("passed"))));
    assertThat(answer.at("period/totals/probes/notPassed"))
        .isEqualTo(count(row -> AttributeValue.fromBool(false).equals(row.get("passed"))));
    assertThat(answer.at("period/totals/callers"))
        .isEqualTo(
            ROWS.stream().filter(vend("granted")).map(row -> row.get("caller")).distinct().count());
    assertThat(answer.at("period/totals/other")).isEqualTo(0L);
    assertThat(answer.text("madeFor")).endsWith(":user/demo-auditor");
  }

  static Stream<Arguments> timelines() {
    Duration days = Duration.ofDays(2);
    return Soak.some(
        1,
        List.of(Arguments.of(days.plusHours(1), "day", 3, 10), Arguments.of(days, "hour", 49, 13)))
        .stream();
  }

  @ParameterizedTest
  @MethodSource("timelines")
  void theTimelineHasEachVendInItsHourOrDay(Duration length, String step, int buckets, int digits)
      throws Exception {
    Instant since = ReportData.NOW.minus(length);
    Answer answer = report(Map.of("since", since.toString(), "format", "json"));

    assertThat(answer.at("period/timeline/step")).isEqualTo(step);
    assertThat(list(answer, "period/timeline/buckets")).hasSize(buckets);
    Map<String, Long> granted =
        ROWS.stream()
            .filter(vend("granted"))
            .filter(row -> Items.text(row, "at").compareTo(since.toString()) >= 0)
            .collect(
                Collectors.groupingBy(
                    row -> Items.text(row, "at").substring(0, digits), Collectors.counting()));
    for (Map<?, ?> bucket : list(answer, "period/timeline/buckets")) {
      String start = String.valueOf(bucket.get("start")).substring(0, digits);
      assertThat(bucket.get("granted")).as(start).isEqualTo(granted.getOrDefault(start, 0L));
    }
  }

  @Test
  void thePairsAreAllThatWereGranted() throws Exception {
    Answer answer = ofAll();

    Map<String, Long> pairs =
        ROWS.stream()
            .filter(vend("granted"))
            .collect(
                Collectors.groupingBy(
                    row -> Items.text(row, "caller") + " " + Items.text(row, "roleArn"),
                    Collectors.counting()));
    Map<String, Object> found = new HashMap<>();
    for (Map<?, ?> pair : list(answer, "period/pairs")) {
      found.put(
          pair.get("caller") + " " + pair.get("roleArn"),
          Objects.requireNonNull(pair.get("granted")));
      assertThat(pair.get("new")).isEqualTo(true);
    }
    assertThat(found).isEqualTo(pairs);
    assertThat(answer.at("period/previous/rows")).isEqualTo(0L);
    String csv = page(Map.of("since", SINCE, "format", "csv"));
    assertThat(csv.lines()).hasSize(pairs.size() + 1);
    assertThat(csv)
        .startsWith("caller,roleArn,account,clientName,granted,denied,failed,first,last");
  }

  @Test
  void refusalsHaveTheirReasons() throws Exception {
    Answer answer = ofAll();

    long all = 0;
    for (Map<?, ?> reason : list(answer, "period/refusals/reasons")) {
      String word = String.valueOf(reason.get("reason"));
      assertThat(reason.get("count"))
          .isEqualTo(count(row -> is(row, "sk", "outcome") && is(row, "reason", word)));
      all += (Long) Objects.requireNonNull(reason.get("count"));
    }
    assertThat(all).isEqualTo(count(vend("denied")) + count(vend("failed")));
    Map<?, ?> top = list(answer, "period/refusals/kinds").getFirst();
    List<String> times =
        ROWS.stream()
            .filter(row -> is(row, "sk", "outcome"))
            .filter(row -> is(row, "reason", String.valueOf(top.get("reason"))))
            .filter(row -> is(row, "caller", String.valueOf(top.get("caller"))))
            .filter(row -> is(row, "roleArn", String.valueOf(top.get("roleArn"))))
            .map(row -> Items.text(row, "at"))
            .sorted()
            .toList();
    assertThat(top.get("count")).isEqualTo((long) times.size());
    assertThat(top.get("first")).isEqualTo(times.getFirst());
    assertThat(top.get("last")).isEqualTo(times.getLast());
  }

  @Test
  void whatHasNoOutcomeIsListed_NotWhatHasOneOutsideThePeriod() throws Exception {
    Set<String> ended = new HashSet<>();
    ROWS.stream()
        .filter(row -> !Set.of("intent", "admin").contains(Items.text(row, "sk")))
        .forEach(row -> ended.add(Items.text(row, "pk")));
    Map<String, AttributeValue> intent =
        ROWS.stream()
            .filter(row -> is(row, "sk", "intent") && ended.contains(Items.text(row, "pk")))
            .findFirst()
            .orElseThrow();
    // The period ends between this intent and its outcome.
    String until = Instant.parse(Items.text(intent, "at")).plusMillis(1).toString();

    for (String end : List.of(ReportData.NOW.toString(), until)) {
      Answer answer = report(Map.of("since", SINCE, "until", end, "format", "json"));
      for (String kind : List.of("intent", "admin")) {
        assertThat(
                all(
                    answer,
                    "period/open/" + (kind.equals("intent") ? "vends" : "changes"),
                    "vendId"))
            .containsExactlyInAnyOrderElementsOf(
                ROWS.stream()
                    .filter(row -> is(row, "sk", kind) && Items.text(row, "at").compareTo(end) < 0)
                    .map(row -> Items.text(row, "pk"))
                    .filter(id -> !ended.contains(id))
                    .toList());
      }
    }
  }

  @Test
  void whatMayStillEndIsNotOpen() throws Exception {
    Map<String, AttributeValue> young = new HashMap<>(ROWS.getFirst());
    young.put("pk", ReportData.text("01ARYZ6S41TSV4RRFFQ69G5FAV"));
    young.put("sk", ReportData.text("intent"));
    Instant at = ReportData.NOW.minusSeconds(200);
    young.put("at", ReportData.text(at.toString()));
    young.put("hourShard", ReportData.text(at.toString().substring(0, 13) + "#0"));
    ReportData.put(stack, stack.auditTable(), young);
    Map<String, Object> body =
        Map.of("since", ReportData.NOW.minusSeconds(400).toString(), "format", "json");

    assertThat(report(body).at("period/open/underWay")).isEqualTo(1L);
    assertThat(list(report(body), "period/open/vends")).isEmpty();
    stack
        .tables()
        .client()
        .deleteItem(
            call ->
                call.tableName(stack.auditTable())
                    .key(
                        Map.of(
                            "pk", Objects.requireNonNull(young.get("pk")),
                            "sk", Objects.requireNonNull(young.get("sk")))));
  }

  @Test
  void theAllowListIsShownAsItIsNow() throws Exception {
    Answer answer = report(Map.of("since", LATELY, "format", "json"));

    assertThat(answer.at("now/vending")).isEqualTo("running");
    assertThat(all(answer, "now/unpinned/shown", "caller")).containsExactly(Generator.caller(1));
    assertThat(all(answer, "now/expired/shown", "caller")).containsExactly(Generator.caller(2));
    assertThat(all(answer, "now/expiring/shown", "roleArn")).containsExactly(Generator.role(3));
    assertThat(all(answer, "now/suspended/shown", "account")).containsExactly("444455556601");
    assertThat(all(answer, "now/drifted/shown", "roleArn")).containsExactly(Generator.role(2));
    assertThat(answer.at("now/corrupt/count")).isEqualTo(1L);
    assertThat(answer.text("now/corrupt/shown/0")).contains("corrupt", "expiresAT");
    assertThat(answer.at("now/disabled")).isEqualTo(1L);
    assertThat(answer.body().toString()).doesNotContain("an-external-id");
  }

  @Test
  void grantsThatNobodyUsedFor90DaysAreFound_AlsoBeyondThePeriod() throws Exception {
    Instant old = ReportData.NOW.minus(Duration.ofDays(200));
    String usedLongAgo = "arn:aws:iam::444455556601:role/vended/long-ago";
    String usedBefore = "arn:aws:iam::444455556601:role/vended/before";
    ReportData.put(stack, stack.allowListTable(), ReportData.grant(9, usedLongAgo, old));
    ReportData.put(stack, stack.allowListTable(), ReportData.grant(9, usedBefore, old));
    use(usedLongAgo, ReportData.NOW.minus(Duration.ofDays(91)), "1");
    use(usedBefore, ReportData.NOW.minus(Duration.ofDays(89)), "2");

    Answer answer = report(Map.of("since", LATELY, "format", "json"));

    assertThat(all(answer, "now/unused/shown", "roleArn"))
        .contains("arn:aws:iam::444455556601:role/vended/idle", usedLongAgo)
        .doesNotContain(
            usedBefore,
            "arn:aws:iam::444455556601:role/vended/young",
            "arn:aws:iam::444455556601:role/vended/off");
    assertThat(answer.at("now/young")).isEqualTo(3L); // with the demonstration's two
  }

  private static void use(String role, Instant at, String digit) {
    Map<String, AttributeValue> row =
        new HashMap<>(ROWS.stream().filter(vend("granted")).findFirst().orElseThrow());
    row.put("pk", ReportData.text("01ARYZ6S41TSV4RRFFQ69G5FA" + digit));
    row.put("caller", ReportData.text(Generator.caller(9)));
    row.put("sessionName", ReportData.text("Builder9@01ARYZ6S41TSV4RRFFQ69G5FA" + digit));
    row.put("roleArn", ReportData.text(role));
    row.put("at", ReportData.text(at.toString()));
    row.put("hourShard", ReportData.text(at.toString().substring(0, 13) + "#0"));
    ReportData.put(stack, stack.auditTable(), row);
  }

  @Test
  void thatAllVendingIsStoppedIsSaidFirst() throws Exception {
    Map<String, String> lately = Map.of("since", LATELY, "format", "json");
    Map<String, AttributeValue> vending = AllowListRows.vending(true, ReportData.NOW);
    ReportData.put(stack, stack.allowListTable(), vending);

    assertThat(report(lately).at("now/vending")).isEqualTo("stopped");
    assertThat(page(Map.of("since", LATELY))).containsIgnoringCase("vending is stopped");
    vending.put("stopped", ReportData.text("perhaps"));
    ReportData.put(stack, stack.allowListTable(), vending);
    assertThat(report(lately).at("now/vending")).isEqualTo("unreadable");
  }

  @Test
  void theDocumentIsAnAttachmentThatNothingKeepsAndNothingRunsIn() throws Exception {
    HttpResponse<String> answer = auditor.post("/audit/report", Map.of("since", SINCE));

    Map<String, String> headers =
        answer.headers().map().entrySet().stream()
            .collect(
                Collectors.toMap(
                    h -> h.getKey().toLowerCase(Locale.ROOT), h -> h.getValue().getFirst()));
    assertThat(headers)
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry(
            "content-disposition",
            "attachment; filename=\"vended-report-2026-02-28-to-2026-03-01.html\"");
    assertThat(headers.get("content-security-policy"))
        .matches("default-src 'none'; style-src 'sha256-[^']{44}'; .*; sandbox");
    assertThat(answer.body())
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;");
  }

  @Test
  void aReportThatTakesSeveralCallsSaysHowToGoOn() throws Exception {
    Functions functions =
        Functions.ofService(
            duration -> {}, TestStack.PATIENT, new ReportLimits(Duration.ofMinutes(1), 100, 8));
    String tables = stack.tables().url().toString();
    try (LocalStack small =
            LocalStack.start(
                Options.of(functions)
                    .withClock(Clock.fixed(ReportData.NOW, ZoneOffset.UTC))
                    .withEndpointsOf(Map.of("AWS_ENDPOINT_URL_DYNAMODB", tables)));
        Auditor asks = new Auditor(small)) {
      String since = ReportData.END.minus(Duration.ofHours(3)).toString();
      Map<String, Object> body = new HashMap<>(Map.of("since", since, "format", "json"));
      Answer inOneCall = report(body);
      double progress = 0;
      int calls = 0;
      HttpResponse<String> response = asks.post("/audit/report", body);
      while (response.statusCode() == 202) {
        Answer part = answer(response);
        assertThat(part.at("complete")).isEqualTo(false);
        double next = ((Number) Objects.requireNonNull(part.at("progress"))).doubleValue();
        assertThat(next).isGreaterThanOrEqualTo(progress).isLessThan(1);
        progress = next;
        body.put("cursor", part.text("cursor"));
        response = asks.post("/audit/report", body);
        assertThat(++calls).isLessThan(100);
      }
      assertThat(calls).isGreaterThan(5);
      assertThat(answer(response).at("period")).isEqualTo(inOneCall.at("period"));
      body.put("since", ReportData.END.minusSeconds(60).toString());
      assertThat(answer(asks.post("/audit/report", body)).places()).containsExactly("/cursor");
    }
  }

  private static Answer answer(HttpResponse<String> answer) {
    return new Answer(
        answer.statusCode(), ((JsonObject.Read) JsonObject.read(answer.body())).object().members());
  }

  /** Textual bombs. */
  @InSoak(
      "more rows; ReportSizeTest has the largest answers, MakeReportTest that texts of "
          + "callers are bounded")
  @Test
  void manyLongRowsMakeADocumentThatLambdaCanAnswer() throws Exception {
    List<Map<String, AttributeValue>> long500 = new ArrayList<>();
    Instant end = ReportData.END.minus(Duration.ofDays(100));
    for (Map<String, AttributeValue> row : Generator.rows(3, 600, end, Duration.ofHours(1))) {
      Map<String, AttributeValue> bomb = new HashMap<>(row);
      Map<String, AttributeValue> claims = new HashMap<>();
      for (int i = 0; i < 20; i++) {
        claims.put("\"".repeat(20) + i, ReportData.text("\"'<>&".repeat(60)));
      }
      bomb.put("claimed", AttributeValue.fromM(claims));
      bomb.put("userAgent", ReportData.text("\"".repeat(256)));
      bomb.put("clientName", ReportData.text("\"".repeat(256)));
      bomb.put("reason", ReportData.text("\"".repeat(256)));
      bomb.put("callerSession", ReportData.text("\"".repeat(256)));
      long500.add(bomb);
    }
    Generator.write(stack.tables().client(), stack.auditTable(), long500);
    Map<String, String> period =
        Map.of("since", end.minus(Duration.ofHours(2)).toString(), "until", end.toString());

    String page = page(period);

    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4_000_000);
    assertThat(page).endsWith("</html>\n");
    Map<String, String> json = new HashMap<>(period);
    json.put("format", "json");
    assertThat(page(json).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(5_000_000);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws Exception {
    Answer answer = report(Map.of("since", "monday", "until", 5, "format", "pdf", "limit", 10));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.places()).containsExactlyInAnyOrder("/since", "/until", "/format", "/limit");
    assertThat(stack.tablesProxy().count("Query")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:44:56.789Z, 2027-01-01T00:00:00Z",
    "2026-02-01T00:00:00Z, 2026-02-01T00:00:00Z",
    "2025-02-01T00:00:00Z, 2026-02-03T00:00:00Z"
  })
  void periodsThatAreEmptyOrTooLongAreRefused(String since, String until) throws Exception {
    assertThat(report(Map.of("since", since, "until", until)).places()).containsExactly("/since");
  }

  @Test
  void anEmptyPeriodIsAReport() throws Exception {
    String page = page(Map.of("since", "2020-01-01T00:00:00Z", "until", "2020-01-02T00:00:00Z"));

    assertThat(page).contains("</html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Query", "GetItem", "BatchGetItem"})
  void whatCannotBeReadIsA503(String operation) throws Exception {
    stack
        .tablesProxy()
        .fault(operation, "", FaultyProxy.Answer.dynamoError(400, "ResourceNotFoundException"));

    Answer answer = report(ALL);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("unavailable");
    assertThat(answer.body().toString()).doesNotContain("ResourceNotFound");
  }

  @Test
  void onlyAuditorsGetReports() throws Exception {
    for (var key : List.of(stack.people().pipeline(), stack.people().administrator())) {
      try (SignedClient client = stack.caller(key)) {
        assertThat(client.post("/audit/report", "{}").statusCode()).isEqualTo(403);
      }
    }
  }
}
