package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.audit.Reason;
import vended.audit.form.ReasonText;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;

/** {@code /access/why}: one decision in words, with the rows and what would change it. */
class WhyTest {
  private static final String ID = "01JZ0000000000000000000001";
  private static final String CALLER = Administrator.CALLER;
  private static final String CALLER_ID = Administrator.CALLER_ID;
  private static final String ROLE = Administrator.ROLE;
  private static final Instant AT = Instant.parse("2026-01-31T14:03:22.123Z");

  /** What administrators must not learn of a record. */
  private static final Map<String, String> SECRET =
      Map.of(
          "sourceIp", "198.51.100.77",
          "callerAccessKeyId", "AKIACANARYCANARY0001",
          "accessKeyId", "ASIACANARYCANARY0002",
          "userAgent", "canary-agent/1.0",
          "callerSession", "canary-session",
          "sessionName", "Builder@canary",
          "sourceIdentity", "canary-identity",
          "assumedRoleId", "AROACANARY:canary",
          "apiRequestId", "canary-request=",
          "stsRequestId", "canary-sts");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();
  @AutoClose private static final Administrator admin = new Administrator(stack);

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  /** Writes a record by hand. */
  private static void record(String kind, Map<String, String> members) {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("pk", text(ID));
    row.put("sk", text(kind));
    row.put("at", text(AT.toString()));
    row.put("caller", text(CALLER));
    row.put("callerId", text(CALLER_ID));
    row.put("roleArn", text(ROLE));
    row.put("claimed.build", text("canary-claim"));
    SECRET.forEach((name, value) -> row.put(name, text(value)));
    members.forEach((name, value) -> row.put(name, text(value)));
    row.values().removeIf(value -> value.s().isEmpty());
    stack.tables().put(stack.auditTable(), List.of(row));
  }

  private static void allow(Map<String, AttributeValue> row) {
    stack.tables().put(stack.allowListTable(), List.of(row));
  }

  private static Map<String, AttributeValue> client() {
    return AllowListRows.client(
        Administrator.ACCOUNT, "Another Client", "external-id-of-another", ROLE, AT);
  }

  private static Map<String, AttributeValue> grant() {
    return AllowListRows.grant(CALLER, CALLER_ID, ROLE, AT);
  }

  private static Answer why(Map<String, String> body) throws Exception {
    return admin.post("/access/why", body);
  }

  private static Answer why() throws Exception {
    Answer answer = why(Map.of("vendId", ID));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer;
  }

  private static String lines(Answer answer) {
    return String.join(
        "\n",
        ((List<?>) Objects.requireNonNull(answer.at("table")))
            .stream().map(String::valueOf).toList());
  }

  private static String text() throws Exception {
    return lines(why(Map.of("vendId", ID, "format", "table")));
  }

  @Test
  void everyReasonHasItsMeaning_AndWhatToDo() throws Exception {
    for (Reason reason : Reason.values()) {
      boolean failed = reason.name().startsWith("STS_") || reason == Reason.ALLOW_LIST_UNAVAILABLE;
      record("outcome", Map.of("outcome", failed ? "failed" : "denied", "reason", reason.code()));

      Answer answer = why();

      assertThat(answer.at("vendedNow")).isEqualTo(false);
      assertThat(answer.at("record/reason")).isEqualTo(reason.code());
      assertThat(answer.at("record/meaning")).isEqualTo(ReasonText.of(reason));
      assertThat((List<?>) answer.at("remedies")).as("%s", reason).isNotEmpty();
      assertThat(text()).contains("(" + reason.code() + ")", "2026-01-31 14:03:22 UTC");
    }
  }

