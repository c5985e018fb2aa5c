package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.audit.dynamo.Generator;
import vended.json.JsonObject;
import vended.local.Functions;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;
import vended.report.make.ReportLimits;

/** A report shows neither a tick nor a plain number for anything that it did not read. */
class PartialReportTest {
  private static final List<Map<String, AttributeValue>> ROWS = ReportData.rows(800);
  private static final String SINCE = ReportData.NOW.minus(Duration.ofDays(7)).toString();

  /** Complete reports use this shorter period: every hour costs eight queries. */
  private static final String LATELY = ReportData.NOW.minus(Duration.ofDays(2)).toString();

  /** The rounds of queries; each reads an hour of {@link #ROWS}. */
  private static final int HOURS = 40;

  /** The start of that many hours. */
  private static final String COMPLETE_SINCE = "2026-02-27T21:00:00.000Z";

  private static final ReportLimits ALL = ReportLimits.ofFunction();
  private static final Duration NO_TIME = Duration.ZERO;

  /** Members with whole records or grants, whose numbers are not figures of the report. */
  private static final Set<String> ROWS_IN_FULL = Set.of("shown", "newest", "rows");

  private static final Pattern SECTION =
      Pattern.compile("<section aria-labelledby=\"([a-z]+)\">(.*?)</section>", Pattern.DOTALL);

  private static final Clock CLOCK = Clock.fixed(ReportData.NOW, ZoneOffset.UTC);

  /** Whose tables the stack of each test reads. */
  @RegisterExtension
  static final TestStack DATA =
      TestStack.of(Options.of(Functions.ofService(TestStack.PATIENT)).withClock(CLOCK)).resetOnce();

  private @Nullable LocalStack stack;
  private @Nullable Auditor auditor;

  @BeforeAll
  static void writeRows() {
    Generator.write(DATA.stack().tables().client(), DATA.stack().auditTable(), ROWS);
    ReportData.seedAllowList(DATA.stack());
  }

  private void start(ReportLimits limits) throws IOException {
    String tables = DATA.stack().tables().url().toString();
    start(limits, Map.of("AWS_ENDPOINT_URL_DYNAMODB", tables));
  }

  private LocalStack start(ReportLimits limits, Map<String, String> endpoints) throws IOException {
    Functions functions = Functions.ofService(duration -> {}, TestStack.PATIENT, limits);
    LocalStack started =
        LocalStack.start(Options.of(functions).withClock(CLOCK).withEndpointsOf(endpoints));
    stack = started;
    auditor = new Auditor(started);
    return started;
  }

