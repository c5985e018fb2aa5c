package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import vended.admin.change.Refusal;
import vended.audit.Reason;
import vended.audit.dynamo.Generator;
import vended.json.Json;
import vended.local.AllowListRows;
import vended.local.FaultyProxy;
import vended.local.Functions;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.text.Sha256;

/** {@code /audit/query}, through the HTTP front. */
class AuditQueryTest {
  private static final Instant END = Instant.parse("2026-03-01T12:34:56.789Z");
  private static final Duration OVER = Duration.ofHours(5);
  private static final Instant NOW = END.plusSeconds(600);
  private static final String SINCE = END.minus(OVER).toString();
  private static final List<Map<String, AttributeValue>> ROWS = Generator.rows(11, 500, END, OVER);

  @RegisterExtension
  static final TestStack OWN =
      TestStack.of(
              Options.of(Functions.ofService(TestStack.PATIENT))
                  .withClock(Clock.fixed(NOW, ZoneOffset.UTC))
                  .withFaults())
          .resetOnce();

  private static final LocalStack stack = OWN.stack();

  @AutoClose private static final Auditor auditor = new Auditor(stack);

  @BeforeAll
  static void writeRows() {
    Generator.write(stack.tables().client(), stack.auditTable(), ROWS);
  }

  @BeforeEach
  void noFaults() {
    stack.tablesProxy().reset();
  }

  private static boolean is(Map<String, AttributeValue> row, String name, String value) {
    return AttributeValue.fromS(value).equals(row.get(name));
  }

  private static boolean isOpen(Map<String, AttributeValue> row) {
    return Set.of("intent", "admin").contains(Items.text(row, "sk"))
        && ROWS.stream().filter(other -> is(other, "pk", Items.text(row, "pk"))).count() == 1;
  }

  /** Outcomes of vends, and intents of those that were cut off. */
  private static boolean isVend(Map<String, AttributeValue> row) {
    return is(row, "sk", "outcome") || (is(row, "sk", "intent") && isOpen(row));
  }

  private static List<String> names(Predicate<Map<String, AttributeValue>> which) {
    return ROWS.stream().filter(which).map(AuditQueryTest::name).toList();
  }

  private static String name(Map<String, AttributeValue> row) {
    return Items.text(row, "at") + " " + Items.text(row, "pk") + " " + Items.text(row, "sk");
  }

  private static Map<String, AttributeValue> granted() {
    return ROWS.stream()
        .skip(250)
        .filter(r -> is(r, "outcome", "granted"))
        .findFirst()
        .orElseThrow();
  }

  /** A question, and the rows that it must return. */
  record Question(Map<String, Object> body, Predicate<Map<String, AttributeValue>> has) {
    @Override
    public String toString() {
      return Json.write(body);
    }

    static Question of(Predicate<Map<String, AttributeValue>> has, Object... members) {
      Map<String, Object> body = new LinkedHashMap<>();
      for (int i = 0; i < members.length; i += 2) {
        body.put(String.valueOf(members[i]), members[i + 1]);
      }
      return new Question(body, has);
    }
  }

  static Stream<Question> questions() {
    String role = Generator.role(3);
    String caller = Generator.caller(0);
    String account = Generator.account(5);
    String key = Items.text(granted(), "accessKeyId");
    String vendId = Items.text(granted(), "pk");
    Predicate<Map<String, AttributeValue>> vend = AuditQueryTest::isVend;
    return Stream.of(
        Question.of(vend, "since", SINCE),
        Question.of(r -> true, "since", SINCE, "kind", "all"),
        Question.of(r -> is(r, "sk", "probe"), "since", SINCE, "kind", "probe"),
        Question.of(r -> is(r, "sk", "intent"), "since", SINCE, "kind", "intent"),
        Question.of(
            r -> is(r, "sk", "admin-outcome") || (is(r, "sk", "admin") && isOpen(r)),
            "since",
            SINCE,
            "kind",
            "admin"),
        Question.of(r -> is(r, "outcome", "made"), "since", SINCE, "outcome", "made"),
        Question.of(r -> is(r, "outcome", "denied"), "since", SINCE, "outcome", "denied"),
        Question.of(AuditQueryTest::isOpen, "since", SINCE, "outcome", "open"),
        Question.of(r -> is(r, "reason", "no_grant"), "since", SINCE, "reason", "no_grant"),
        Question.of(r -> isVend(r) && is(r, "caller", caller), "caller", caller),
        Question.of(r -> isVend(r) && is(r, "roleArn", role), "roleArn", role),
        Question.of(r -> isVend(r) && is(r, "clientAccount", account), "account", account),
        Question.of(r -> is(r, "accessKeyId", key), "accessKeyId", key),
        Question.of(r -> is(r, "pk", vendId), "vendId", vendId),
        Question.of(
            r -> is(r, "roleArn", role) && is(r, "caller", caller) && is(r, "outcome", "denied"),
            "roleArn",
            role,
            "caller",
            caller,
            "outcome",
            "denied"),
        Question.of(r -> false, "accessKeyId", key, "caller", Generator.caller(39)));
  }

