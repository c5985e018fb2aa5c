package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.audit.AuditTime;
import vended.audit.VendId;
import vended.local.FaultyProxy;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;
import vended.telemetry.Emf;
import vended.telemetry.Emf.Sample;
import vended.text.Sha256;

/** {@code /audit/reconcile}: CloudTrail's events of the vendor role against the records. */
class ReconcileTest {
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  private static final String OTHER_ROLE = "arn:aws:iam::444455556666:role/vended/admin";
  private static final String KEY = "ASIAEXAMPLEISSUED001";
  private static final String STOLEN = "ASIAEXAMPLESTOLEN001";
  private static final String DENY_ALL = "{\"Statement\":[]}";
  private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-20T00:00:00Z");
  private static final AtomicInteger HOURS = new AtomicInteger();
  private static final Random RANDOM = new Random(5);
  private static final ByteArrayOutputStream METRICS = new ByteArrayOutputStream();

  @RegisterExtension
  static final TestStack OWN =
      TestStack.of(
              Options.of(Functions.ofService(TestStack.PATIENT))
                  .withClock(Clock.fixed(NOW, ZoneOffset.UTC))
                  .withFaults())
          .printingTo(METRICS)
          .resetOnce();

  private static final LocalStack stack = OWN.stack();

  @AutoClose private static final Auditor auditor = new Auditor(stack);

  /** Each test has hours of its own, so the table need not be emptied. */
  private Instant hour = FIRST;

  private Instant at = FIRST;
  private String vendId = "";
  private String session = "";

  @BeforeEach
  void anHourOfItsOwn() {
    stack.tablesProxy().reset();
    hour = FIRST.plus(Duration.ofHours(3L * HOURS.getAndIncrement()));
    at = hour.plus(Duration.ofMinutes(20)).plusMillis(123);
    vendId = VendId.source(Clock.fixed(at, ZoneOffset.UTC), RANDOM).get().value();
    session = "Builder@" + vendId;
  }

  private void row(String kind, Instant time, Map<String, String> members) {
    Map<String, AttributeValue> row = new HashMap<>();
    members.forEach((name, value) -> row.put(name, AttributeValue.fromS(value)));
    row.put("pk", AttributeValue.fromS(vendId));
    row.put("sk", AttributeValue.fromS(kind));
    row.put("kind", AttributeValue.fromS(kind));
    row.put("at", AttributeValue.fromS(AuditTime.at(time)));
    row.put("hourShard", AttributeValue.fromS(AuditTime.hourShard(time, 3)));
    row.putIfAbsent("roleArn", AttributeValue.fromS(ROLE));
    row.put("durationSeconds", AttributeValue.fromN("900"));
    stack.tables().client().putItem(call -> call.tableName(stack.auditTable()).item(row));
  }

  private void intent() {
    row("intent", at, Map.of("sessionName", session, "policySha256", Sha256.sha256(DENY_ALL)));
  }

  private void granted() {
    intent();
    row(
        "outcome",
        at.plusMillis(900),
        Map.of("outcome", "granted", "sessionName", session, "accessKeyId", KEY));
  }

  private void failed(String reason) {
    intent();
    row("outcome", at.plusMillis(900), Map.of("outcome", "failed", "reason", reason));
  }

  private void probed(String without) {
    intent();
    row(
        "probe",
        at.plusSeconds(4),
        Map.of(
            "withExternalId", "works",
            "withoutExternalId", without,
            "withWrongExternalId", "refused"));
  }

  private Map<String, Object> event() {
    return issued(KEY);
  }

  private Map<String, Object> issued(String key) {
    return Trail.issued(at, ROLE, session, key);
  }

  private Map<String, Object> issuedToProbe(String key) {
    return Trail.asking(Trail.asking(issued(key), "policy", DENY_ALL), "durationSeconds", 900);
  }

  private Map<String, Object> issuedForAnHour(String key) {
    return Trail.asking(issuedToProbe(key), "durationSeconds", 3600);
  }

  private Map<String, Object> refused() {
    return Trail.refused(at, ROLE, session);
  }