  @AfterEach
  void stop() {
    if (auditor != null) {
      auditor.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  private static ReportLimits limits(
      Duration outcomes, Duration uses, int maxSteps, int maxListed) {
    return new ReportLimits(
        ALL.records(), outcomes, ALL.allowList(), uses, ALL.maxRecords(), maxSteps, maxListed);
  }

  private Answer json(Map<String, String> period) throws Exception {
    Map<String, String> body = new HashMap<>(period);
    body.put("format", "json");
    HttpResponse<String> answer = ask(body);
    return new Answer(200, ((JsonObject.Read) JsonObject.read(answer.body())).object().members());
  }

  private String page(Map<String, String> period) throws Exception {
    return ask(period).body();
  }

  private HttpResponse<String> ask(Map<String, String> body) throws Exception {
    HttpResponse<String> answer = Objects.requireNonNull(auditor).post("/audit/report", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static Map<String, String> sections(String page) {
    Map<String, String> sections = new HashMap<>();
    Matcher section = SECTION.matcher(page);
    while (section.find()) {
      sections.put(section.group(1), section.group(2));
    }
    assertThat(sections).hasSize(10);
    return sections;
  }

  private static String section(String page, String name) {
    return Objects.requireNonNull(sections(page).get(name));
  }

  private static Map<String, Long> atLeast(long count) {
    return Map.of("atLeast", count);
  }

  private static long countOfRead(String outcome) {
    return countBetween(outcome, COMPLETE_SINCE, "9");
  }

  private static long countBetween(String outcome, String since, String until) {
    return ROWS.stream()
        .filter(row -> AttributeValue.fromS("outcome").equals(row.get("sk")))
        .filter(row -> AttributeValue.fromS(outcome).equals(row.get("outcome")))
        .map(row -> Items.text(row, "at"))
        .filter(at -> at.compareTo(since) >= 0 && at.compareTo(until) < 0)
        .count();
  }

  /** The paths of plain numbers below a member. */
  private static List<String> plainNumbers(String path, @Nullable Object value) {
    List<String> found = new ArrayList<>();
    switch (value) {
      case Map<?, ?> map -> {
        if (map.keySet().equals(Set.of("atLeast"))) {
          break;
        }
        map.forEach(
            (name, member) -> {
              if (!ROWS_IN_FULL.contains(String.valueOf(name))) {
                found.addAll(plainNumbers(path + "/" + name, member));
              }
            });
      }
      case List<?> list -> list.forEach(one -> found.addAll(plainNumbers(path, one)));
      case Number number -> found.add(path + " = " + number);
      case null, default -> {}
    }
    return found;
  }

  @Test
  void hoursThatWereNotReadHaveNoFigures() throws Exception {
    start(limits(ALL.outcomes(), ALL.uses(), HOURS, ALL.maxListed()));

    Answer answer = json(Map.of("since", SINCE));

    assertThat(answer.at("complete")).isEqualTo(false);
    assertThat(answer.at("completeSince")).isEqualTo(COMPLETE_SINCE);
    for (String outcome : List.of("granted", "denied", "failed")) {
      assertThat(answer.at("totals/" + outcome)).isEqualTo(atLeast(countOfRead(outcome)));
      for (int day = 0; day < 5; day++) {
        assertThat(answer.at("timeline/buckets/" + day + "/" + outcome)).isNull();
      }
      assertThat(answer.at("timeline/buckets/5/" + outcome))
          .isEqualTo(atLeast(countBetween(outcome, COMPLETE_SINCE, "2026-02-28")));
      assertThat(answer.at("timeline/buckets/6/" + outcome))
          .isEqualTo(countBetween(outcome, "2026-02-28", "2026-03-01"));
      assertThat(answer.at("timeline/buckets/7/" + outcome))
          .isEqualTo(countBetween(outcome, "2026-03-01", "9"));
    }
    for (String part : List.of("totals", "links", "refusals", "open")) {
      assertThat(plainNumbers(part, answer.at(part))).isEmpty();
    }
    // Unread rows decide which links are among the others.
    assertThat(answer.at("links/others/denied")).isNull();
    assertThat(answer.at("links/others/failed")).isNull();
    assertThat(((Map<?, ?>) Objects.requireNonNull(answer.at("refusals/top/0/first"))).keySet())
        .isEqualTo(Set.of("notAfter"));
    assertThat(answer.at("refusals/top/0/last")).isInstanceOf(String.class);
    // The allow-list was read to its end.
    assertThat(answer.at("allowList/whole")).isEqualTo(true);
    assertThat(answer.at("allowList/unpinned/count")).isEqualTo(1L);
    assertThat(answer.at("allowList/unused/young")).isNull();
  }

  @Test
  void theDocumentSaysHowMuchOfTheTimeItCovers() throws Exception {
    start(limits(ALL.outcomes(), ALL.uses(), HOURS, ALL.maxListed()));

    String page = page(Map.of("since", SINCE));

    assertThat(page)
        .contains("Complete only from 27 Feb 2026, 21:00 UTC on.", "2 of 8 days")
        .doesNotContain("class=\"banner good\"");
    Map<String, String> sections = sections(page);
    assertThat(sections.get("totals"))
        .contains("at least</span> " + countOfRead("granted"))
        .doesNotContainPattern("class=\"figure\">[0-9]");
    String timeline = Objects.requireNonNull(sections.get("timeline"));
    assertThat(timeline.split("<td class=\"number\">not read</td>", -1)).hasSize(1 + 5 * 3);
    assertThat(timeline)
        .contains("</strong>\n at least " + countOfRead("granted"), "2 of 8 days were read")
        .doesNotContain("in all, at most");
    for (String name : List.of("links", "refusals")) {
      assertThat(sections.get(name)).doesNotContainPattern("<td class=\"number\">[0-9]");
    }
    assertThat(sections.get("links")).contains("Of the time that was read");
    assertThat(sections.get("records"))
        .contains(
            "The newest 430 of at least 430 rows.", "There may be more: not everything was read.");
  }

  @Test
  void noTickIsForTimeThatWasNotRead() throws Exception {
    start(limits(ALL.outcomes(), ALL.uses(), HOURS, ALL.maxListed()));
    Map<String, String> empty =
        Map.of("since", "2020-01-01T00:00:00Z", "until", "2020-01-31T00:00:00Z");

    Map<String, String> sections = sections(page(empty));

    for (String name : List.of("links", "refusals", "open", "records")) {
      assertThat(sections.get(name)).as(name).doesNotContain("class=\"nothing\"");
    }
    Answer answer = json(empty);
    assertThat(answer.at("totals/granted")).isEqualTo(atLeast(0));
    assertThat(answer.at("open/vends/count")).isEqualTo(atLeast(0));
    assertThat(answer.at("timeline/buckets/0/granted")).isNull();
  }

  @Test
  void grantsThatWereNotReadAreNotTakenForFine() throws Exception {
    // Tables of its own: these grants are not for the other tests.
    LocalStack own = start(limits(ALL.outcomes(), ALL.uses(), ALL.maxSteps(), 200), Map.of());
    ReportData.seedAllowList(own);
    own.tables().put(own.allowListTable(), manyGrants());

    Answer answer = json(Map.of("since", LATELY));

    assertThat(answer.at("allowList/whole")).isEqualTo(false);
    assertThat(answer.at("complete")).isEqualTo(false);
    assertThat(answer.at("completeSince")).isEqualTo(answer.at("since"));
    assertThat(answer.at("allowList/grants")).isEqualTo(atLeast(200));
    assertThat(answer.at("allowList/disabled")).isEqualTo(atLeast(0));
    for (String list : List.of("unpinned", "expired", "expiring", "corrupt")) {
      assertThat(answer.at("allowList/" + list + "/count")).as(list).isEqualTo(atLeast(0));
    }
    assertThat(plainNumbers("unused", answer.at("allowList/unused"))).isEmpty();
    // All clients were read.
    assertThat(answer.at("allowList/clients")).isEqualTo(3L);
    assertThat(answer.at("allowList/suspended/count")).isEqualTo(1L);
    assertThat(plainNumbers("totals", answer.at("totals"))).isNotEmpty();

    String page = page(Map.of("since", LATELY));
    for (String name : List.of("unpinned", "unused", "ending")) {
      assertThat(section(page, name)).as(name).doesNotContain("class=\"nothing\"");
    }
    assertThat(section(page, "state")).contains("at least 200 grants");
    assertThat(page)
        .contains("at least</span> 0</span> unpinned grants")
        .doesNotContain("class=\"banner good\"");
  }

  /** In the order of the index: 400 sound grants come before one of each kind to check. */
  private static List<Map<String, AttributeValue>> manyGrants() {
    Instant young = ReportData.NOW.minus(Duration.ofDays(1));
    List<Map<String, AttributeValue>> grants = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Map<String, AttributeValue> grant =
          ReportData.grant(7, "arn:aws:iam::444455556601:role/vended/r" + (1000 + i), young);
      grant.put("pk", ReportData.text("caller#arn:aws:iam::000022223333:role/First"));
      grants.add(grant);
    }
    return grants;
  }

  @Test
  void clientsThatWereNotReadAreNotTakenForFine() throws Exception {
    start(limits(ALL.outcomes(), ALL.uses(), ALL.maxSteps(), 1));

    Answer answer = json(Map.of("since", LATELY));

    assertThat(answer.at("allowList/clients")).isEqualTo(atLeast(1));
    assertThat(plainNumbers("allowList", answer.at("allowList"))).isEmpty();
    assertThat(section(page(Map.of("since", LATELY)), "state")).contains("at least 1 client");
  }

  @Test
  void whatWasNotLookedUpIsNotTakenForFine() throws Exception {
    start(limits(NO_TIME, NO_TIME, ALL.maxSteps(), ALL.maxListed()));

    Answer answer = json(Map.of("since", LATELY));

    assertThat(answer.at("complete")).isEqualTo(false);
    assertThat((Long) answer.at("open/notLookedAt")).isPositive();
    assertThat(answer.at("open/vends/count")).isEqualTo(atLeast(0));
    assertThat(answer.at("open/changes/count")).isEqualTo(atLeast(0));
    assertThat((Long) answer.at("allowList/unused/notLookedAt")).isPositive();
    assertThat(answer.at("allowList/unused/count")).isEqualTo(atLeast(0));
    assertThat(answer.at("totals/granted")).isEqualTo(countBetween("granted", LATELY, "9"));

    String page = page(Map.of("since", LATELY));
    assertThat(section(page, "open")).doesNotContain("class=\"nothing\"");
    assertThat(section(page, "unused")).doesNotContain("class=\"nothing\"");
    assertThat(page).doesNotContain("class=\"banner good\"");
  }

  @Test
  void aReportOfNextToNothingHasNoTickAndNoPlainNumber() throws Exception {
    start(limits(NO_TIME, NO_TIME, 1, 1));

    for (Map<String, String> period :
        List.of(
            Map.of("since", LATELY),
            Map.of("since", "2020-01-01T00:00:00Z", "until", "2020-01-02T00:00:00Z"))) {
      Answer answer = json(period);
      Map<String, @Nullable Object> figures = new HashMap<>(answer.body());
      figures.remove("timeline");
      assertThat(plainNumbers("", figures)).isEmpty();
      assertThat(page(period))
          .doesNotContain("<p class=\"nothing\"")
          .doesNotContain("<li class=\"nothing\"")
          .doesNotContain("class=\"banner good\"")
          .doesNotContainPattern("class=\"figure\">[0-9]")
          .doesNotContain(">none</span>");
    }
  }

  @Test
  void aReportOfEverythingHasNoBounds() throws Exception {
    start(ALL);

    assertThat(json(Map.of("since", LATELY)).body().toString())
        .doesNotContain("atLeast", "notAfter")
        .contains("complete=true");
    assertThat(page(Map.of("since", LATELY)))
        .doesNotContain("at least", "not read", "not known", "There may be more")
        .contains("class=\"banner good\"", "<strong>Complete.</strong>");
  }
}