  /** Questions with several values of a member. */
  static Stream<Question> questionsWithSeveralValues() {
    List<String> callers = several("caller", 4);
    List<String> roles = several("roleArn", 20);
    List<String> accounts = several("clientAccount", 3);
    List<String> keys = several("accessKeyId", 3);
    List<String> vendIds = several("pk", 5);
    Predicate<Map<String, AttributeValue>> refused =
        r -> is(r, "outcome", "denied") || is(r, "outcome", "failed");
    return Stream.of(
        Question.of(r -> isVend(r) && in(r, "caller", callers), "caller", callers),
        Question.of(r -> in(r, "roleArn", roles), "roleArn", roles, "kind", "all", "limit", 30),
        Question.of(r -> isVend(r) && in(r, "clientAccount", accounts), "account", accounts),
        Question.of(r -> in(r, "accessKeyId", keys), "accessKeyId", keys),
        Question.of(r -> in(r, "pk", vendIds), "vendId", vendIds, "limit", 2),
        Question.of(
            r -> is(r, "sk", "outcome") && refused.test(r) && in(r, "caller", callers),
            "caller",
            callers,
            "outcome",
            List.of("denied", "failed"),
            "limit",
            7),
        Question.of(
            r -> in(r, "roleArn", roles) && in(r, "caller", callers) && is(r, "sk", "outcome"),
            "roleArn",
            roles,
            "caller",
            callers,
            "outcome",
            List.of("granted", "denied", "failed")),
        Question.of(
            r -> in(r, "reason", List.of("no_grant", "grant_expired")),
            "since",
            SINCE,
            "reason",
            List.of("no_grant", "grant_expired")),
        Question.of(
            r -> is(r, "sk", "probe") || is(r, "sk", "intent"),
            "since",
            SINCE,
            "kind",
            List.of("probe", "intent")),
        Question.of(
            r ->
                is(r, "sk", "probe")
                    || is(r, "sk", "admin-outcome")
                    || (is(r, "sk", "admin") && isOpen(r)),
            "since",
            SINCE,
            "kind",
            List.of("admin", "probe")),
        Question.of(
            r -> is(r, "outcome", "failed") || isOpen(r),
            "since",
            SINCE,
            "outcome",
            List.of("open", "failed")));
  }

  private static List<String> several(String attribute, int count) {
    return ROWS.stream()
        .skip(100)
        .filter(row -> row.containsKey(attribute))
        .map(row -> Items.text(row, attribute))
        .distinct()
        .limit(count)
        .toList();
  }

  private static boolean in(Map<String, AttributeValue> row, String name, List<String> values) {
    return row.containsKey(name) && values.contains(Items.text(row, name));
  }

  @ParameterizedTest
  @MethodSource({"questions", "questionsWithSeveralValues"})
  void eachQuestionIsAnsweredInFull_TheNewestFirst_AndByIndexesOnly(Question question)
      throws Exception {
    List<String> answer = auditor.all(question.body());

    assertThat(answer).containsExactlyInAnyOrderElementsOf(names(question.has()));
    assertThat(answer.stream().map(name -> name.substring(0, 24)))
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(stack.tablesProxy().count("Scan")).isZero();
    if (question.body().containsKey("since")) {
      return;
    }
    int values = question.body().values().stream().mapToInt(AuditQueryTest::size).max().orElse(1);
    assertThat(stack.tablesProxy().count("Query"))
        .isLessThan(values == 1 ? 10 : 10L * values + answer.size());
  }