  @Test
  void administratorsAndAuditorsGetTheSame_WithoutWhatOnlyAuditorsMayKnow() throws Exception {
    allow(client());
    allow(grant());
    try (SignedClient auditor = stack.caller(stack.people().auditor());
        SignedClient administrator = stack.caller(stack.people().administrator());
        SignedClient pipeline = stack.caller(stack.people().pipeline())) {
      for (String kind : List.of("outcome", "intent", "probe", "admin", "admin-outcome")) {
        stack.tables().empty(stack.auditTable());
        record(kind, Map.of("outcome", "granted"));
        for (String format : List.of("json", "table")) {
          String body = "{\"vendId\":\"%s\",\"format\":\"%s\"}".formatted(ID, format);
          var answer = administrator.post("/access/why", body);

          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(answer.body())
              .doesNotContainIgnoringCase("canary")
              .doesNotContain("198.51.100.77", "external-id")
              .isEqualTo(auditor.post("/access/why", body).body());
          assertThat(pipeline.post("/access/why", body).statusCode()).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void aGrantedVendWouldBeVendedAgain() throws Exception {
    allow(client());
    allow(grant());
    record("outcome", Map.of("outcome", "granted"));

    Answer answer = why();

    assertThat(answer.at("vendedNow")).isEqualTo(true);
    assertThat(answer.at("record/outcome")).isEqualTo("granted");
    assertThat(answer.at("now/grant/callerId")).isEqualTo(CALLER_ID);
    assertThat(answer.at("now/client/role/verified")).isEqualTo(true);
    assertThat((List<?>) answer.at("remedies")).isEmpty();
    assertThat(text()).contains("Granted at 2026-01-31", "Now: yes.");
  }

  @Test
  void aGrantThatIsYoungerThanTheRecordSaysSo() throws Exception {
    allow(client());
    Map<String, AttributeValue> grant = grant();
    grant.put("updatedAt", text("2026-02-01T00:00:00Z"));
    allow(grant);
    record("outcome", Map.of("outcome", "denied", "reason", "no_grant"));

    assertThat(text())
        .contains(
            "Denied at 2026-01-31 14:03:22 UTC: no grant of this role to this caller (no_grant).",
            "Now: yes. Nothing stands against it any more.",
            "changed since then, at 2026-02-01 00:00:00 UTC by local");
  }

  @Test
  void aDurationThatIsStillTooLongIsStillRefused() throws Exception {
    allow(client());
    Map<String, AttributeValue> grant = grant();
    grant.put("maxDurationSeconds", AttributeValue.fromN("900"));
    allow(grant);
    record("outcome", Map.of("outcome", "denied", "reason", "duration_over_grant"));
    stack
        .tables()
        .client()
        .updateItem(
            call ->
                call.tableName(stack.auditTable())
                    .key(Map.of("pk", text(ID), "sk", text("outcome")))
                    .updateExpression("SET durationSeconds = :s")
                    .expressionAttributeValues(Map.of(":s", AttributeValue.fromN("3600"))));

    Answer answer = why();

    assertThat(answer.at("vendedNow")).isEqualTo(false);
    assertThat(answer.at("now/reasons")).isEqualTo(List.of("duration_over_grant"));
    assertThat(answer.text("remedies/0/command")).endsWith(" --duration 3600");
  }

  @Test
  void anIntentIsOpen_OrStillRunning() throws Exception {
    record("intent", Map.of());
    assertThat(why().at("record/outcome")).isEqualTo("open");
    assertThat(text()).contains("never ended: the function was cut off", "CloudTrail");

    record("intent", Map.of("at", Instant.now().minus(Duration.ofMinutes(1)).toString()));
    assertThat(why().at("record/outcome")).isEqualTo("running");
    assertThat(text()).contains("has not ended yet: ask again in five minutes");
  }

  @Test
  void aProbeAndAChangeAreNoVends() throws Exception {
    record("intent", Map.of());
    record("probe", Map.of());
    assertThat(why().at("record/kind")).isEqualTo("probe");
    assertThat(why().at("record/readable")).isEqualTo(false);
    assertThat(why().at("vendedNow")).isEqualTo(false);

    stack.tables().empty(stack.auditTable());
    record("admin", Map.of("action", "grants/put", "target", CALLER));
    record(
        "admin-outcome",
        Map.of("action", "grants/put", "target", CALLER, "outcome", "made", "roleArn", ""));
    Answer change = why();
    assertThat(change.at("record/kind")).isEqualTo("change");
    assertThat(change.at("record/action")).isEqualTo("grants/put");
    assertThat(change.at("now")).isNull();
    assertThat(text()).contains("This is a change of the allow-list, and no vend.", "Made at");
  }

  @Test
  void aRefusedProbeDoesNotAskForAGrantForTheAdministrator() throws Exception {
    record("outcome", Map.of("outcome", "denied", "reason", "no_client"));

    assertThat(text()).doesNotContain("grant put").contains("vend client put 555566667777");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; touch pwned; echo '",
        "$(touch pwned)",
        "`touch pwned`\nvend stop",
        "\u202Egnp.exe\u2066 \u200B\u0007\u001B[31m",
        "arn:aws:iam::1:role/$(x)"
      })
  void hostileRecordsAreNotRepeated(String hostile) throws Exception {
    Map<String, String> members = new HashMap<>();
    for (String name :
        List.of("caller", "callerId", "roleArn", "clientName", "reason", "action", "target")) {
      members.put(name, hostile);
    }
    members.put("outcome", "denied");
    record("outcome", members);

    Answer answer = why();
    String text = text();

    assertThat(answer.at("record/readable")).isEqualTo(false);
    assertThat(answer.at("remedies")).isEqualTo(List.of());
    assertThat(text)
        .doesNotContain("\u202E", "\u2066", "\u200B", "\u0007", "\u001B", "\nvend stop")
        .contains("A part of the record can't be read");
    assertThat(text.lines().filter(line -> line.startsWith("  vend"))).isEmpty();
  }

  @Test
  void aClientsNameGetsIntoNoCommand_AndIsShortened() throws Exception {
    Map<String, AttributeValue> client = client();
    client.put("name", text("$(touch pwned)'\"\u202E" + "x".repeat(5_000)));
    client.put("suspended", AttributeValue.fromBool(true));
    allow(client);
    allow(grant());
    record("outcome", Map.of("outcome", "denied", "reason", "client_suspended"));

    String text = text();

    assertThat(text).contains("SUSPENDED", "$(touch pwned)'\"?xxx").doesNotContain("\u202E");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(500));
    assertThat(text.lines().filter(line -> line.startsWith("  vend ")))
        .containsExactly("  vend client resume 555566667777");
  }

  @Test
  void aUsersArnIsQuoted() throws Exception {
    record("outcome", Map.of("caller", "arn:aws:iam::111122223333:user/$(touch)/a';b/bob"));

    String text = text();

    assertThat(text).contains(" 'arn:aws:iam::111122223333:user/$(touch)/a'\\'';b/bob' ");
  }

  @Test
  void aCorruptRowIsSaidToBeCorrupt() throws Exception {
    Map<String, AttributeValue> grant = grant();
    grant.put("expiresAT", text("canary-value"));
    allow(client());
    allow(grant);
    record("outcome", Map.of("outcome", "denied", "reason", "corrupt_grant"));

    assertThat(why().at("now/reasons")).isEqualTo(List.of("corrupt_grant"));
    assertThat(text())
        .contains("CORRUPT: ", "(alarm CorruptRow)", "Repairing a row")
        .doesNotContain("canary-value");
  }

  @Test
  void ofACallerToCome_TheUniqueIdIsACondition() throws Exception {
    Map<String, String> pair = Map.of("caller", CALLER, "roleArn", ROLE, "format", "table");
    allow(client());
    allow(grant());

    Answer pinned = why(pair);
    assertThat(pinned.at("vendedNow")).isEqualTo(true);
    assertThat(lines(pinned)).contains("Now: yes, if the caller's unique ID is " + CALLER_ID + ".");

    Map<String, AttributeValue> unpinned = grant();
    unpinned.remove("callerId");
    unpinned.put("unpinned", AttributeValue.fromBool(true));
    allow(unpinned);
    assertThat(lines(why(pair))).contains("Now: yes, whoever has this ARN");

    Answer none = why(Map.of("caller", CALLER + "2", "roleArn", ROLE));
    assertThat(none.at("vendedNow")).isEqualTo(false);
    assertThat(none.at("now/reasons")).isEqualTo(List.of("no_grant"));
    assertThat(none.text("remedies/0/command"))
        .isEqualTo("vend grant put %s2 %s --caller-id AROA...".formatted(CALLER, ROLE));
  }

  @Test
  void anUnknownIdIsNotFound() throws Exception {
    Answer answer = why(Map.of("vendId", "01JZ0000000000000000000009"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("code")).isEqualTo("no_record");
    assertThat(answer.text("detail")).contains("no record with this vendId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'vendId':'x'}",
        "{'vendId':'01JZ0000000000000000000001','caller':'arn:aws:iam::111122223333:role/a'}",
        "{'caller':'arn:aws:iam::111122223333:role/a'}",
        "{'roleArn':'arn:aws:iam::111122223333:role/a'}",
        "{'caller':'arn:aws:sts::111122223333:assumed-role/a/b','roleArn':'arn:aws:iam::111122223333:role/a'}",
        "{'caller':'arn:aws:iam::111122223333:role/*','roleArn':'arn:aws:iam::111122223333:role/a'}",
        "{'vendId':'01JZ0000000000000000000001','format':'csv'}",
        "{'vendId':'01JZ0000000000000000000001','more':1}"
      })
  void otherBodiesAreRefused(String body) throws Exception {
    assertThat(admin.post("/access/why", body.replace('\'', '"')).status()).isEqualTo(400);
  }
}
