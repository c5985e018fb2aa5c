package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.template.Template;

/** Which events the client's rule takes for an entry: each of the vendor's, and no test of it. */
class ClientEntriesTest {
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/vended-deploy";
  private static final Map<String, String> NEEDED =
      Map.of(
          "AWS::AccountId",
          "444455556666",
          "VendorRoleArn",
          "arn:aws:iam::111122223333:role/vended-vendor",
          "ExternalId",
          "0123456789abcdef");

  private static Template template(String email) {
    Map<String, String> parameters = new HashMap<>(NEEDED);
    parameters.put("NotificationEmail", email);
    return Template.read(Path.of("client-role.yaml"), parameters);
  }

  private static Map<String, Object> rule() {
    return template("security@example.com").properties("EntryRule");
  }

  private static boolean matches(Map<String, ?> request, String... others) {
    Map<String, Object> detail = new HashMap<>();
    detail.put("eventSource", "sts.amazonaws.com");
    detail.put("eventName", "AssumeRole");
    detail.put("requestParameters", request);
    for (int i = 0; i < others.length; i += 2) {
      detail.put(others[i], others[i + 1]);
    }
    Map<String, Object> event =
        Map.of("source", "aws.sts", "detail-type", "AWS API Call via CloudTrail", "detail", detail);
    return matches((Map<?, ?>) Objects.requireNonNull(rule().get("EventPattern")), event);
  }

  /** As EventBridge's user guide has it, for what the pattern uses. */
  private static boolean matches(Map<?, ?> pattern, Map<?, ?> event) {
    return pattern.entrySet().stream()
        .allMatch(
            entry -> {
              if (entry.getKey().equals("$or")) {
                return ((List<?>) entry.getValue())
                    .stream().anyMatch(one -> matches((Map<?, ?>) one, event));
              }
              Object value = event.get(entry.getKey());
              return entry.getValue() instanceof Map<?, ?> inner
                  ? value instanceof Map<?, ?> map && matches(inner, map)
                  : ((List<?>) entry.getValue()).stream().anyMatch(one -> matches(one, value));
            });
  }

  private static boolean matches(Object wanted, @Nullable Object value) {
    if (!(wanted instanceof Map<?, ?> test)) {
      return wanted.equals(value);
    }
    if (test.containsKey("exists")) {
      return String.valueOf(test.get("exists")).equals(String.valueOf(value != null));
    }
    if (test.get("equals-ignore-case") instanceof String text) {
      return value instanceof String given && text.equalsIgnoreCase(given);
    }
    return value != null
        && !((List<?>) Objects.requireNonNull(test.get("anything-but"))).contains(value);
  }

  @Test
  void eachEntryMatches_WithASessionPolicyOrWithout() {
    assertThat(matches(Map.of("roleArn", ROLE))).isTrue();
    assertThat(matches(Map.of("roleArn", ROLE, "policy", "{}"))).isTrue();
    assertThat(matches(Map.of("roleArn", ROLE.replace("deploy", "Deploy")))).isTrue();
  }

  @Test
  void aProbeDoesNotMatch_SinceItCanDoNothing() {
    assertThat(matches(Map.of("roleArn", ROLE, "policy", ProbeCalls.DENY_ALL))).isFalse();
    assertThat(matches(Map.of("roleArn", ROLE), "errorCode", "AccessDenied")).isFalse();
  }

  @Test
  void anEntryOfAnotherRoleDoesNotMatch() {
    assertThat(matches(Map.of("roleArn", ROLE + "2"))).isFalse();
    assertThat(matches(Map.of("roleArn", ROLE), "eventName", "GetCallerIdentity")).isFalse();
  }

  /** The rule would skip AssumeRole otherwise. */
  @Test
  void theRuleTakesReadOnlyEvents() {
    assertThat(rule()).containsEntry("State", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
  }

  /** Not each of ten thousand: the alarm stays until the timer sets it back. */
  @Test
  void theAlarmIgnoresMinutesWithoutEntries_AndIsSetBackOnceADay() {
    Template template = template("security@example.com");

    assertThat(template.properties("EntryAlarm"))
        .containsEntry("TreatMissingData", "ignore")
        .doesNotContainKey("OKActions");
    assertThat(template.properties("EntryTimer"))
        .containsEntry("ScheduleExpression", "cron(0 0 * * ? *)")
        .extracting("Target")
        .asString()
        .contains("aws-sdk:cloudwatch:setAlarmState", "\"StateValue\": \"OK\"");
  }

  @Test
  void withoutAnAddressThereIsTheRoleAlone() {
    assertThat(template("").resources()).containsOnlyKeys("ClientRole");
  }

  @ParameterizedTest
  @CsvSource({"security", "a b@example.com", "a@b@c"})
  void whatIsNoAddressIsNotTaken(String email) {
    assertThat(catchThrowable(() -> template(email)))
        .hasMessageContaining("an e-mail address, or nothing");
  }
}