  private static int size(Object value) {
    return value instanceof List<?> list ? list.size() : 1;
  }

  @Test
  void severalValuesAreOneSelection_InWhateverOrder() throws Exception {
    List<String> callers = several("caller", 3);
    Map<String, Object> question =
        new HashMap<>(Map.of("caller", callers, "limit", 5, "since", SINCE));
    List<String> all = auditor.all(question);
    Answer first = auditor.ask(question);
    question.put("cursor", first.text("cursor"));
    question.put("caller", List.of(callers.get(2), callers.get(0), callers.get(1), callers.get(0)));

    assertThat(Auditor.names(auditor.ask(question))).isEqualTo(all.subList(5, 10));
    question.put("caller", callers.subList(0, 2));
    assertThat(auditor.ask(question).places()).containsExactly("/cursor");
  }

  static Stream<Arguments> wrongLists() {
    List<String> role = List.of("arn:aws:iam::111122223333:role/A", "*");
    return Stream.of(
        Arguments.of(Map.of("caller", List.of()), "/caller"),
        Arguments.of(Map.of("account", Collections.nCopies(21, "444455556666")), "/account"),
        Arguments.of(Map.of("roleArn", role), "/roleArn/1"),
        Arguments.of(Map.of("caller", List.of(List.of("a"))), "/caller/0"),
        Arguments.of(Map.of("reason", List.of("no_grant", 7)), "/reason/1"),
        Arguments.of(Map.of("outcome", List.of("made", "granted"), "kind", "vend"), "/outcome"),
        Arguments.of(
            Map.of("reason", List.of("no_grant", "sts_throttled"), "outcome", "denied"), "/reason"),
        Arguments.of(Map.of("client", List.of("A\nB")), "/client/0"),
        Arguments.of(Map.of("client", "A", "account", "444455556666"), "/client"),
        Arguments.of(Map.of("client", ""), "/client"));
  }

  @ParameterizedTest
  @MethodSource("wrongLists")
  void listsThatNoRecordCanMatch_AreRefused(Map<String, Object> question, String place)
      throws Exception {
    assertThat(auditor.ask(question).places()).containsExactly(place);
  }

  @Test
  void clientIsFoundByItsCurrentName_WithTheRecordsOfItsFormerOne() throws Exception {
    String account = Generator.account(5);
    List<String> all = auditor.all(Map.of("account", account));
    client(account, "Renamed \"Client\" & 'Söhne'");

    Answer answer = auditor.ask(Map.of("client", "Renamed \"Client\" & 'Söhne'", "limit", 5));

    assertThat(Auditor.names(answer)).isNotEmpty().isEqualTo(all.subList(0, 5));
    assertThat(answer.at("accounts")).isEqualTo(List.of(account));
    // The cursor is of the client that had the name, whoever has it now.
    client(account, "Renamed again");
    client(Generator.account(6), "Renamed \"Client\" & 'Söhne'");
    Map<String, Object> next = new HashMap<>(Map.of("limit", 5));
    next.put("client", "Renamed \"Client\" & 'Söhne'");
    next.put("cursor", answer.text("cursor"));
    assertThat(auditor.ask(next).places()).containsExactly("/cursor");
    assertThat(auditor.all(Map.of("client", "Renamed again"))).isEqualTo(all);
  }

  @Test
  void nameThatIsNotOneClients_IsRefusedWithThoseThatMayBeMeant() throws Exception {
    client("444455550001", "Twin");
    client("444455550002", "Twin");
    client("444455550003", "Example Client");

    Answer twins = auditor.ask(Map.of("client", "Twin"));
    assertThat(twins.status()).isEqualTo(400);
    assertThat(twins.places()).containsExactly("/client");
    assertThat(twins.text("errors/0/detail"))
        .contains("\"Twin\" is the name of 2 clients", "444455550001, 444455550002");
    assertThat(
            auditor
                .ask(Map.of("client", List.of("Exmaple client", "Renamed again", "x")))
                .text("errors/0/detail"))
        .contains("no client's name", "444455550003 (Example Client)");
    assertThat(stack.tablesProxy().count("Scan")).isZero();
  }

