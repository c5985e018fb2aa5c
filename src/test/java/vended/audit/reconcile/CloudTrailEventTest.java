package vended.audit.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.audit.reconcile.Hour.KEY;
import static vended.audit.reconcile.Hour.ROLE;
import static vended.audit.reconcile.Hour.SESSION;
import static vended.audit.reconcile.Hour.VENDOR;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Trail;
import vended.audit.reconcile.CloudTrailEvent.Ignored;
import vended.audit.reconcile.CloudTrailEvent.UnreadableEvent;
import vended.audit.reconcile.CloudTrailEvent.VendorCall;
import vended.identity.RoleArn;
import vended.text.Sha256;

/** How an event is read, in each of its forms. */
class CloudTrailEventTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:20:00Z");

  private final Map<String, Object> event =
      Trail.with(Trail.issued(TIME, ROLE, SESSION, KEY), "eventID", "the-id");

  private static CloudTrailEvent read(@Nullable Object element) {
    return CloudTrailEvent.read(element, VENDOR);
  }

  private static AssumeRoleCall call(Object element) {
    return ((VendorCall) read(element)).call();
  }

  private static String why(@Nullable Object element) {
    return ((UnreadableEvent) read(element)).why();
  }

  @Test
  void aCallIsReadWithAllThatIsCompared() {
    Map<String, Object> shown =
        Trail.asking(Trail.asking(event, "policy", "{}"), "durationSeconds", 900L);

    assertThat(call(shown))
        .isEqualTo(
            new AssumeRoleCall(
                "the-id",
                String.valueOf(event.get("sharedEventID")),
                TIME,
                ROLE,
                SESSION,
                KEY,
                null,
                900L,
                Sha256.sha256("{}")));
    assertThat(call(Trail.asking(event, "durationSeconds", "900")).durationSeconds()).isNull();
  }

  @Test
  void eachFormOfAnEventIsReadAlike() {
    AssumeRoleCall call = call(Trail.asking(event, "durationSeconds", 900L));
    Map<String, Object> asked = Trail.asking(event, "durationSeconds", 900L);

    assertThat(call(Trail.lookedUp(asked))).isEqualTo(call);
    assertThat(call(Trail.ofLake(asked))).isEqualTo(call);
  }

  @Test
  void aRefusalHasNoKey_WhateverElseItHas() {
    AssumeRoleCall refused = call(Trail.with(event, "errorCode", "AccessDenied"));

    assertThat(refused.accessKeyId()).isNull();
    assertThat(refused.errorCode()).isEqualTo("AccessDenied");
    assertThat(refused.isIssued()).isFalse();
  }

  @Test
  void aRefusalWithoutParametersNamesItsRoleInItsMessage() {
    Map<String, Object> nameless = Trail.nameless(TIME, ROLE);

    assertThat(call(nameless).roleArn()).isEqualTo(ROLE);
    assertThat(call(nameless).sessionName()).isNull();
    assertThat(call(nameless).vendId()).isNull();
    assertThat(call(Trail.with(nameless, "errorMessage", "No.")).roleArn()).isNull();
    assertThat(call(Trail.with(nameless, "errorMessage", null)).roleArn()).isNull();
    String other = ROLE.replace("deploy", "other");
    assertThat(call(Trail.with(Trail.refused(TIME, other, "x"), "errorMessage", ROLE)).roleArn())
        .isEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({
    "eventName, GetCallerIdentity",
    "eventName, AssumeRoleWithSAML",
    "eventSource, iam.amazonaws.com"
  })
  void anotherCallIsIgnored(String member, String value) {
    assertThat(read(Trail.with(event, member, value))).isEqualTo(new Ignored());
  }

  @Test
  void whatCannotBeJudgedSaysWhy() {
    assertThat(read("text")).isEqualTo(new UnreadableEvent(null, "is not an object"));
    assertThat(why(null)).isEqualTo("is not an object");
    assertThat(read(Trail.with(event, "eventName", null)))
        .isEqualTo(new UnreadableEvent("the-id", "has no eventName or no eventSource"));
    assertThat(why(Trail.with(event, "eventSource", ""))).contains("no eventSource");
    assertThat(read(Trail.with(event, "userIdentity", null)))
        .isEqualTo(new UnreadableEvent("the-id", "has no userIdentity"));
    assertThat(why(Trail.with(event, "userIdentity", "[]"))).contains("userIdentity");
    assertThat(read(Trail.with(event, "eventTime", null)))
        .isEqualTo(new UnreadableEvent("the-id", "has no valid eventTime"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"eventName\":\"a\",\"eventName\":\"b\"}", "[]", "null"})
  void anEventInsideThatIsNotJsonIsUnreadable(String inside) {
    assertThat(read(Trail.with(Trail.lookedUp(event), "CloudTrailEvent", inside)))
        .isEqualTo(new UnreadableEvent("the-id", "has a CloudTrailEvent that is not JSON"));
  }

  @Test
  void aCallWithoutAnErrorNeedsARoleASessionAndAKey() {
    String why = "has no errorCode, but lacks the role, the session or the access key";
    assertThat(why(Trail.with(event, "responseElements", null))).isEqualTo(why);
    assertThat(why(Trail.with(event, "requestParameters", null))).isEqualTo(why);
    for (String name : List.of("roleArn", "roleSessionName")) {
      Map<String, Object> without = new HashMap<>(event);
      without.put("requestParameters", Map.of(name, name.equals("roleArn") ? ROLE : SESSION));
      assertThat(why(without)).isEqualTo(why);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "1969-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "2026-03-01 10:20",
        "2026-03-01  10:20:00"
      })
  void aTimeThatNoRowCanHaveIsUnreadable(String time) {
    assertThat(why(Trail.with(event, "eventTime", time))).isEqualTo("has no valid eventTime");
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    "2026-03-01 10:20:00.000, 2026-03-01T10:20:00Z"
  })
  void otherTimesAreRead(String text, Instant time) {
    assertThat(call(Trail.with(event, "eventTime", text)).time()).isEqualTo(time);
  }

  @Test
  void theVendorRoleIsKnownByEachOfItsNames_AndByNoOther() {
    var issuer = Map.of("arn", "arn:aws:iam::111122223333:role/vended-vendor");
    for (Map<String, ?> identity :
        List.<Map<String, ?>>of(
            Map.of("arn", "arn:aws:sts::111122223333:assumed-role/vended-vendor/else"),
            Map.of("principalId", "AROAVENDEDVENDOREXAMP:else"),
            Map.of("sessionContext", Map.of("sessionIssuer", issuer)))) {
      assertThat(read(Trail.with(event, "userIdentity", identity))).isInstanceOf(VendorCall.class);
    }
    for (Map<String, ?> identity :
        List.<Map<String, ?>>of(
            Map.of("type", "AWSService"),
            Map.of("arn", "arn:aws:sts::111122223333:assumed-role/vended-vendor-2/x"),
            Map.of("principalId", "AROAVENDEDVENDOREXAMP2:x"),
            Map.of("sessionContext", Map.of("sessionIssuer", Map.of("arn", ROLE))))) {
      assertThat(read(Trail.with(event, "userIdentity", identity))).isEqualTo(new Ignored());
    }
  }

  @Test
  void withoutTheVendorRolesIdOnlyItsArnsTell() {
    VendorRole unknown =
        new VendorRole(new RoleArn("arn:aws:iam::111122223333:role/vended-vendor"), null);
    assertThat(CloudTrailEvent.read(event, unknown)).isInstanceOf(VendorCall.class);
    assertThat(CloudTrailEvent.read(Trail.atTheClient(event, "444455556666"), unknown))
        .isEqualTo(new Ignored());
  }

  @ParameterizedTest
  @CsvSource({
    "Builder@01KJKMQXKBTSV4RRFFQ69G5FAV, 01KJKMQXKBTSV4RRFFQ69G5FAV",
    "a@b@01KJKMQXKBTSV4RRFFQ69G5FAV, 01KJKMQXKBTSV4RRFFQ69G5FAV",
    "01KJKMQXKBTSV4RRFFQ69G5FAV, 01KJKMQXKBTSV4RRFFQ69G5FAV",
    "01KJKMQXKBTSV4RRFFQ69G5FAV@x,",
    "x,"
  })
  void aVendIsNamedByTheEndOfTheSessionsName(String session, @Nullable String vendId) {
    assertThat(call(Trail.issued(TIME, ROLE, session, KEY)).vendId()).isEqualTo(vendId);
  }

  @Test
  void aMemberOfAnotherTypeCountsAsMissing() {
    assertThat(ForeignJson.text(Map.of("a", 1L), "a")).isNull();
    assertThat(ForeignJson.text(Map.of("a", ""), "a")).isNull();
    assertThat(ForeignJson.text(Map.of("a", "b"), "a")).isEqualTo("b");
    assertThat(ForeignJson.object(Map.of("a", "{\"b\":1}"), "a")).isEqualTo(Map.of("b", 1L));
    assertThat(ForeignJson.object(Map.of("a", "b"), "a")).isEqualTo(Map.of());
    assertThat(ForeignJson.object(Map.of(), "a")).isEqualTo(Map.of());
    assertThat(ForeignJson.object(Map.of("a", List.of()), "a")).isEqualTo(Map.of());
  }
}
