package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.audit.AuditTime;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.People;
import vended.local.Principal;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.template.Template;

/** A client looks at its own part and closes its door; nobody else can do either in its name. */
class ClientViewTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();
  private static final Template TEMPLATE =
      Template.read(Path.of("template.yaml"), Map.of("AWS::Region", LocalStack.REGION));

  @AutoClose private static final Administrator admin = new Administrator(stack);
  private static final String ACCOUNT = stack.demonstration().account();
  private static final String ROLE = stack.demonstration().roleArn();
  private static final Keys.Key CLIENT = stack.people().client();

  private static Answer post(Keys.Key key, String path, String body) throws Exception {
    try (SignedClient client = stack.caller(key)) {
      var answer = client.post(path, body);
      return new Answer(
          answer.statusCode(),
          ((JsonObject.Read) JsonObject.read(answer.body())).object().members());
    }
  }

  private static int vend() throws Exception {
    return post(stack.people().pipeline(), "/credentials", Json.write(Map.of("roleArn", ROLE)))
        .status();
  }

  private static Answer suspend(boolean suspended) throws Exception {
    return post(CLIENT, "/mine/suspend", Json.write(Map.of("suspended", suspended)));
  }

  private static Answer vendorSuspends(boolean suspended) throws Exception {
    return admin.post("/clients/suspend", Map.of("account", ACCOUNT, "suspended", suspended));
  }

  private static List<String> outcomes() {
    return stack.tables().rows(stack.auditTable()).stream()
        .filter(item -> item.containsKey("outcome"))
        .sorted((one, other) -> Items.text(one, "pk").compareTo(Items.text(other, "pk")))
        .map(
            item ->
                Items.text(item, "outcome")
                    + (item.containsKey("reason") ? " " + Items.text(item, "reason") : "")
                    + (item.containsKey("action") ? " " + Items.text(item, "action") : ""))
        .toList();
  }

  @Test
  void aSuspensionRefusesTheNextVend_AndIsRecordedBeforeIt_UntilTheClientResumes()
      throws Exception {
    assertThat(vend()).isEqualTo(200);

    Answer suspended = suspend(true);
    assertThat(suspended.status()).isEqualTo(200);
    assertThat(suspended.at("suspension/suspended")).isEqualTo(true);
    assertThat(suspended.text("suspension/updatedBy"))
        .isEqualTo("arn:aws:iam::444455556666:user/demo-client");
    assertThat(vend()).isEqualTo(403);
    assertThat(suspend(false).text("suspension/version")).isEqualTo("2");
    assertThat(vend()).isEqualTo(200);

    assertThat(outcomes())
        .containsExactly(
            "granted",
            "made mine/suspend",
            "denied suspended_by_client",
            "made mine/suspend",
            "granted");
    Map<String, AttributeValue> intent = admin.records().getFirst();
    assertThat(Items.text(intent, "caller")).endsWith(":user/demo-client");
    assertThat(Items.text(intent, "clientAccount")).isEqualTo(ACCOUNT);
    assertThat(Items.text(intent, "after")).contains("\"suspended\":true");
  }

  @Test
  void nothingThatTheVendorDoesEndsIt() throws Exception {
    suspend(true);

    Answer client = admin.post("/clients/list", Map.of("account", ACCOUNT));
    assertThat(client.at("client/suspendedByClient")).isEqualTo(true);
    assertThat(client.at("client/suspended")).isEqualTo(false);
    assertThat(vendorSuspends(true).status()).isEqualTo(200);
    assertThat(vendorSuspends(false).status()).isEqualTo(200);
    long version =
        ((Number) Objects.requireNonNull(vendorSuspends(false).at("client/version"))).longValue();
    assertThat(
            admin
                .post(
                    "/clients/put",
                    Map.of("account", ACCOUNT, "name", "Renamed", "version", version))
                .status())
        .isEqualTo(200);
    admin.post("/clients/suspend", Map.of("all", true, "stopped", true));
    admin.post("/clients/suspend", Map.of("all", true, "stopped", false));

    assertThat(vend()).isEqualTo(403);
    assertThat(admin.post("/probes", Map.of("roleArn", ROLE)).body())
        .containsEntry("code", "suspended_by_client");
    assertThat(stack.sts().calls()).isEmpty();
    assertThat(admin.post("/access/list", Map.of("account", ACCOUNT)).at("grants/0/reasons"))
        .isEqualTo(List.of("suspended_by_client"));
    assertThat(admin.post("/access/status", Map.of()).text("findings"))
        .contains("clients_suspended_by_themselves");
  }

  @Test
  void aClientDoesNotResumeWhatTheVendorSuspended() throws Exception {
    vendorSuspends(true);
    suspend(true);

    Answer resumed = suspend(false);
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(resumed.at("suspendedByVendor")).isEqualTo(true);
    assertThat(vend()).isEqualTo(403);
    assertThat(outcomes()).last().isEqualTo("denied client_suspended");
  }

  @Test
  void aResumptionOfAnotherVersionIsRefused() throws Exception {
    suspend(true);
    suspend(true);

    Answer stale = post(CLIENT, "/mine/suspend", "{\"suspended\": false, \"version\": 1}");
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.body()).containsEntry("currentVersion", 2L);
    assertThat(vend()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "admin-outcome"})
  void withoutItsRecordASuspensionIsNotMadeOrNotAcknowledged(String kind) throws Exception {
    stack
        .tablesProxy()
        .fault(
            "ExecuteStatement",
            "\"" + kind + "\"",
            1,
            Integer.MAX_VALUE,
            FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));

    assertThat(suspend(true).status()).isEqualTo(503);
    stack.tablesProxy().reset();
    assertThat(vend()).isEqualTo(kind.equals("admin") ? 200 : 403);
  }

  @Test
  void aClientSeesAClosedListOfMembers() throws Exception {
    post(
        stack.people().pipeline(),
        "/credentials",
        Json.write(Map.of("roleArn", ROLE, "context", Map.of("build", "42"))));
    admin.post("/probes", Map.of("roleArn", ROLE));
    // Of a caller without a grant, who may be another client's.
    post(stack.people().session(), "/credentials", Json.write(Map.of("roleArn", ROLE + "2")));
    vendorSuspends(true);
    suspend(true);
    age();

    Answer page = post(CLIENT, "/mine/audit", "{}");
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> records =
        (List<Map<String, Object>>) Objects.requireNonNull(page.at("records"));
    assertThat(records)
        .extracting(one -> one.get("outcome") + " " + one.get("action"))
        .contains("granted null", "denied null", "made clients/suspend", "made mine/suspend");
    assertThat(records.stream().flatMap(one -> one.keySet().stream()).distinct().sorted())
        .isSubsetOf(
            "accessKeyId",
            "action",
            "after",
            "at",
            "caller",
            "durationSeconds",
            "expiration",
            "kind",
            "outcome",
            "passed",
            "reason",
            "roleArn",
            "sessionName",
            "sourceIdentity",
            "target",
            "vendId",
            "withExternalId",
            "withWrongExternalId",
            "withoutExternalId");
    assertThat(records)
        .filteredOn(one -> "denied".equals(one.get("outcome")))
        .allSatisfy(one -> assertThat(one).doesNotContainKeys("caller", "reason"));
    assertThat(records.toString())
        .doesNotContain("127.0.0.1", "claimed", "\"42\"", stack.demonstration().externalId())
        .doesNotContain(stack.people().administrator().principal().identityArn());
  }

  /** Makes all records a minute older: those of the last five seconds are in no page yet. */
  private static void age() {
    for (Map<String, AttributeValue> row : stack.tables().rows(stack.auditTable())) {
      if (row.containsKey("at")) {
        Map<String, AttributeValue> older = new HashMap<>(row);
        Instant at = Instant.parse(Items.text(row, "at")).minusSeconds(60);
        older.put("at", AttributeValue.fromS(AuditTime.at(at)));
        stack.tables().client().putItem(call -> call.tableName(stack.auditTable()).item(older));
      }
    }
  }

  @Test
  void aClientSeesWhoMayHaveItsRoles() throws Exception {
    Answer page = post(CLIENT, "/mine/grants", "{\"limit\": 1}");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.at("grants/0/roleArn")).isEqualTo(ROLE);
    assertThat(page.at("grants/0/vendedNow")).isEqualTo(true);
    assertThat(page.at("suspension/suspended")).isEqualTo(false);
    assertThat(String.valueOf(page.at("grants/0")))
        .doesNotContain("description", "version", "createdBy", "updatedBy");
    Answer next =
        post(CLIENT, "/mine/grants", Json.write(Map.of("limit", 1, "cursor", page.text("cursor"))));
    assertThat(next.at("grants/0/caller")).isNotEqualTo(page.at("grants/0/caller"));
    assertThat(next.body().get("cursor")).isNull();

    suspend(true);
    assertThat(post(CLIENT, "/mine/grants", "{}").at("grants/0/vendedNow")).isEqualTo(false);
  }

  @Test
  void aCursorIsNoOtherClients_AndABodyNamesNoAccount() throws Exception {
    Keys.Key other = principal("arn:aws:iam::555566667777:user/clerk", null);
    admin.putClient();
    String foreign = post(CLIENT, "/mine/grants", "{\"limit\": 1}").text("cursor");

    assertThat(post(other, "/mine/grants", "{}").at("grants")).isEqualTo(List.of());
    Answer answer = post(other, "/mine/grants", Json.write(Map.of("cursor", foreign)));
    assertThat(answer.places()).containsExactly("/cursor");
    for (String path : List.of("/mine/grants", "/mine/audit", "/mine/suspend")) {
      Answer named = post(other, path, Json.write(Map.of("account", ACCOUNT, "suspended", true)));
      assertThat(named.status()).isEqualTo(400);
      assertThat(named.places()).contains("/account");
    }
    assertThat(vend()).isEqualTo(200);
  }

  /** A key of a user, or of a role's session, whose account lets it call everything. */
  private static Keys.Key principal(String arn, @Nullable String session) {
    Principal who =
        session == null
            ? Principal.user(arn, stack.keys().uniqueId("AIDA"))
            : Principal.session(arn, stack.keys().uniqueId("AROA"), session);
    stack.attachments().attach(who.identityArn(), List.of(People.mine(TEMPLATE)));
    return session == null
        ? stack.keys().issue(who)
        : stack.keys().issue(who, Instant.now().plus(Duration.ofHours(1)));
  }

  static Stream<Arguments> strangers() {
    String vended = "Deployer@01KG9VQ9E0TSV4RRFFQ69G5FAV";
    return Stream.of(
        Arguments.of("no client", "arn:aws:iam::999900001111:role/Admin", "x1", false),
        Arguments.of("the vendor", "arn:aws:iam::111122223333:role/Admin", "x1", false),
        Arguments.of("the vendor's user", "arn:aws:iam::111122223333:user/admin", null, false),
        Arguments.of("a client role", "arn:aws:iam::444455556666:role/deploy", vended, true),
        Arguments.of("renewed", "arn:aws:iam::444455556666:role/deploy", "clerk", true),
        Arguments.of("in capitals", "arn:aws:iam::444455556666:role/DEPLOY", "clerk", true),
        Arguments.of("no longer one", "arn:aws:iam::444455556666:role/former", vended, true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strangers")
  void strangersGetOneAnswer_AndLeaveARecordOnlyIfTheVendorTriesToActAsAClient(
      String name, String arn, @Nullable String session, boolean recorded) throws Exception {
    Keys.Key stranger = principal(arn, session);

    for (String path : List.of("/mine/audit", "/mine/grants")) {
      Answer answer = post(stranger, path, "{}");
      assertThat(answer.status()).as(path).isEqualTo(403);
      assertThat(answer.body()).containsEntry("code", "forbidden");
    }
    assertThat(outcomes()).isEmpty();
    suspend(true);
    Answer answer = post(stranger, "/mine/suspend", "{\"suspended\": false}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).containsEntry("code", "forbidden");
    assertThat(outcomes())
        .isEqualTo(
            recorded
                ? List.of("made mine/suspend", "denied client_role mine/suspend")
                : List.of("made mine/suspend"));
    assertThat(vend()).isEqualTo(403);
  }

  @Test
  void aUserNamedAsAClientRoleIsNotTheRole() throws Exception {
    Keys.Key user = principal("arn:aws:iam::444455556666:user/deploy", null);

    assertThat(post(user, "/mine/grants", "{}").status()).isEqualTo(200);
  }
}
