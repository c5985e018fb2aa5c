package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.audit.AuditTime;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;

/** {@code /access/status}: what needs attention, the most severe first. */
class StatusTest {
  private static final String ROLE = Administrator.ROLE;
  private static final String CALLER = Administrator.CALLER;

  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();
  @AutoClose private static final Administrator admin = new Administrator(stack);

  private static final String COMMAND = "vend audit --kind all --outcome open --since 24h";

  private static Instant now() {
    return Instant.now();
  }

  private static Instant longAgo() {
    return now().minus(Duration.ofDays(60));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static void allow(Map<String, AttributeValue> row) {
    stack.tables().put(stack.allowListTable(), List.of(row));
  }

  private static Map<String, AttributeValue> client(
      String account, Map<String, AttributeValue> role) {
    String roleArn = "arn:aws:iam::%s:role/vended/deploy".formatted(account);
    Map<String, AttributeValue> row =
        AllowListRows.client(
            account, "Client " + account, "external-id-of-" + account, roleArn, now());
    if (!role.isEmpty()) {
      row.put(
          "roles",
          AttributeValue.fromM(Map.of(roleArn, AttributeValue.fromM(new HashMap<>(role)))));
    }
    return row;
  }

  private static Map<String, AttributeValue> grant(
      String caller, String roleArn, Instant changed, Instant end) {
    Map<String, AttributeValue> row =
        AllowListRows.grant(caller, "AROAEXAMPLE0000001", roleArn, changed);
    row.put("expiresAt", AttributeValue.fromN(Long.toString(end.getEpochSecond())));
    return row;
  }

  /** Drops {@code probeId}, which DynamoDB's maps may not have empty. */
  private static final Map<String, AttributeValue> UNVERIFIED =
      Map.of("probeId", text("01JZ0000000000000000000000"));

  private static Answer status() throws Exception {
    Answer answer = admin.post("/access/status", "{}");
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer;
  }

  private static String text() throws Exception {
    Answer answer = admin.post("/access/status", "{\"format\":\"table\"}");
    return String.join(
        "\n",
        ((List<?>) Objects.requireNonNull(answer.at("table")))
            .stream().map(String::valueOf).toList());
  }

  /** Each finding as {@code kind count}. */
  private static List<String> findings(Answer answer) {
    List<String> findings = new ArrayList<>();
    for (Object finding : (List<?>) Objects.requireNonNull(answer.at("findings"))) {
      Map<?, ?> members = (Map<?, ?>) finding;
      findings.add(members.get("kind") + " " + members.get("count"));
    }
    return findings;
  }

  private static void record(String kind, String id, Instant at) {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("pk", text(id));
    row.put("sk", text(kind));
    row.put("at", text(AuditTime.at(at)));
    row.put("hourShard", text(AuditTime.hourShard(at, 0)));
    row.put("caller", text(CALLER));
    row.put("roleArn", text(ROLE));
    row.put("sourceIp", text("198.51.100.77"));
    stack.tables().put(stack.auditTable(), List.of(row));
  }

  @Test
  void withoutAFindingItIsOneLine() throws Exception {
    Answer answer = status();

    assertThat(answer.at("allRight")).isEqualTo(true);
    assertThat(findings(answer)).isEmpty();
    assertThat(text()).matches("All right at [0-9-]+ [0-9:]+ UTC, with 1 client and 2 grants\\.");
  }

  @Test
  void theMostSevereComesFirst() throws Exception {
    allow(AllowListRows.vending(true, now()));
    Map<String, AttributeValue> corrupt = client("100000000001", Map.of());
    corrupt.put("suspendedd", AttributeValue.fromBool(true));
    allow(corrupt);
    allow(client("100000000002", Map.of("drift", text("01JZ0000000000000000000002"))));
    allow(client("100000000003", UNVERIFIED));
    allow(client("100000000004", UNVERIFIED));
    Map<String, AttributeValue> suspended = client("100000000005", UNVERIFIED);
    suspended.put("suspended", AttributeValue.fromBool(true));
    allow(suspended);
    allow(
        AllowListRows.grant(
            CALLER, "AROAEXAMPLE0000001", "arn:aws:iam::100000000003:role/vended/deploy", now()));
    allow(
        grant(
            CALLER,
            "arn:aws:iam::100000000002:role/vended/deploy",
            longAgo(),
            now().plus(Duration.ofDays(13))));
    allow(
        grant(
            CALLER + "2",
            "arn:aws:iam::100000000002:role/vended/deploy",
            now(),
            now().plus(Duration.ofDays(13))));
    allow(
        grant(
            CALLER + "3",
            "arn:aws:iam::100000000002:role/vended/deploy",
            longAgo(),
            now().plus(Duration.ofDays(15))));
    allow(
        grant(
            CALLER + "4",
            "arn:aws:iam::100000000002:role/vended/deploy",
            longAgo(),
            now().minusSeconds(1)));
    record("intent", "01JZ0000000000000000000003", now().minus(Duration.ofHours(23)));
    record("intent", "01JZ0000000000000000000004", now().minus(Duration.ofHours(25)));
    record("intent", "01JZ0000000000000000000005", now().minus(Duration.ofMinutes(2)));
    record("intent", "01JZ0000000000000000000006", now().minus(Duration.ofHours(2)));
    record("outcome", "01JZ0000000000000000000006", now().minus(Duration.ofHours(2)));

    Answer answer = status();

    assertThat(answer.at("allRight")).isEqualTo(false);
    assertThat(findings(answer))
        .containsExactly(
            "vending_stopped 1",
            "corrupt_rows 1",
            "open_intents 1",
            "drifted_roles 1",
            "unverified_roles 1",
            "grants_ending 1",
            "short_grants_ending 1",
            "suspended_clients 1",
            "unused_unverified_roles 1");
    assertThat(answer.at("findings/3/first/0/drift")).isEqualTo("01JZ0000000000000000000002");
    assertThat(answer.at("findings/5/first/0/caller")).isEqualTo(CALLER);
    assertThat(answer.body().toString()).doesNotContain("198.51.100.77", "external-id-of");
    assertThat(text())
        .startsWith("6 things need attention at ")
        .contains(
            "VENDING IS STOPPED",
            "1 row of the allow-list",
            "1 record never ended",
            "1 role was found no longer safe",
            "1 role is not verified, and somebody has a grant",
            "1 grant ends within 14 days: ",
            "1 client is suspended.");
  }

  /** The function can't tell administrators from auditors: both policies allow the route. */
  @Test
  void administratorsLearnHowManyRecordsNeverEnded_AndAuditorsWhich() throws Exception {
    String open = "01JZ0000000000000000000009";
    record("intent", open, now().minus(Duration.ofMinutes(20)));

    Answer answer = status();
    assertThat(findings(answer)).containsExactly("open_intents 1");
    assertThat(answer.at("findings/0/first")).isEqualTo(List.of());
    assertThat(answer.at("findings/0/auditors")).isEqualTo(COMMAND);
    assertThat(text()).contains("1 record never ended", COMMAND);
    assertThat(answer.body() + text()).doesNotContain(open, CALLER, ROLE, "198.51.100.77");

    String question =
        "{\"kind\": \"all\", \"outcome\": \"open\", \"since\": \"%s\"}"
            .formatted(now().minus(Duration.ofHours(24)));
    assertThat(admin.post("/audit/query", question).status()).isEqualTo(403);
    try (SignedClient auditor = stack.caller(stack.people().auditor())) {
      assertThat(auditor.post("/audit/query", question).body()).contains(open, CALLER, ROLE);
    }
  }

  @Test
  void whatSomebodyDidOnPurposeNeedsNoAttention() throws Exception {
    Map<String, AttributeValue> suspended = client("100000000005", UNVERIFIED);
    suspended.put("suspended", AttributeValue.fromBool(true));
    suspended.put("name", text("\u202Ecod\u001B[31m" + "x".repeat(5_000)));
    allow(suspended);

    assertThat(findings(status())).containsExactly("suspended_clients 1");
    assertThat(status().at("allRight")).isEqualTo(true);
    assertThat(text())
        .startsWith("All right")
        .contains("1 client is suspended.")
        .doesNotContain("\u202E", "\u001B");
    assertThat(text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(300));
  }

  @Test
  void aCorruptSwitchIsAStop() throws Exception {
    Map<String, AttributeValue> corrupt = AllowListRows.vending(false, now());
    corrupt.put("stopped", text("no"));
    allow(corrupt);

    assertThat(findings(status())).containsExactly("vending_stopped 1");
    assertThat(text()).contains("the switch is corrupt");
  }

  @Test
  void theScheduleIsOverdue() throws Exception {
    Map<String, AttributeValue> verifiedLongAgo =
        AllowListRows.client(
            "100000000006",
            "Old",
            "external-id-of-the-old",
            "arn:aws:iam::100000000006:role/a",
            longAgo());
    allow(verifiedLongAgo);
    assertThat(findings(status())).containsExactly("reprobe_overdue 1");
    assertThat(text()).contains("it never has");

    run(now().minus(Duration.ofHours(55)), "01JZ0000000000000000000007");
    assertThat(findings(status())).containsExactly("reprobe_overdue 1");

    run(now().minus(Duration.ofHours(53)), "01JZ0000000000000000000008");
    assertThat(findings(status())).isEmpty();
  }

  private static void run(Instant at, String id) {
    stack
        .tables()
        .put(
            stack.auditTable(),
            List.of(
                Map.of(
                    "pk", text("runs#reprobe"), "sk", text(id), "endedAt", text(at.toString()))));
  }

  @Test
  void administratorsAndAuditorsMayAsk_AndNobodyElse() throws Exception {
    try (SignedClient auditor = stack.caller(stack.people().auditor());
        SignedClient pipeline = stack.caller(stack.people().pipeline())) {
      assertThat(auditor.post("/access/status", "{}").statusCode()).isEqualTo(200);
      assertThat(pipeline.post("/access/status", "{}").statusCode()).isEqualTo(403);
      assertThat(auditor.post("/access/status", "{\"a\":1}").statusCode()).isEqualTo(400);
      assertThat(auditor.post("/access/status", "{\"format\":\"csv\"}").statusCode())
          .isEqualTo(400);
    }
  }
}