  private static Map<String, Object> body(Instant since, Instant until, List<?> events) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("since", since.toString());
    body.put("until", until.toString());
    body.put("events", events);
    return body;
  }

  private static Answer post(Map<String, Object> body) throws Exception {
    return auditor.reconcile(body);
  }

  /** Reconciles the hour. */
  private Answer reconcile(Object... events) throws Exception {
    Answer answer = post(body(hour, hour.plus(Duration.ofHours(1)), List.of(events)));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer;
  }

  private static List<String> kinds(Answer answer) {
    List<String> kinds = new ArrayList<>();
    for (Object finding : (List<?>) Objects.requireNonNull(answer.at("findings"))) {
      kinds.add(String.valueOf(((Map<?, ?>) finding).get("kind")));
    }
    return kinds;
  }

  private List<String> findings(Object... events) throws Exception {
    return kinds(reconcile(events));
  }

  @Test
  void anEventAndItsRecordExplainEachOther() throws Exception {
    granted();

    Answer answer = reconcile(event());

    assertThat(kinds(answer)).isEmpty();
    assertThat(answer.body())
        .containsEntry("since", AuditTime.at(hour))
        .containsEntry("events", 1L)
        .containsEntry("ignored", 0L)
        .containsEntry("records", 2L)
        .containsEntry("matched", 1L)
        .containsEntry("complete", true);
  }

  @Test
  void eachFormOfAnEventIsRead() throws Exception {
    granted();
    Map<String, Object> event = event();
    List<Map<String, Object>> forms =
        List.of(
            event,
            Trail.lookedUp(event),
            Trail.ofLake(event),
            Trail.with(event, "addendum", Map.of("a", nested(30))),
            Trail.with(event, "additionalEventData", Map.of("n", Double.MIN_VALUE)),
            Trail.lookedUp(Trail.with(event, "addendum", nested(30))));

    for (Map<String, Object> form : forms) {
      Answer answer = reconcile(form);
      assertThat(kinds(answer)).as("%s", form).isEmpty();
      assertThat(answer.at("matched")).isEqualTo(1L);
    }
  }

  private static Object nested(int depth) {
    Object value = "deep";
    for (int i = 0; i < depth; i++) {
      value = Map.of("in", value);
    }
    return value;
  }

  @Test
  void aCallInTheTrailsOfBothAccountsIsOneCall() throws Exception {
    granted();
    Map<String, Object> event = event();
    Map<String, Object> other = Trail.atTheClient(event, "444455556666");

    Answer answer = reconcile(event, other, Trail.lookedUp(event));
    assertThat(kinds(answer)).isEmpty();
    assertThat(answer.at("events")).isEqualTo(3L);
    assertThat(answer.at("matched")).isEqualTo(3L);

    assertThat(findings(other)).isEmpty();
    assertThat(findings(Trail.with(event, "sharedEventID", null), other)).isEmpty();
  }

  @Test
  void whatIsSaidToBeOfOneCallAndIsNotIsTwoCalls() throws Exception {
    granted();
    Map<String, Object> event = event();
    String shared = String.valueOf(event.get("sharedEventID"));

    assertThat(findings(event, Trail.with(issued(STOLEN), "sharedEventID", shared)))
        .containsExactly("duplicate_event");
  }

  @Test
  void whatIsNotAssumeRoleByTheVendorRoleIsIgnored() throws Exception {
    Map<String, Object> event = event();
    Map<String, Object> lambda = Map.of("type", "AWSService", "invokedBy", "lambda.amazonaws.com");
    Map<String, Object> person =
        Map.of(
            "type", "AssumedRole",
            "principalId", "AROAEXAMPLEOFAPERSON0:vended-vendor",
            "arn", "arn:aws:sts::111122223333:assumed-role/vended-vendor-2/x",
            "accountId", "111122223333");

    Answer answer =
        reconcile(
            Trail.with(event, "eventName", "GetCallerIdentity"),
            Trail.with(event, "eventSource", "iam.amazonaws.com"),
            Trail.with(event, "userIdentity", lambda),
            Trail.with(event, "userIdentity", person));

    assertThat(kinds(answer)).isEmpty();
    assertThat(answer.at("ignored")).isEqualTo(4L);
    assertThat(answer.at("events")).isEqualTo(0L);
  }

  @Test
  void theVendorRoleIsKnownByEachOfItsNames() throws Exception {
    for (Map<String, Object> identity :
        List.<Map<String, Object>>of(
            Map.of("arn", "arn:aws:sts::111122223333:assumed-role/vended-vendor/else"),
            Map.of("principalId", "AROAVENDEDVENDOREXAMP:else"),
            Map.of(
                "sessionContext",
                Map.of(
                    "sessionIssuer",
                    Map.of("arn", "arn:aws:iam::111122223333:role/vended-vendor"))))) {
      assertThat(findings(Trail.with(event(), "userIdentity", identity)))
          .containsExactly("event_without_record");
    }
  }

  @Test
  void anAssumeRoleWithoutARecordIsFound() throws Exception {
    Answer answer = reconcile(event());

    assertThat(kinds(answer)).containsExactly("event_without_record");
    assertThat(answer.text("findings/0/vendId")).isEqualTo(vendId);
    assertThat(answer.text("findings/0/accessKeyId")).isEqualTo(KEY);
    assertThat(answer.text("findings/0/roleArn")).isEqualTo(ROLE);
    assertThat(answer.text("findings/0/sessionName")).isEqualTo(session);
    assertThat(answer.text("findings/0/eventTime")).isEqualTo(at.minusMillis(123).toString());
    assertThat(answer.text("findings/0/detail"))
        .contains("STS issued credentials", "past the service");
    assertThat(answer.at("matched")).isEqualTo(0L);
    assertThat(answer.body().toString()).doesNotContain(Trail.EXTERNAL_ID, "EXAMPLETOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "Builder@", "Builder@01ARZ3NDEKTSV4RRFFQ69G5FA", "@"})
  void aSessionNameThatIsNotTheServicesIsFound(String name) throws Exception {
    assertThat(findings(Trail.issued(at, ROLE, name, STOLEN)))
        .containsExactly("event_without_record");
    assertThat(findings(Trail.refused(at, ROLE, name))).containsExactly("event_without_record");
  }

  @Test
  void aCallUnderTheIdOfARequestThatNeverReachedStsIsFound() throws Exception {
    row("outcome", at, Map.of("outcome", "denied", "reason", "no_grant"));
    assertThat(findings(event())).containsExactly("event_without_record");
    assertThat(findings(refused())).containsExactly("event_without_record");

    anHourOfItsOwn();
    row("outcome", at, Map.of("outcome", "failed", "reason", "allow_list_unavailable"));
    assertThat(findings(event())).containsExactly("event_without_record");

    anHourOfItsOwn();
    row("admin", at, Map.of("action", "grants/put"));
    row("admin-outcome", at, Map.of("outcome", "made"));
    assertThat(findings(event())).containsExactly("event_without_record");
  }

  @Test
  void aRecordWithoutAnEventIsFound() throws Exception {
    granted();

    Answer answer = reconcile();

    assertThat(kinds(answer)).containsExactly("record_without_event");
    assertThat(answer.text("findings/0/vendId")).isEqualTo(vendId);
    assertThat(answer.text("findings/0/accessKeyId")).isEqualTo(KEY);
    assertThat(findings(refused())).containsExactly("duplicate_event", "record_without_event");
  }

  @Test
  void aProbeThatWasLetInWithoutAnEventIsFound() throws Exception {
    probed("refused");

    assertThat(findings(refused(), refused())).containsExactly("record_without_event");
  }

  @Test
  void aChangedSessionNameOrRoleIsFound() throws Exception {
    granted();

    assertThat(findings(event(), Trail.issued(at, ROLE, "Bvilder@" + vendId, STOLEN)))
        .containsExactly("session_name_changed");
    assertThat(findings(event(), Trail.issued(at, OTHER_ROLE, session, STOLEN)))
        .containsExactly("session_name_changed");
    assertThat(findings(Trail.issued(at, OTHER_ROLE, session, KEY)))
        .containsExactly("session_name_changed", "record_without_event");
  }

  @Test
  void aChangedAccessKeyIsFound() throws Exception {
    granted();

    Answer answer = reconcile(issued(STOLEN));

    assertThat(kinds(answer)).containsExactly("access_key_changed");
    assertThat(answer.text("findings/0/accessKeyId")).isEqualTo(STOLEN);
  }

  @Test
  void credentialsIssuedForAVendThatFailedAreFound() throws Exception {
    failed("sts_access_denied");

    assertThat(findings(refused())).isEmpty();
    assertThat(findings(refused(), event())).containsExactly("access_key_changed");
  }

  @Test
  void aSecondCallUnderOneVendIsFound() throws Exception {
    granted();

    Answer answer = reconcile(issued(STOLEN), event());

    assertThat(kinds(answer)).containsExactly("duplicate_event");
    assertThat(answer.text("findings/0/accessKeyId")).isEqualTo(STOLEN);
    assertThat(answer.at("matched")).isEqualTo(1L);
    assertThat(findings(event(), refused())).containsExactly("duplicate_event");
  }

  @Test
  void aVendThatFailedExplainsOneRefusalAndNoMore() throws Exception {
    failed("sts_access_denied");

    assertThat(findings(refused(), refused())).containsExactly("duplicate_event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ThrottlingException", "ServiceUnavailable", "InternalFailure"})
  void callsThatTheSdkTriesAgainAreNoFindings(String code) throws Exception {
    granted();

    assertThat(
            findings(
                Trail.with(refused(), "errorCode", code),
                Trail.with(refused(), "errorCode", code),
                event()))
        .isEmpty();
  }

  @Test
  void aProbesCallsAreExplained_HoweverMany() throws Exception {
    probed("works");
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      events.add(refused());
      events.add(Trail.nameless(at, ROLE));
    }
    events.add(issuedToProbe("ASIAEXAMPLEOFAPROBE1"));
    events.add(issuedToProbe("ASIAEXAMPLEOFAPROBE2"));

    assertThat(findings(events.toArray())).isEmpty();
  }

  @Test
  void whoHidesBehindAProbeIsFound() throws Exception {
    probed("refused");
    Map<String, Object> own = issuedToProbe("ASIAEXAMPLEOFAPROBE1");

    // With permissions, although the probe's policy denies everything.
    assertThat(findings(own, issued(STOLEN))).containsExactly("duplicate_event");
    assertThat(findings(own, Trail.asking(issued(STOLEN), "policy", "{}")))
        .containsExactly("duplicate_event");
    assertThat(findings(own, issuedForAnHour(STOLEN))).containsExactly("duplicate_event");
    // One more than it found.
    assertThat(findings(own, issuedToProbe("ASIAEXAMPLEOFAPROBE2"), issuedToProbe(STOLEN)))
        .containsExactly("duplicate_event");
    // At another time.
    assertThat(findings(own, Trail.with(own, "eventTime", at.plusSeconds(600).toString())))
        .isEmpty();
    assertThat(
            findings(
                own,
                Trail.with(issuedToProbe(STOLEN), "eventTime", at.plusSeconds(600).toString())))
        .containsExactly("event_far_from_record");
  }

  @Test
  void aReplayedSessionNameIsFound() throws Exception {
    granted();
    String later = at.plus(Duration.ofMinutes(3)).toString();

    assertThat(findings(event(), Trail.with(issued(STOLEN), "eventTime", later)))
        .containsExactly("event_far_from_record");
  }

  @Test
  void aReplayInAnotherPeriodIsFoundThere() throws Exception {
    granted();
    Instant next = hour.plus(Duration.ofHours(1));

    Answer answer =
        post(
            body(
                next,
                next.plus(Duration.ofHours(1)),
                List.of(Trail.with(issued(KEY), "eventTime", next.plusSeconds(9).toString()))));

    assertThat(kinds(answer)).containsExactly("event_far_from_record");
  }

  @Test
  void aVendThatWasCutOffIsFound_WithWhatStsDid() throws Exception {
    intent();

    Answer issued = reconcile(event());
    assertThat(kinds(issued)).containsExactly("intent_without_outcome");
    assertThat(issued.text("findings/0/detail")).contains("STS had issued credentials");
    assertThat(issued.text("findings/0/accessKeyId")).isEqualTo(KEY);

    Answer refused = reconcile(refused());
    assertThat(kinds(refused)).containsExactly("intent_without_outcome");
    assertThat(refused.text("findings/0/detail")).contains("STS had issued nothing");

    Answer nothing = reconcile();
    assertThat(kinds(nothing)).containsExactly("intent_without_outcome");
    assertThat(nothing.text("findings/0/detail")).contains("CloudTrail has no event");

    assertThat(findings(event(), issued(STOLEN)))
        .containsExactly("duplicate_event", "intent_without_outcome");
  }

  @Test
  void aVendThatBeganJustNowIsNotYetCutOff() throws Exception {
    hour = NOW.minus(Duration.ofHours(1));
    at = NOW.minus(Duration.ofMinutes(4));
    intent();

    Answer answer = reconcile();

    assertThat(kinds(answer)).isEmpty();
    assertThat(answer.at("complete")).isEqualTo(false);
  }

  @Test
  void aRefusalWithoutParametersNeedsSomebodyWhoMetOne() throws Exception {
    Map<String, Object> event = Trail.nameless(at.plusSeconds(1), ROLE);
    assertThat(findings(event)).containsExactly("event_without_record");

    failed("sts_access_denied");
    assertThat(findings(event)).isEmpty();
    assertThat(findings(Trail.nameless(at, OTHER_ROLE))).containsExactly("event_without_record");

    anHourOfItsOwn();
    granted();
    assertThat(findings(event(), Trail.nameless(at, ROLE))).containsExactly("event_without_record");
  }

  @Test
  void anEventThatCannotBeReadIsFound() throws Exception {
    granted();
    Map<String, Object> event = event();
    List<Object> events =
        List.of(
            "text",
            7,
            List.of(),
            Map.of(),
            Trail.with(event, "eventTime", "yesterday"),
            Trail.with(event, "eventTime", null),
            Trail.with(event, "userIdentity", null),
            Trail.with(event, "requestParameters", "null"),
            Trail.with(event, "responseElements", null),
            Trail.with(Trail.lookedUp(event), "CloudTrailEvent", "{"),
            Trail.with(Trail.lookedUp(event), "CloudTrailEvent", "{\"eventName\":1}"));

    for (Object unreadable : events) {
      Answer answer = reconcile(event, unreadable);
      assertThat(kinds(answer)).as("%s", unreadable).containsExactly("event_unreadable");
      assertThat(answer.at("matched")).isEqualTo(1L);
    }
  }

  @Test
  void aCallIsJudgedWithItsVend_AndAnyOtherByItsOwnTime() throws Exception {
    at = hour.plusMillis(5);
    granted();
    // CloudTrail's whole seconds can lie before the intent, and before the period.
    Map<String, Object> before = Trail.with(event(), "eventTime", hour.minusSeconds(1).toString());
    Map<String, Object> strange =
        Trail.with(issued(STOLEN), "eventTime", hour.plus(Duration.ofHours(1)).toString());

    Answer answer = reconcile(before, strange);

    assertThat(kinds(answer)).isEmpty();
    assertThat(answer.at("events")).isEqualTo(1L);
    assertThat(answer.at("records")).isEqualTo(2L);
  }

  @Test
  void aVendAcrossTheEdgeIsJudgedWholeWhereItBegan() throws Exception {
    Instant next = hour.plus(Duration.ofHours(1));
    at = next.minusMillis(400);
    granted();
    Map<String, Object> event = Trail.with(event(), "eventTime", next.toString());
    Map<String, Object> stolen = Trail.with(issued(STOLEN), "eventTime", next.toString());

    assertThat(findings()).containsExactly("record_without_event");
    assertThat(reconcile(event).at("matched")).isEqualTo(1L);
    assertThat(findings(event, stolen)).containsExactly("duplicate_event");
    for (List<?> events : List.of(List.of(), List.of(event), List.of(event, stolen))) {
      Answer after = post(body(next, next.plusSeconds(60), events));
      assertThat(kinds(after)).isEmpty();
      assertThat(after.at("events")).isEqualTo(0L);
      assertThat(after.at("records")).isEqualTo(0L);
    }
  }

  @Test
  void aPeriodCanBeAMillisecond() throws Exception {
    granted();
    Answer before = post(body(at.minusMillis(1), at, List.of(event())));
    Answer own = post(body(at, at.plusMillis(1), List.of(event())));
    Answer missed = post(body(at, at.plusMillis(1), List.of()));

    assertThat(before.at("events")).isEqualTo(0L);
    assertThat(before.at("records")).isEqualTo(0L);
    assertThat(own.at("matched")).isEqualTo(1L);
    assertThat(own.at("records")).isEqualTo(2L);
    assertThat(kinds(missed)).containsExactly("record_without_event");
  }

  @Test
  void aRowFarFromTheBeginningOfItsVendIsJudgedAtItsOwnTime() throws Exception {
    granted();
    // A forged row of long ago does not take the vend away from its hour.
    Instant dayBefore = hour.minus(Duration.ofDays(1));
    row("probe", dayBefore, Map.of("withExternalId", "works"));

    assertThat(reconcile(event()).at("records")).isEqualTo(2L);
    assertThat(kinds(post(body(dayBefore, dayBefore.plusSeconds(60), List.of()))))
        .containsExactly("record_without_event");
  }

  @ParameterizedTest
  @CsvSource({"5, false", "100, false", "150, true"})
  void aRefusalWithoutParametersIsExplainedByVendsAroundThePeriod(
      int secondsBefore, boolean isFound) throws Exception {
    at = hour.minusSeconds(secondsBefore);
    failed("sts_access_denied");

    assertThat(findings(Trail.nameless(hour, ROLE)))
        .isEqualTo(isFound ? List.of("event_without_record") : List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/since,/until,/events",
        "{'since':'x','until':1,'events':{}}|/since,/until,/events",
        "{'since':'2026-03-02T00:00:00Z','until':'2026-03-01T00:00:00Z','events':[]}|/since",
        "{'since':'2026-03-01T00:00:00Z','until':'2026-03-02T00:00:01Z','events':[]}|/until",
        "{'since':'2026-03-19T12:00:00Z','until':'2026-03-20T00:00:01Z','events':[]}|/until",
        "{'since':'2026-03-01T00:00:00Z','until':'2026-03-01T01:00:00Z','events':[],'x':1}|/x",
        "{'since':'2026-03-01T00:00:00Z','until':'2026-03-01T01:00:00Z','events':[{'a':1,'a':2}]}"
            + "|/events/0/a"
      })
  void aBodyThatIsNotValidIsRefused(String body, String places) throws Exception {
    Answer answer = auditor.reconcile(body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.places()).containsExactly((Object[]) places.split(",", -1));
  }

  @Test
  void moreThanTheLimitsIsRefused() throws Exception {
    Instant until = hour.plusSeconds(60);
    Answer many = post(body(hour, until, Collections.nCopies(5001, "x")));
    assertThat(many.places()).containsExactly("/events");

    Answer large = post(body(hour, until, List.of("x".repeat(2 * 1024 * 1024))));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.text("detail")).contains("2048 KiB");
  }

  @Test
  void aThousandStrangersAreLookedUpAndFound() throws Exception {
    List<Object> events = new ArrayList<>();
    var ids = VendId.source(Clock.fixed(at, ZoneOffset.UTC), RANDOM);
    for (int i = 0; i < 1000; i++) {
      Map<String, Object> event = Trail.issued(at, ROLE, "Builder@" + ids.get(), STOLEN + i);
      events.add(
          Trail.with(
              Trail.with(event, "tlsDetails", null),
              "responseElements",
              Map.of("credentials", Map.of("accessKeyId", STOLEN + i))));
    }

    // More than one request accepts.
    assertThat(findings(events.subList(0, 600).toArray())).hasSize(600);
    assertThat(findings(events.subList(600, 1000).toArray()))
        .hasSize(400)
        .containsOnly("event_without_record");
  }

  @Test
  void operatorsAreToldOfWhatWasFound_ByItsKind() throws Exception {
    granted();
    METRICS.reset();
    reconcile(event());
    assertThat(METRICS.toString(StandardCharsets.UTF_8)).isEmpty();

    reconcile(Trail.issued(at, ROLE, "x", STOLEN), Trail.issued(at, ROLE, "y", STOLEN));

    Set<Sample> samples = new HashSet<>();
    METRICS
        .toString(StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> samples.addAll(Emf.read(line)));
    assertThat(samples)
        .contains(
            new Sample("Vended", "Finding", Map.of("Stack", "vended"), 2L),
            new Sample(
                "Vended", "Finding", Map.of("Stack", "vended", "Kind", "event_without_record"), 2L),
            new Sample(
                "Vended",
                "Finding",
                Map.of("Stack", "vended", "Kind", "record_without_event"),
                1L));
  }

  @Test
  void whereTheAuditCannotBeReadNothingIsSaid() throws Exception {
    stack
        .tablesProxy()
        .fault("Query", "", 1, 9, FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));

    Answer answer = post(body(hour, hour.plusSeconds(60), List.of(event())));

    assertThat(answer.status()).isEqualTo(503);
    @Nullable Object findings = answer.body().get("findings");
    assertThat(findings).isNull();
  }
}
