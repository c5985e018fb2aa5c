package vended;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.clock.SteppingClock;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.AllowListRows;
import vended.local.FaultyProxy;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.Principal;
import vended.local.SignedClient;
import vended.local.TestStack;

/** {@code POST /roles}: who you are, and which grants you hold. */
class RolesTest {
  private static final String OTHER_ROLE = "arn:aws:iam::444455556666:role/vended/other";

  /** The clock stands, so that no reading ends for want of time. */
  @RegisterExtension
  static final TestStack OWN =
      TestStack.of(
          Options.of(Functions.ofService(TestStack.PATIENT)).withClock(standing()).withFaults());

  private static final LocalStack stack = OWN.stack();

  private static Clock standing() {
    return Clock.fixed(Instant.now(), ZoneOffset.UTC);
  }

  private static Map<String, AttributeValue> grant(String callerId) {
    Principal pipeline = stack.people().pipeline().principal();
    return AllowListRows.grant(pipeline.identityArn(), callerId, OTHER_ROLE, Instant.now());
  }

  private static void put(Map<String, AttributeValue> item) {
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(item));
  }

  private static Map<?, ?> roles() throws Exception {
    return roles(Map.of());
  }

  private static Map<?, ?> roles(Map<String, ?> page) throws Exception {
    try (SignedClient client = stack.caller(stack.people().pipeline())) {
      HttpResponse<String> answer = client.post("/roles", Json.write(page));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return ((JsonObject.Read) JsonObject.read(answer.body())).object().members();
    }
  }

  private static List<Object> grants(Map<?, ?> answer, String member) {
    return ((List<?>) Objects.requireNonNull(answer.get("grants")))
        .stream().map(grant -> (Object) ((Map<?, ?>) grant).get(member)).toList();
  }

  @Test
  void aCallerIsToldWhoItIsAndWhatItHolds() throws Exception {
    Map<?, ?> answer = roles();

    Principal pipeline = stack.people().pipeline().principal();
    assertThat(answer.get("caller"))
        .isEqualTo(
            Map.of(
                "arn", pipeline.arn(), "uniqueId", pipeline.userId(), "account", "111122223333"));
    assertThat(grants(answer, "roleArn")).containsExactly(stack.demonstration().roleArn());
    assertThat(grants(answer, "usable")).containsExactly(true);
    assertThat(answer.get("truncated")).isEqualTo(false);
  }

  /** So the schedule that keeps the snapshot can ask without a trace in the audit. */
  @Test
  void aCallerWithoutGrantsIsToldSo_AndNothingIsRecorded() throws Exception {
    int before = stack.tables().rows(stack.auditTable()).size();
    try (SignedClient client = stack.caller(stack.people().auditor())) {
      var answer = client.post("/roles", "{}");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"grants\":[]");
    }
    assertThat(stack.tables().rows(stack.auditTable())).hasSize(before);
  }

  @Test
  void aGrantThatHasEndedIsToldAndIsNotUsable() throws Exception {
    Map<String, AttributeValue> ended = grant(stack.people().pipeline().principal().userId());
    ended.put("expiresAt", AttributeValue.fromN("1"));
    put(ended);

    assertThat(grants(roles(), "usable")).containsExactly(true, false);
  }

  @Test
  void aGrantOfAnotherUniqueIdIsNotTold() throws Exception {
    put(grant("AIDAEXAMPLEFORMERUSER"));

    assertThat(grants(roles(), "roleArn")).containsExactly(stack.demonstration().roleArn());
  }

  @Test
  void aCorruptGrantIsLeftOut() throws Exception {
    Map<String, AttributeValue> corrupt = grant(stack.people().pipeline().principal().userId());
    corrupt.remove("disabled");
    put(corrupt);

    assertThat(grants(roles(), "roleArn")).containsExactly(stack.demonstration().roleArn());
  }

  @Test
  void aGrantIsToldWithItsClientsName() throws Exception {
    Map<String, AttributeValue> strangers = grant(stack.people().pipeline().principal().userId());
    strangers.put("sk", AttributeValue.fromS("role#arn:aws:iam::999988887777:role/vended/x"));
    put(strangers);

    Map<?, ?> answer = roles();

    assertThat(grants(answer, "clientAccount")).containsExactly("444455556666", "999988887777");
    assertThat(grants(answer, "clientName")).containsExactly("Example Client", null);
  }

  /** In one word: the caller must not learn why. */
  @Test
  void aGrantThatWouldNotBeVendedIsNotUsable() throws Exception {
    assertThat(grants(roles(), "usable")).containsExactly(true);
    try (Administrator admin = new Administrator(stack)) {
      admin.post("/clients/suspend", Map.of("account", "444455556666", "suspended", true));
      assertThat(grants(roles(), "usable")).containsExactly(false);
      admin.post("/clients/suspend", Map.of("account", "444455556666", "suspended", false));
      assertThat(grants(roles(), "usable")).containsExactly(true);
      admin.post("/clients/suspend", Map.of("all", true, "stopped", true));
      assertThat(grants(roles(), "usable")).containsExactly(false);
    }
  }

  @Test
  void withoutNamesTheGrantsAreToldAllTheSame() throws Exception {
    stack
        .tablesProxy()
        .fault(
            "BatchGetItem",
            "",
            1,
            Integer.MAX_VALUE,
            FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));

    Map<?, ?> answer = roles();

    assertThat(grants(answer, "roleArn")).containsExactly(stack.demonstration().roleArn());
    assertThat(grants(answer, "clientName")).containsOnlyNulls();
  }

  @Test
  void moreThanAThousandGrantsAreToldPageByPage() throws Exception {
    String callerId = stack.people().pipeline().principal().userId();
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (int number = 0; number < 1003; number++) {
      Map<String, AttributeValue> item = grant(callerId);
      String role = "role#arn:aws:iam::%d:role/vended/deploy".formatted(555500000000L + number);
      item.put("sk", AttributeValue.fromS(role));
      rows.add(item);
    }
    stack.tables().put(stack.allowListTable(), rows);

    Map<?, ?> first = roles();
    Map<?, ?> second = roles(Map.of("cursor", String.valueOf(first.get("cursor"))));

    assertThat(first.get("truncated")).isEqualTo(true);
    assertThat(second.get("truncated")).isEqualTo(false);
    assertThat(second.get("cursor")).isNull();
    List<Object> all = new ArrayList<>(grants(first, "roleArn"));
    assertThat(all).hasSize(1000);
    all.addAll(grants(second, "roleArn"));
    assertThat(all).hasSize(1004).doesNotHaveDuplicates();
    assertThat(grants(first, "clientName").getFirst()).isEqualTo("Example Client");
  }

  /**
   * What a caller gets with one grant to a page: the roles, and the cursors as it can read them.
   */
  private record Walk(List<Object> roles, List<String> cursors) {}

  private static Walk walk() throws Exception {
    Walk walk = new Walk(new ArrayList<>(), new ArrayList<>());
    Map<String, Object> page = new HashMap<>(Map.of("limit", 1));
    while (true) {
      Map<?, ?> answer = roles(page);
      walk.roles().addAll(grants(answer, "roleArn"));
      if (!(answer.get("cursor") instanceof String cursor)) {
        return walk;
      }
      walk.cursors().add(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
      page.put("cursor", cursor);
    }
  }

  @Test
  void noCursorNamesAGrantThatTheCallerIsNotShown() throws Exception {
    String role = "arn:aws:iam::444455556666:role/vended/";
    for (String name : List.of("a-hidden", "b-hidden", "m-hidden", "z-hidden")) {
      Map<String, AttributeValue> hidden = grant("AIDAEXAMPLEFORMERUSER");
      hidden.put("sk", AttributeValue.fromS("role#" + role + name));
      put(hidden);
    }
    put(grant(stack.people().pipeline().principal().userId()));

    Walk walk = walk();

    assertThat(walk.roles()).containsExactly(stack.demonstration().roleArn(), OTHER_ROLE);
    assertThat(walk.cursors()).containsExactly(stack.demonstration().roleArn());
  }

  @Test
  void rowsThatNameNoRoleAreReadOver() throws Exception {
    Map<String, AttributeValue> corrupt = grant(stack.people().pipeline().principal().userId());
    for (String name : List.of("", "a row that names no role", "é", "x".repeat(1010))) {
      corrupt.put("sk", AttributeValue.fromS("role#" + name));
      put(corrupt);
    }
    put(grant(stack.people().pipeline().principal().userId()));

    Walk walk = walk();

    assertThat(walk.roles()).containsExactly(stack.demonstration().roleArn(), OTHER_ROLE);
    assertThat(walk.cursors()).containsExactly(stack.demonstration().roleArn());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Items':[],'LastEvaluatedKey':{'pk':{'S':'x'}}}",
        "{'Items':[],'LastEvaluatedKey':{'pk':{'S':'x'},'sk':{'S':'x'}}}",
        "{'Items':[{'pk':{'S':'x'}},{'pk':{'S':'x'}},{'pk':{'S':'x'}}]}"
      })
  void answersThatDoNotSayWhereToGoOnAreNoFaultOfTheService(String body) throws Exception {
    stack.tablesProxy().fault("Query", "", FaultyProxy.Answer.dynamo(body.replace('\'', '"')));

    try (SignedClient client = stack.caller(stack.people().pipeline())) {
      HttpResponse<String> answer = client.post("/roles", "{\"limit\":1}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    }
  }

  /** Each look at the clock takes a second, so that nobody waits for the time limit. */
  @Test
  void readingEndsThoughRowsThatTheCallerIsNotShownNeverEnd() throws Exception {
    String more = "{'Items':[],'LastEvaluatedKey':{'pk':{'S':'x'},'sk':{'S':'role#x'}}}";
    Options options = Options.of(Functions.ofService(TestStack.PATIENT)).withFaults();
    try (LocalStack late =
            LocalStack.start(
                options.withClock(new SteppingClock(Instant.now(), Duration.ofSeconds(1))));
        SignedClient client = late.caller(late.people().pipeline())) {
      late.tablesProxy().fault("Query", "", FaultyProxy.Answer.dynamo(more.replace('\'', '"')));

      assertThat(client.post("/roles", "{\"limit\":1}").statusCode()).isEqualTo(503);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'cursor':'%%%'}", "{'cursor':''}", "{'cursor':'w6k'}", "{'limit':1001}"})
  void aPageThatThereIsNotIsRefused(String body) throws Exception {
    try (SignedClient client = stack.caller(stack.people().pipeline())) {
      assertThat(client.post("/roles", body.replace('\'', '"')).statusCode()).isEqualTo(400);
    }
  }
}