  private static void client(String account, String name) {
    var row =
        AllowListRows.client(
            account, name, "external-id-of-" + account, Generator.role(5), Instant.now());
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(row));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 1000})
  void pagesAreJoinedAlsoWhileRecordsComeIn(int limit) throws Exception {
    List<Map<String, AttributeValue>> later =
        new ArrayList<>(Generator.rows(12, 60, NOW.plusSeconds(60), Duration.ofSeconds(60)));
    Runnable comesIn =
        () -> {
          if (!later.isEmpty()) {
            List<Map<String, AttributeValue>> some =
                List.of(later.removeLast(), later.removeLast());
            Generator.write(stack.tables().client(), stack.auditTable(), some);
          }
        };
    Map<String, Object> all = Map.of("since", SINCE, "kind", "all", "limit", limit);
    Map<String, Object> one = Map.of("caller", Generator.caller(0), "limit", limit);

    assertThat(auditor.all(all, comesIn)).containsExactlyInAnyOrderElementsOf(names(r -> true));
    assertThat(auditor.all(one, comesIn))
        .containsExactlyInAnyOrderElementsOf(
            names(r -> isVend(r) && is(r, "caller", Generator.caller(0))));
  }

  @Test
  void aSelfMadeCursorWithADateThatDoesNotExistIsInvalid() throws Exception {
    Map<String, Object> question = new HashMap<>(Map.of("caller", Generator.caller(0), "limit", 5));
    byte[] cursor = Base64.getUrlDecoder().decode(auditor.ask(question).text("cursor"));
    String text = new String(cursor, StandardCharsets.UTF_8).substring(16);
    String selection = Json.write(Map.of("caller", Generator.caller(0)));

    // The checksum itself is right.
    question.put("cursor", forged(selection, text));
    assertThat(auditor.ask(question).status()).isEqualTo(200);
    List<String> times = Arrays.asList(text.split(" ", -1)).subList(0, 3);
    for (int i = 0; i < times.size(); i++) {
      List<String> parts = new ArrayList<>(Arrays.asList(text.split(" ", -1)));
      parts.set(i, times.get(i).replaceFirst("-[0-9]{2}-", "-13-"));
      question.put("cursor", forged(selection, String.join(" ", parts)));

      Answer refused = auditor.ask(question);

      assertThat(refused.status()).as("%s", parts).isEqualTo(400);
      assertThat(refused.places()).containsExactly("/cursor");
    }
    question.put(
        "cursor", forged(selection, times.get(1) + " " + times.get(0) + " " + times.get(2)));
    assertThat(auditor.ask(question).places()).containsExactly("/cursor");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T00:00:00Z, 2024-01-02T00:00:00Z, 2023-12-31T23:59:59.999Z",
    "2024-01-01T00:00:00Z, 2024-01-02T00:00:00Z, 2024-01-02T00:00:00.001Z",
    "2024-01-01T00:00:00Z, 2024-01-02T00:00:00Z, 9999-12-31T23:59:59.999Z",
    "2024-01-01T00:00:00Z, 2024-01-02T00:00:00Z, 2024-01-02T00:00:00.000Z 0 01A outcome",
    "2024-01-01T00:00:00Z, 2024-01-02T00:00:00Z, 2024-01-02T00:00:00.001Z 0 01A outcome",
    "2024-01-01T00:00:00Z, 2024-01-02T00:00:00Z, 2024-01-01T23:59:59Z 0 01A outcome"
  })
  void aSelfMadeCursorOutsideItsPeriodIsInvalid(String since, String until, String at)
      throws Exception {
    for (Map<String, String> selection :
        List.of(Map.<String, String>of(), Map.of("caller", Generator.caller(0)))) {
      Map<String, Object> question = new HashMap<>(selection);
      question.put("cursor", forged(Json.write(selection), since + " " + until + " " + at));

      Answer refused = auditor.ask(question);

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.places()).containsExactly("/cursor");
    }
  }

  /** A cursor with the right checksum, which anybody can compute. */
  private static String forged(String selection, String text) {
    String checksum = Sha256.sha256(stack.auditTable() + "\0" + selection + "\0" + text);
    byte[] cursor = (checksum.substring(0, 16) + text).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  @Test
  void aCursorHoldsForItsOwnSelectionOnly() throws Exception {
    Map<String, Object> question = new HashMap<>(Map.of("caller", Generator.caller(0), "limit", 5));
    question.put("cursor", auditor.ask(question).text("cursor"));

    assertThat(auditor.ask(question).status()).isEqualTo(200);
    question.put("limit", 7);
    question.put("format", "csv");
    assertThat(auditor.raw(question).statusCode()).isEqualTo(200);
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("caller", Generator.caller(1)),
            Map.of("outcome", "denied"),
            Map.of("since", SINCE),
            Map.of("cursor", "A" + question.get("cursor")),
            Map.of("cursor", question.get("cursor") + "AAAA"),
            Map.of("cursor", "%%%"),
            Map.of("cursor", ""))) {
      Map<String, Object> changed = new HashMap<>(question);
      changed.putAll(change);
      Answer refused = auditor.ask(changed);
      assertThat(refused.status()).as("%s", change).isEqualTo(400);
      assertThat(refused.places()).as("%s", change).containsExactly("/cursor");
    }
  }

  @Test
  void whatMayStillComeInIsLeftOut_ButForOneVend() throws Exception {
    List<Map<String, AttributeValue>> newest =
        Generator.rows(13, 1, NOW.plusSeconds(8), Duration.ofSeconds(10));
    Generator.write(stack.tables().client(), stack.auditTable(), newest);
    String name = name(newest.getFirst());
    assertThat(name).isGreaterThan(NOW.minusSeconds(5).toString());

    Answer hours = auditor.ask(Map.of("kind", "all", "since", NOW.minusSeconds(60).toString()));
    assertThat(Auditor.names(hours)).doesNotContain(name);
    assertThat(hours.at("until")).isEqualTo("2026-03-01T12:44:51.789Z");
    Answer vend = auditor.ask(Map.of("vendId", Items.text(newest.getFirst(), "pk")));
    assertThat(Auditor.names(vend)).containsExactly(name);
  }

  @Test
  void oneVendOrOneKeyIsLookedForInAllOfTime_AllElseInSevenDays() throws Exception {
    Map<String, AttributeValue> old = new HashMap<>(granted());
    old.put("pk", AttributeValue.fromS("01ARYZ6S41TSV4RRFFQ69G5FAX"));
    old.put("caller", AttributeValue.fromS("arn:aws:iam::111122223333:role/Old"));
    old.put("accessKeyId", AttributeValue.fromS("ASIAEXAMPLEOLDKEY001"));
    old.put("at", AttributeValue.fromS("2024-01-01T00:00:00.000Z"));
    Generator.write(stack.tables().client(), stack.auditTable(), List.of(old));

    for (Map<String, Object> all :
        List.<Map<String, Object>>of(
            Map.of("vendId", "01ARYZ6S41TSV4RRFFQ69G5FAX"),
            Map.of("accessKeyId", "ASIAEXAMPLEOLDKEY001"),
            Map.of(
                "caller", "arn:aws:iam::111122223333:role/Old", "since", "2024-01-01T00:00:00Z"))) {
      assertThat(auditor.all(all)).containsExactly(name(old));
    }
    assertThat(auditor.all(Map.of("caller", "arn:aws:iam::111122223333:role/Old"))).isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws Exception {
    Map<String, Object> wrong = new HashMap<>();
    wrong.put("caller", "arn:aws:sts::111122223333:assumed-role/Deployer/b1");
    wrong.put("roleArn", "arn:aws:iam::444455556666:role/*");
    wrong.put("account", "4444");
    wrong.put("accessKeyId", "asia");
    wrong.put("vendId", "x");
    wrong.put("outcome", "good");
    wrong.put("reason", "No!");
    wrong.put("kind", "some");
    wrong.put("since", "yesterday");
    wrong.put("until", "2026-01-01T00:00:00+01:00");
    wrong.put("limit", 1001);
    wrong.put("cursor", 7);
    wrong.put("format", "xml");
    wrong.put("extra", true);

    Answer answer = auditor.ask(wrong);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.places())
        .containsExactlyInAnyOrderElementsOf(
            wrong.keySet().stream().map(name -> "/" + name).collect(Collectors.toList()));
    assertThat(stack.tablesProxy().count("Query")).isZero();
  }

  @Test
  void periodsThatHoldNothingAreRefused() throws Exception {
    String now = NOW.toString();
    assertThat(auditor.ask(Map.of("since", now)).places()).containsExactly("/since");
    assertThat(auditor.ask(Map.of("since", SINCE, "until", SINCE)).places())
        .containsExactly("/since");
    assertThat(auditor.ask(Map.of("outcome", "made", "kind", "vend")).places())
        .containsExactly("/outcome");
  }

  @Test
  void aReasonThatNoRecordCanHaveIsRefused_WithThoseThatThereAre() throws Exception {
    Answer answer = auditor.ask(Map.of("reason", "no_grnt"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.places()).containsExactly("/reason");
    List<String> reasons =
        Stream.of(
                Arrays.stream(Reason.values()).map(Reason::code),
                Arrays.stream(Refusal.values()).map(Refusal::code),
                Stream.of("version_conflict"))
            .flatMap(codes -> codes)
            .toList();
    assertThat(answer.text("errors/0/detail")).contains(reasons);
    for (String reason : reasons) {
      assertThat(
              auditor
                  .ask(Map.of("reason", reason, "since", NOW.minusSeconds(60).toString()))
                  .places())
          .as(reason)
          .isEmpty();
    }
  }

  /** Otherwise an auditor would take "no record" for an answer. */
  @ParameterizedTest
  @CsvSource({
    "kind, probe, outcome, denied, /outcome",
    "kind, intent, outcome, granted, /outcome",
    "kind, admin, outcome, granted, /outcome",
    "reason, no_grant, outcome, granted, /reason",
    "reason, no_grant, outcome, made, /reason",
    "reason, no_grant, outcome, open, /reason",
    "kind, probe, reason, no_grant, /reason",
    "kind, intent, reason, no_grant, /reason",
    "kind, admin, reason, grant_expired, /reason",
    "kind, vend, reason, version_conflict, /reason",
    "outcome, failed, reason, no_grant, /reason",
    "outcome, denied, reason, sts_throttled, /reason",
    "outcome, denied, reason, allow_list_unavailable, /reason",
    "kind, probe, accessKeyId, ASIAEXAMPLE000000001, /accessKeyId",
    "kind, admin, accessKeyId, ASIAEXAMPLE000000001, /accessKeyId",
    "kind, intent, accessKeyId, ASIAEXAMPLE000000001, /accessKeyId",
    "outcome, denied, accessKeyId, ASIAEXAMPLE000000001, /accessKeyId",
    "outcome, open, accessKeyId, ASIAEXAMPLE000000001, /accessKeyId",
    "reason, version_conflict, accessKeyId, ASIAEXAMPLE000000001, /accessKeyId",
    "reason, no_grant, accessKeyId, ASIAEXAMPLE000000001, /accessKeyId"
  })
  void whatNoRecordCanBeIsRefused(
      String name, String value, String other, String otherValue, String place) throws Exception {
    assertThat(auditor.ask(Map.of(name, value, other, otherValue)).places()).containsExactly(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "probe   | outcome | denied           | must be left out",
        "probe   | reason  | no_grant         | must be left out",
        "admin   | outcome | granted          | denied, failed, made, open",
        "vend    | reason  | version_conflict | grant_expired",
        "admin   | reason  | grant_expired    | version_conflict"
      })
  void theRefusalSaysWhatIsPossible(String kind, String name, String value, String possible)
      throws Exception {
    assertThat(auditor.ask(Map.of("kind", kind, name, value)).text("errors/0/detail"))
        .contains(possible)
        .contains("kind " + kind);
  }

  @Test
  void aReasonThatOnlyChangesHaveIsLookedForAmongChanges() throws Exception {
    Map<String, AttributeValue> conflict =
        new HashMap<>(
            ROWS.stream().filter(row -> is(row, "sk", "admin-outcome")).findFirst().orElseThrow());
    conflict.put("pk", AttributeValue.fromS("01ARYZ6S41TSV4RRFFQ69G5FAZ"));
    conflict.put("outcome", AttributeValue.fromS("denied"));
    conflict.put("reason", AttributeValue.fromS("version_conflict"));
    // Before all other rows, where no other question reads.
    conflict.put("at", AttributeValue.fromS("2023-06-01T00:30:00.000Z"));
    conflict.put("hourShard", AttributeValue.fromS("2023-06-01T00#0"));
    Generator.write(stack.tables().client(), stack.auditTable(), List.of(conflict));

    Map<String, String> question =
        Map.of(
            "since",
            "2023-06-01T00:00:00Z",
            "until",
            "2023-06-01T01:00:00Z",
            "reason",
            "version_conflict");
    assertThat(auditor.all(question)).containsExactly(name(conflict));
  }

  @Test
  void theOtherFormsHaveTheirOwnTypes_AndTheCursorInAHeader() throws Exception {
    Map<String, Object> question = Map.of("caller", Generator.caller(0), "limit", 3);
    Map<String, String> types =
        Map.of(
            "jsonl", "application/jsonl",
            "csv", "text/csv; charset=utf-8",
            "table", "text/plain; charset=utf-8");
    Answer json = auditor.ask(question);
    List<?> records = (List<?>) Objects.requireNonNull(json.at("records"));
    for (Map.Entry<String, String> type : types.entrySet()) {
      Map<String, Object> asked = new HashMap<>(question);
      asked.put("format", type.getKey());
      HttpResponse<String> answer = auditor.raw(asked);

      assertThat(answer.headers().firstValue("Content-Type")).contains(type.getValue());
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Vend-Cursor")).contains(json.text("cursor"));
      assertThat(answer.body().lines()).hasSize(type.getKey().equals("jsonl") ? 3 : 4);
      for (Object one : records) {
        assertThat(answer.body()).contains(String.valueOf(((Map<?, ?>) one).get("vendId")));
      }
    }
  }

  @Test
  void onlyAuditorsMayAsk() throws Exception {
    for (var key : List.of(stack.people().pipeline(), stack.people().administrator())) {
      try (SignedClient client = stack.caller(key)) {
        assertThat(client.post("/audit/query", "{}").statusCode()).isEqualTo(403);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Query", "BatchGetItem"})
  void anAuditThatCannotBeReadIsA503(String operation) throws Exception {
    stack
        .tablesProxy()
        .fault(operation, "", FaultyProxy.Answer.dynamoError(400, "ResourceNotFoundException"));

    Answer answer = auditor.ask(Map.of("outcome", "open", "since", SINCE));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("unavailable");
    assertThat(answer.body().toString()).doesNotContain("ResourceNotFound");
  }

  @Test
  void anIntentThatMayStillBeUnderWayIsNotOpen() throws Exception {
    Map<String, AttributeValue> intent =
        ROWS.stream().filter(r -> is(r, "sk", "intent")).findFirst().orElseThrow();
    Map<String, AttributeValue> young = new HashMap<>(intent);
    young.put("pk", AttributeValue.fromS("01ARYZ6S41TSV4RRFFQ69G5FAV"));
    // Where no other question reads.
    young.put("hourShard", AttributeValue.fromS("2023-06-01T00#0"));
    young.put("roleArn", AttributeValue.fromS("arn:aws:iam::999900001111:role/vended/young"));
    young.put("clientAccount", AttributeValue.fromS("999900001111"));
    young.put("caller", AttributeValue.fromS("arn:aws:iam::111122223333:role/Young"));
    young.put("at", AttributeValue.fromS(NOW.minusSeconds(299).toString()));
    Map<String, AttributeValue> old = new HashMap<>(young);
    old.put("pk", AttributeValue.fromS("01ARYZ6S41TSV4RRFFQ69G5FAW"));
    old.put("at", AttributeValue.fromS(NOW.minusSeconds(301).toString()));
    Generator.write(stack.tables().client(), stack.auditTable(), List.of(young, old));

    assertThat(auditor.all(Map.of("caller", "arn:aws:iam::111122223333:role/Young")))
        .containsExactly(name(old));
  }
}
