package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.json.Json;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.TestStack;

/** No two grants of one caller and role ever have the same version. */
class GrantVersionsTest {
  private static final Map<String, String> KEY =
      Map.of("caller", Administrator.CALLER, "roleArn", Administrator.ROLE);

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @BeforeEach
  void aClientWithAVerifiedRole() throws Exception {
    admin.putVerifiedClient();
  }

  @Test
  void aGrantThatIsPutAgainGoesOnCounting() throws Exception {
    assertThat(put(null).at("grant/version")).isEqualTo(1L);
    assertThat(put(1L).at("grant/version")).isEqualTo(2L);
    assertThat(remove(2L).status()).isEqualTo(200);

    assertThat(put(null).at("grant/version")).isEqualTo(3L);
    assertThat(remove(null).status()).isEqualTo(200);
    assertThat(put(null).at("grant/version")).isEqualTo(4L);
  }

  @Test
  void aChangePlannedForTheOldGrantDoesNotMeetTheNewOne() throws Exception {
    put(null);
    remove(null);
    put(null);

    assertThat(put(1L).text("code")).isEqualTo("version_conflict");
    assertThat(put(1L).at("currentVersion")).isEqualTo(2L);
    assertThat(remove(1L).text("code")).isEqualTo("version_conflict");
    for (var planned : List.of(line(Map.of("version", 1, "disabled", true)), removal(1))) {
      assertThat(apply(planned).at("results/0/code")).isEqualTo("version_conflict");
    }
    assertThat(list(KEY.get("caller")).at("grants/0/version")).isEqualTo(2L);
    assertThat(list(KEY.get("caller")).at("grants/0/disabled")).isEqualTo(false);
  }

  @Test
  void aGrantThatItsEndTookAwayCountsToo() throws Exception {
    put(null);
    put(1L);
    delete("role#");

    assertThat(put(1L).text("code")).isEqualTo("no_grant");
    assertThat(put(null).at("grant/version")).isEqualTo(3L);
  }

  @Test
  void aGrantFromBeforeThisWasKeptIsChangedAndCounted() throws Exception {
    put(null);
    delete("last-version#");

    assertThat(put(1L).at("grant/version")).isEqualTo(2L);
    delete("last-version#");
    assertThat(remove(2L).status()).isEqualTo(200);
    assertThat(put(null).at("grant/version")).isEqualTo(3L);
  }

  @Test
  void aGrantThatWasWrittenByHandNeverLowersTheCount() throws Exception {
    put(null);
    Map<String, AttributeValue> row = new HashMap<>(row("role#"));
    for (int i = 0; i < 3; i++) {
      remove(null);
      put(null);
    }
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(row));

    assertThat(put(1L).at("grant/version")).isEqualTo(5L);
    row.put("version", AttributeValue.fromN("90"));
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(row));
    assertThat(remove(90L).status()).isEqualTo(200);
    assertThat(put(null).at("grant/version")).isEqualTo(91L);
  }

  @Test
  void noListHasTheRowsThatCount() throws Exception {
    put(null);
    remove(null);

    for (Map<String, String> selection :
        List.of(
            Map.of("caller", KEY.get("caller")),
            Map.of("roleArn", KEY.get("roleArn")),
            Map.<String, String>of())) {
      Answer answer = admin.post("/grants/list", selection);
      assertThat(answer.at("corrupt")).as("%s", answer.body()).isNull();
      assertThat((List<?>) Objects.requireNonNull(answer.at("grants")))
          .as("%s", answer.body())
          .hasSize(selection.isEmpty() ? 2 : 0);
    }
    assertThat(row("last-version#")).containsOnlyKeys("pk", "sk", "version");
  }

  @Test
  void aCountThatChangedMeanwhileIsAConflict() throws Exception {
    put(null);
    remove(null);
    // Somebody puts and removes the grant between this reading and this writing.
    var outrun =
        new FaultyProxy.Answer(
            400,
            "application/x-amz-json-1.0",
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                + "\"CancellationReasons\":[{\"Code\":\"None\"},"
                + "{\"Code\":\"ConditionalCheckFailed\"}]}");
    stack.tablesProxy().fault("TransactWriteItems", "", 1, 1, outrun);

    assertThat(put(null).text("code")).isEqualTo("version_conflict");
    assertThat(put(null).at("grant/version")).isEqualTo(2L);
  }

  private static Answer put(@Nullable Long version) throws Exception {
    Map<String, Object> body = new HashMap<>(KEY);
    body.put("callerId", Administrator.CALLER_ID);
    if (version != null) {
      body.put("version", version);
    }
    return admin.post("/grants/put", body);
  }

  private static Answer remove(@Nullable Long version) throws Exception {
    Map<String, Object> body = new HashMap<>(KEY);
    if (version != null) {
      body.put("version", version);
    }
    return admin.post("/grants/remove", body);
  }

  private static String removal(long version) {
    return line(Map.of("remove", true, "version", version));
  }

  private static String line(Map<String, Object> members) {
    Map<String, Object> body = new HashMap<>(KEY);
    if (!members.containsKey("remove")) {
      body.put("callerId", Administrator.CALLER_ID);
    }
    body.putAll(members);
    return Json.write(body);
  }

  private static Answer apply(String line) throws Exception {
    return admin.post("/grants/apply", Map.of("lines", List.of(line)));
  }

  private static Answer list(@Nullable String caller) throws Exception {
    return admin.post("/grants/list", Map.of("caller", Objects.requireNonNull(caller)));
  }

  private static Map<String, AttributeValue> row(String prefix) {
    return stack.tables().rows(stack.allowListTable()).stream()
        .filter(row -> Items.text(row, "pk").equals("caller#" + Administrator.CALLER))
        .filter(row -> Items.text(row, "sk").startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  private static void delete(String prefix) {
    var row = row(prefix);
    stack
        .tables()
        .client()
        .deleteItem(
            call ->
                call.tableName(stack.allowListTable())
                    .key(Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk"))));
  }
}
