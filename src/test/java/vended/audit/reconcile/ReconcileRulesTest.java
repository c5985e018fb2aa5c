package vended.audit.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.audit.reconcile.Hour.DENY_ALL;
import static vended.audit.reconcile.Hour.KEY;
import static vended.audit.reconcile.Hour.OTHER_ROLE;
import static vended.audit.reconcile.Hour.PERIOD;
import static vended.audit.reconcile.Hour.ROLE;
import static vended.audit.reconcile.Hour.SESSION;
import static vended.audit.reconcile.Hour.STOLEN;
import static vended.audit.reconcile.Hour.VEND;
import static vended.audit.reconcile.Hour.kinds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Trail;
import vended.audit.AuditException;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;

/** Which calls a vend's rows explain, and which rows a call. */
class ReconcileRulesTest {
  private final Hour hour = new Hour();

  private void found(String kinds, Object... events) throws AuditException {
    assertThat(String.join(" ", hour.findings(events))).isEqualTo(kinds);
  }

  private Finding only(Object... events) throws AuditException {
    List<Finding> findings = hour.reconcile(events).findings();
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  @Test
  void anEventAndItsRecordExplainEachOther() throws Exception {
    Reconciliation.Judged judged = hour.granted().reconcile(hour.issued(KEY));

    assertThat(judged)
        .isEqualTo(new Reconciliation.Judged(1, 0, 2, 1, List.of(), true, Hour.VENDOR));
  }

  @Test
  void anAssumeRoleWithoutARecordIsFound_WithAllThatIsKnownOfIt() throws Exception {
    Map<String, Object> event = hour.issued(KEY);
    Finding finding = only(event);

    assertThat(finding)
        .isEqualTo(
            new Finding(
                Finding.FindingKind.EVENT_WITHOUT_RECORD,
                "STS issued credentials, and the audit has no record of this session. Treat it as"
                    + " a use of the vendor role past the service.",
                VEND,
                String.valueOf(event.get("eventID")),
                hour.at.minusMillis(123),
                ROLE,
                SESSION,
                KEY));
    assertThat(only(hour.refused()).detail()).startsWith("STS was called, and the audit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "Builder@", "Builder@01ARZ3NDEKTSV4RRFFQ69G5FA", "@"})
  void aSessionNameThatIsNotTheServicesIsFound(String name) throws Exception {
    found("event_without_record", Trail.issued(hour.at, ROLE, name, STOLEN));
    assertThat(only(Trail.refused(hour.at, ROLE, name)).vendId()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "outcome, denied",
    "outcome, failed",
    "admin, made",
  })
  void aCallUnderTheIdOfARequestThatNeverReachedStsIsFound(String kind, String outcome)
      throws Exception {
    hour.row(VEND, kind, hour.at, Map.of("outcome", outcome, "sessionName", SESSION));

    found("event_without_record", hour.issued(KEY));
    found("event_without_record", hour.refused());
    found("event_without_record", Trail.nameless(hour.at, ROLE));
  }

  @Test
  void theDetailSaysThatTheServiceDidNotCallSts() throws Exception {
    hour.row(VEND, AuditRow.OUTCOME, hour.at, Map.of("outcome", "denied", "sessionName", SESSION));

    assertThat(only(hour.issued(KEY)).detail()).contains("did not call STS");
  }

  @Test
  void aRecordWithoutAnEventIsFound() throws Exception {
    hour.granted();
    Finding finding = only();

    assertThat(finding)
        .isEqualTo(
            new Finding(
                Finding.FindingKind.RECORD_WITHOUT_EVENT,
                "Credentials were handed out, but CloudTrail has no event of their issue. Check"
                    + " that the events are complete: the time, the region and the account. If"
                    + " they are, the record may be forged.",
                VEND,
                null,
                null,
                ROLE,
                SESSION,
                KEY));
    found("duplicate_event record_without_event", hour.refused());
  }

  @ParameterizedTest
  @CsvSource({"works, refused, refused", "refused, works, refused", "unclear, refused, works"})
  void aProbeThatWasLetInWithoutAnEventIsFound(String with, String without, String wrong)
      throws Exception {
    hour.probed(with, without, wrong);

    assertThat(only(hour.refused(), hour.refused()).detail()).startsWith("A probe was admitted");
    assertThat(hour.findings(hour.issuedToProbe(KEY))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused", "unclear"})
  void aProbeThatWasNeverLetInNeedsNoEvent(String answer) throws Exception {
    hour.probed(answer, answer, "refused");

    found("");
    found("", hour.refused());
  }

  @Test
  void aChangedSessionNameOrRoleIsFound() throws Exception {
    hour.granted();
    Map<String, Object> own = hour.issued(KEY);

    found("session_name_changed", own, Trail.issued(hour.at, ROLE, "Bvilder@" + VEND, STOLEN));
    found("session_name_changed", own, Trail.issued(hour.at, OTHER_ROLE, SESSION, STOLEN));
    found(
        "session_name_changed record_without_event",
        Trail.issued(hour.at, OTHER_ROLE, SESSION, KEY));
  }

  @Test
  void anotherAccessKeyThanRecordedIsFound() throws Exception {
    hour.granted();
    Finding finding = only(hour.issued(STOLEN));

    assertThat(finding.kind().code()).isEqualTo("access_key_changed");
    assertThat(finding.detail()).startsWith("STS issued a different access key");
    assertThat(finding.accessKeyId()).isEqualTo(STOLEN);
    assertThat(hour.reconcile(hour.issued(STOLEN)).matched()).isZero();
  }

  @Test
  void credentialsIssuedForAVendThatFailedAreFound() throws Exception {
    hour.failed();

    found("", hour.refused());
    assertThat(only(hour.refused(), hour.issued(KEY)).detail()).contains("says that none arrived");
  }

  @Test
  void aSecondCallUnderOneVendIsFound() throws Exception {
    hour.granted();
    Reconciliation.Judged judged = hour.reconcile(hour.issued(STOLEN), hour.issued(KEY));

    assertThat(kinds(judged)).containsExactly("duplicate_event");
    assertThat(judged.findings().getFirst().accessKeyId()).isEqualTo(STOLEN);
    assertThat(judged.matched()).isEqualTo(1);
    found("duplicate_event", hour.issued(KEY), hour.refused());
  }

  @Test
  void aVendThatFailedExplainsOneRefusalAndNoMore() throws Exception {
    hour.failed();

    found("duplicate_event", hour.refused(), hour.refused());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Throttling", "ThrottlingException", "InternalError", "RequestTimeout"})
  void callsThatTheSdkTriesAgainAreNoFindings(String code) throws Exception {
    hour.granted();
    Map<String, Object> tried = Trail.with(hour.refused(), "errorCode", code);

    found("", tried, Trail.with(hour.refused(), "errorCode", code), hour.issued(KEY));
    found("duplicate_event", Trail.with(tried, "errorCode", "x"), hour.issued(KEY));
  }

  @Test
  void aProbesRefusalsAreExplained_HoweverMany() throws Exception {
    hour.probed("works", "works", "refused");
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      events.add(hour.refused());
      events.add(Trail.nameless(hour.at, ROLE));
    }
    events.add(hour.issuedToProbe("ASIAEXAMPLEOFAPROBE1"));

    found("", events.toArray());
  }

  /** What STS answered to the client's, no, a wrong and the other ExternalId; and the most keys. */
  @ParameterizedTest
  @CsvSource({
    "works, refused, refused, , 2",
    "unclear, refused, refused, , 2",
    "works, works, refused, , 3",
    "works, works, works, , 4",
    "refused, refused, works, , 1",
    "works, refused, refused, refused, 2",
    "works, refused, refused, works, 4",
    "refused, refused, refused, works, 2",
    "refused, refused, refused, unclear, 2",
  })
  void aProbeExplainsAsManyKeysAsItsCallsCanHaveGot(
      String with, String without, String wrong, @Nullable String other, int most)
      throws Exception {
    Map<String, String> answers = new HashMap<>();
    answers.put("withExternalId", with);
    answers.put("withoutExternalId", without);
    answers.put("withWrongExternalId", wrong);
    if (other != null) {
      answers.put("withOtherExternalId", other);
    }
    hour.probed(answers);
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      events.add(hour.issuedToProbe("ASIAEXAMPLEOFAPROBE" + i));
    }
    found("", events.toArray());

    events.add(hour.issuedToProbe(STOLEN));
    found("duplicate_event", events.toArray());
  }

  @Test
  void whoHidesBehindAProbeIsFound() throws Exception {
    hour.probed("works", "refused", "refused");
    Map<String, Object> own = hour.issuedToProbe("ASIAEXAMPLEOFAPROBE1");

    found("duplicate_event", own, hour.issued(STOLEN));
    found("duplicate_event", own, Trail.asking(hour.issued(STOLEN), "policy", "{}"));
    found(
        "duplicate_event", own, Trail.asking(hour.issuedToProbe(STOLEN), "durationSeconds", 3600));
    found("", own, Trail.asking(hour.issuedToProbe(STOLEN), "durationSeconds", "not shown"));
  }

  @Test
  void aProbeIsExplainedWhereCloudTrailShowsNoPolicy() throws Exception {
    hour.probed("works", "refused", "refused");

    found("", Trail.asking(hour.issued(KEY), "durationSeconds", 900));
  }

  @Test
  void aProbeWithoutItsIntentIsExplained_WithWhateverPolicy() throws Exception {
    hour.row(
        VEND,
        AuditRow.PROBE,
        hour.at,
        Map.of("sessionName", SESSION, "withExternalId", "works", "withoutExternalId", "refused"));

    found("", Trail.asking(hour.issued(KEY), "policy", "{}"));
  }

  @ParameterizedTest
  @CsvSource({"-121, true", "-120, false", "119, false", "121, true", "600, true"})
  void aCallMinutesFromItsRecordsIsFound(int seconds, boolean far) throws Exception {
    hour.at = Hour.START.plusSeconds(1200);
    hour.granted();
    Map<String, Object> event = Hour.at(hour.at.plusSeconds(seconds), hour.issued(KEY));

    // The outcome is 900 ms after the intent.
    found(far || seconds == -120 ? "event_far_from_record record_without_event" : "", event);
    if (far) {
      assertThat(hour.reconcile(event).findings().getFirst().detail())
          .startsWith("STS issued credentials minutes before or after");
    }
  }

  @Test
  void aReplayedSessionNameIsFound_AlsoInAnotherPeriod() throws Exception {
    hour.granted();
    Map<String, Object> replayed = Hour.at(PERIOD.until().plusSeconds(9), hour.issued(KEY));
    var next = new Period(PERIOD.until(), PERIOD.until().plusSeconds(60));

    assertThat(kinds(hour.reconcile(next, replayed))).containsExactly("event_far_from_record");
    found(
        "event_far_from_record",
        hour.issued(KEY),
        Hour.at(hour.at.plusSeconds(180), hour.issued(STOLEN)));
  }

  @Test
  void aVendThatWasCutOffIsFound_WithWhatStsDid() throws Exception {
    hour.intent();

    Finding issued = only(hour.issued(KEY));
    assertThat(issued.kind().code()).isEqualTo("intent_without_outcome");
    assertThat(issued.detail()).contains("after STS had issued credentials", "function's log");
    assertThat(issued.accessKeyId()).isEqualTo(KEY);
    Finding refused = only(hour.refused());
    assertThat(refused.detail()).contains("STS had issued nothing");
    assertThat(refused.accessKeyId()).isNull();
    assertThat(only().detail()).contains("CloudTrail has no event");
    found("duplicate_event intent_without_outcome", hour.issued(KEY), hour.issued(STOLEN));
  }

  @ParameterizedTest
  @CsvSource({"299, false", "300, false", "301, true"})
  void aVendIsCutOffAfterFiveMinutes(int seconds, boolean cutOff) throws Exception {
    hour.intent();
    hour.now = hour.at.plusSeconds(seconds);

    found(cutOff ? "intent_without_outcome" : "");
  }

  @Test
  void aRefusalWithoutParametersNeedsSomebodyWhoMetOne() throws Exception {
    Map<String, Object> event = Trail.nameless(hour.at.plusSeconds(1), ROLE);
    assertThat(only(event).detail()).startsWith("STS refused a call, but no vend");
    hour.failed();

    found("", event);
    found("", Trail.with(event, "errorMessage", "You may not."));
    found("event_without_record", Trail.nameless(hour.at, OTHER_ROLE));
    found("event_without_record", Hour.at(hour.at.plusSeconds(130), event));
  }

  @Test
  void aGrantedVendExplainsNoRefusal() throws Exception {
    hour.granted();

    found("event_without_record", hour.issued(KEY), Trail.nameless(hour.at, ROLE));
  }

  @Test
  void aVendThatIsStillOpenExplainsARefusalWithoutParameters() throws Exception {
    hour.intent();
    hour.now = hour.at.plusSeconds(60);

    found("", Trail.nameless(hour.at, ROLE));
  }

  @Test
  void aCallInTheTrailsOfBothAccountsIsOneCall() throws Exception {
    hour.granted();
    Map<String, Object> event = hour.issued(KEY);
    Map<String, Object> other = Trail.atTheClient(event, "444455556666");
    Reconciliation.Judged judged = hour.reconcile(event, other, Trail.lookedUp(event));

    assertThat(kinds(judged)).isEmpty();
    assertThat(judged.events()).isEqualTo(3);
    assertThat(judged.matched()).isEqualTo(3);
    found("", Trail.with(event, "sharedEventID", null), other);
  }

  @Test
  void aRefusalInTheTrailsOfBothAccountsIsOne_ByTheIdThatTheyShare() throws Exception {
    hour.failed();
    Map<String, Object> event = hour.refused();
    Map<String, Object> other = Trail.atTheClient(event, "444455556666");

    found("", event, other);
    found("duplicate_event", Trail.with(event, "sharedEventID", null), other);
    found("", Trail.with(event, "sharedEventID", null), Trail.with(event, "sharedEventID", null));
  }

  @Test
  void whatIsSaidToBeOfOneCallAndIsNotIsTwoCalls() throws Exception {
    hour.granted();
    Map<String, Object> event = hour.issued(KEY);
    Object shared = event.get("sharedEventID");

    found("duplicate_event", event, Trail.with(hour.issued(STOLEN), "sharedEventID", shared));
    found("duplicate_event", event, Trail.with(hour.refused(), "sharedEventID", shared));
  }

  /** Which of two keys a vend without a record of its key explains must not depend on the order. */
  @Test
  void ofTwoCallsTheLaterOneIsTheDuplicate() throws Exception {
    hour.intent();
    Map<String, Object> first = hour.issued(KEY);
    Map<String, Object> second = Hour.at(hour.at.plusSeconds(5), hour.issued(STOLEN));
    for (List<?> events : List.of(List.of(first, second), List.of(second, first))) {
      Reconciliation.Judged judged = hour.reconcile(events.toArray());
      assertThat(judged.findings().getFirst().kind().code()).isEqualTo("duplicate_event");
      assertThat(judged.findings().getFirst().accessKeyId()).isEqualTo(STOLEN);
    }
  }

  @Test
  void ofTwoCallsOfOneSecondTheOneWithTheGreaterIdIsTheDuplicate() throws Exception {
    hour.intent();
    Map<String, Object> first = Trail.with(hour.issued(KEY), "eventID", "a");
    Map<String, Object> second = Trail.with(hour.issued(STOLEN), "eventID", "b");
    Map<String, Object> nameless = Trail.with(hour.issued(STOLEN), "eventID", null);
    for (Map<String, Object> other : List.of(second, nameless)) {
      assertThat(hour.reconcile(other, first).findings().getFirst().accessKeyId())
          .isEqualTo(STOLEN);
    }
  }

  @Test
  void aCallIsJudgedWithItsVend_AndAnyOtherByItsOwnTime() throws Exception {
    hour.at = Hour.START.plusMillis(5);
    hour.granted();
    Map<String, Object> before = Hour.at(Hour.START.minusSeconds(1), hour.issued(KEY));
    Map<String, Object> strange = Hour.at(PERIOD.until(), hour.issued(STOLEN));
    Reconciliation.Judged judged = hour.reconcile(before, strange);

    assertThat(kinds(judged)).isEmpty();
    assertThat(judged.events()).isEqualTo(1);
    assertThat(judged.records()).isEqualTo(2);
    found(
        "event_far_from_record",
        before,
        Hour.at(PERIOD.until().minusMillis(1), hour.issued(STOLEN)));
  }

  @Test
  void aVendAcrossTheEdgeIsJudgedWholeWhereItBegan() throws Exception {
    hour.at = PERIOD.until().minusMillis(400);
    hour.granted();
    Map<String, Object> event = Hour.at(PERIOD.until(), hour.issued(KEY));
    Map<String, Object> stolen = Hour.at(PERIOD.until(), hour.issued(STOLEN));
    found("record_without_event");
    assertThat(hour.reconcile(event).matched()).isEqualTo(1);
    found("duplicate_event", event, stolen);

    var next = new Period(PERIOD.until(), PERIOD.until().plusSeconds(60));
    for (List<?> events : List.of(List.of(), List.of(event), List.of(event, stolen))) {
      Reconciliation.Judged after = hour.reconcile(next, events.toArray());
      assertThat(kinds(after)).isEmpty();
      assertThat(after.events()).isZero();
      assertThat(after.records()).isZero();
    }
  }

  @Test
  void aVendThatBeganWithThePeriodIsInIt_AndOneThatBeganWithItsEndIsNot() throws Exception {
    hour.at = PERIOD.since();
    assertThat(hour.intent().reconcile().records()).isEqualTo(1);
    Hour other = new Hour();
    other.at = PERIOD.until();
    assertThat(other.intent().reconcile().records()).isZero();
  }

  @Test
  void aRowFarFromTheBeginningOfItsVendIsJudgedAtItsOwnTime() throws Exception {
    hour.granted();
    var dayBefore = Hour.START.minus(Duration.ofDays(1));
    hour.row(VEND, AuditRow.PROBE, dayBefore, Map.of("withExternalId", "works"));

    // A forged row of long ago does not take the vend away from its hour.
    assertThat(hour.reconcile(hour.issued(KEY)).records()).isEqualTo(2);
    assertThat(kinds(hour.reconcile(new Period(dayBefore, dayBefore.plusSeconds(60)))))
        .containsExactly("record_without_event");
  }

  @Test
  void recordsAreJudgedInOrderOfTime() throws Exception {
    String later = "01KJKMQXKBTSV4RRFFQ69G5FAW";
    String sameTime = "01KJKMQXKBTSV4RRFFQ69G5FAX";
    hour.row(later, AuditRow.INTENT, hour.at.plusSeconds(1), Map.of());
    hour.row(sameTime, AuditRow.INTENT, hour.at, Map.of());
    hour.row(sameTime, AuditRow.OUTCOME, hour.at, Map.of("outcome", "granted"));
    hour.intent();

    assertThat(hour.reconcile().findings())
        .extracting(Finding::vendId)
        .containsExactly(VEND, sameTime, later);
  }

  @Test
  void onlyRowsThatCanMeanCredentialsCountAsRecords() throws Exception {
    hour.failed();
    hour.row("01KJKMQXKBTSV4RRFFQ69G5FAW", AuditRow.ADMIN, hour.at, Map.of());

    assertThat(hour.reconcile(hour.refused()).records()).isEqualTo(1);
  }

  @Test
  void otherCallsAreCountedAsIgnored() throws Exception {
    Map<String, Object> other = Trail.with(hour.issued(KEY), "eventName", "GetCallerIdentity");

    assertThat(hour.reconcile(other, other))
        .isEqualTo(new Reconciliation.Judged(0, 2, 0, 0, List.of(), true, Hour.VENDOR));
  }

  @Test
  void theDigestOfAPolicyMustAgree() throws Exception {
    hour.probed("works", "refused", "refused");
    Map<String, Object> own = Trail.asking(hour.issued(KEY), "policy", DENY_ALL);

    found("duplicate_event", Trail.asking(own, "durationSeconds", 3600));
    found("duplicate_event", Trail.asking(own, "policy", "{}"));
  }
}
