package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.template.Template;

/** {@code vend audit compare}, after the allow-list was restored from a backup. */
class CompareTest {
  private static final String SUSPENDED = "555566667777";
  private static final String FEWER_ROLES = "666677778888";
  private static final String NEW_CLIENT = "777788889999";
  private static final Template TEMPLATE = Template.read(Path.of("template.yaml"), Map.of());

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  private final String role = stack.demonstration().roleArn();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @SuppressWarnings("NullAway.Init")
  private ScriptOnStack script;

  @SuppressWarnings("NullAway.Init")
  private Keys.Key restorer;

  private final Shell shell = Shell.matrix(CompareTest.class).findFirst().orElseThrow();

  static Stream<Shell> shells() {
    return Shell.matrix(CompareTest.class);
  }

  /** Somebody with both policies. */
  @BeforeEach
  void hire() {
    script = new ScriptOnStack(stack, home);
    restorer = script.hire("restorer", TEMPLATE, "AdministratorPolicy", "AuditorPolicy");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatWasTakenAwaySinceTheBackupIsFoundAndTakenAwayAgain(Shell shell) throws Exception {
    fill();
    List<Map<String, AttributeValue>> backup = rows(stack.allowListTable());
    take();
    age();
    Run.Result before = compare(shell);
    assertThat(before.exit()).as(before.out() + before.err()).isZero();
    assertThat(before.out()).isEmpty();
    assertThat(before.err()).contains("0 differences").contains("vending is stopped");

    stack.tables().empty(stack.allowListTable());
    stack.tables().put(stack.allowListTable(), backup);
    Run.Result restored = compare(shell);

    assertThat(restored.exit()).isEqualTo(3);
    assertThat(restored.err()).contains("9 differences").contains("vending is running");
    assertThat(commands(restored))
        .containsExactly(
            "vend stop",
            "vend grant remove " + caller("Removed") + " " + role,
            "vend grant put " + caller("Disabled") + " " + role + " --disabled",
            "vend client suspend " + SUSPENDED,
            "vend client verify " + role,
            "vend client put " + FEWER_ROLES + " --remove-role " + second(FEWER_ROLES),
            "vend grant put " + caller("Narrowed") + " " + role + " --disabled",
            "vend grant put " + caller("Added") + " " + role,
            "vend client put " + NEW_CLIENT);
    assertThat(restored.out())
        .contains(
            "grant_back: was removed, and is there again",
            "grant_changed: has version 1, and had 2",
            "\"maxDurationSeconds\":900");

    // The last two need values that only a person has.
    for (String command : commands(restored).subList(0, 7)) {
      String[] words = command.substring("vend ".length()).split(" ");
      boolean stillOpen = command.contains("client verify");
      assertThat(script.admin(shell, words).result().exit())
          .as(command)
          .isEqualTo(stillOpen ? 1 : 0);
    }
    age();
    Run.Result after = compare(shell);
    assertThat(after.out()).contains("grant_missing: ", "client_missing: ");
    assertThat(after.err()).contains("2 differences").contains("vending is stopped");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whoMayNotReadBothIsRefused(Shell shell) {
    for (Keys.Key key : List.of(stack.people().auditor(), stack.people().administrator())) {
      Run.Result result = script.run(shell, key, "audit", "compare", "--since", "1h").result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("HTTP 403");
    }
  }

  /** What the backup has. */
  private void fill() throws Exception {
    for (String account : List.of(SUSPENDED, FEWER_ROLES)) {
      script.client(account, "Client " + account, first(account));
    }
    addRole(FEWER_ROLES, second(FEWER_ROLES));
    for (String name : List.of("Removed", "Disabled", "Narrowed", "Kept")) {
      put(name, "\"description\":\"\\\"version\\\":9}\"");
    }
  }

  /** What is done after it. */
  private void take() throws Exception {
    remove("Removed");
    put("Disabled", "\"disabled\":true,\"version\":1");
    put("Narrowed", "\"maxDurationSeconds\":900,\"version\":1");
    put("Added", "\"disabled\":false");
    post("/clients/suspend", "{\"account\":\"%s\",\"suspended\":true}".formatted(SUSPENDED));
    putClient(FEWER_ROLES, ",\"version\":1");
    putClient(NEW_CLIENT, "");
    stack.sts().addRole(role, trustingWithoutExternalId(), Duration.ofHours(1));
    assertThat(script.admin(shell, "client", "verify", role).result().exit()).isEqualTo(1);
    // Refused, and so not what became of the row.
    assertThat(script.admin(shell, "grant", "remove", caller("Nobody"), role).result().exit())
        .isEqualTo(1);
    post("/clients/suspend", "{\"all\":true,\"stopped\":true}");
    fillAPage();
  }

  /** Removes grants that the list doesn't have, more than a page of the audit shows. */
  private static void fillAPage() {
    Map<String, AttributeValue> removed =
        rows(stack.auditTable()).stream()
            .filter(row -> Items.text(row, "sk").equals("admin-outcome"))
            .filter(row -> Items.text(row, "action").equals("grants/remove"))
            .filter(row -> Items.text(row, "target").equals(caller("Removed")))
            .findFirst()
            .orElseThrow();
    List<Map<String, AttributeValue>> more = new ArrayList<>();
    for (int i = 100; i < 210; i++) {
      Map<String, AttributeValue> row = new HashMap<>(removed);
      row.put("pk", AttributeValue.fromS(Items.text(removed, "pk").substring(0, 23) + i));
      row.put("target", AttributeValue.fromS(caller("Gone" + i)));
      row.put("at", AttributeValue.fromS(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()));
      more.add(row);
    }
    stack.tables().put(stack.auditTable(), more);
  }

  private void put(String name, String members) throws Exception {
    post(
        "/grants/put",
        "{\"caller\":\"%s\",\"roleArn\":\"%s\",\"unpinned\":true,%s}"
            .formatted(caller(name), role, members));
  }

  private void remove(String name) throws Exception {
    post("/grants/remove", "{\"caller\":\"%s\",\"roleArn\":\"%s\"}".formatted(caller(name), role));
  }

  private static void putClient(String account, String version) throws Exception {
    post(
        "/clients/put",
        "{\"account\":\"%s\",\"name\":\"Client\",\"roles\":[\"%s\"]%s}"
            .formatted(account, first(account), version));
  }

  private static void post(String path, String body) throws Exception {
    try (SignedClient client = stack.caller(stack.people().administrator())) {
      HttpResponse<String> answer = client.post(path, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private static Object trustingWithoutExternalId() {
    return Map.of(
        "Version",
        "2012-10-17",
        "Statement",
        List.of(
            Map.of(
                "Effect", "Allow",
                "Principal", Map.of("AWS", stack.people().vendor().principal().identityArn()),
                "Action", "sts:AssumeRole")));
  }

  private Run.Result compare(Shell shell) {
    return script.run(shell, restorer, "audit", "compare", "--since", "2m").result();
  }

  private static List<String> commands(Run.Result result) {
    return Arrays.stream(result.out().split("\n"))
        .filter(line -> line.startsWith("  do "))
        .map(line -> line.substring(10))
        .toList();
  }

  private static void addRole(String account, String roleArn) {
    Map<String, AttributeValue> row = new HashMap<>(row(account));
    Map<String, AttributeValue> roles = new HashMap<>(Items.value(row, "roles").m());
    roles.put(roleArn, roles.values().iterator().next());
    row.put("roles", AttributeValue.fromM(roles));
    stack.tables().put(stack.allowListTable(), List.of(row));
  }

  private static Map<String, AttributeValue> row(String account) {
    return rows(stack.allowListTable()).stream()
        .filter(row -> Items.text(row, "pk").equals("account#" + account))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, AttributeValue>> rows(String table) {
    return stack.tables().rows(table);
  }

  /** Makes the audit's records a minute older: the newest seconds are left out of its answers. */
  private static void age() {
    for (Map<String, AttributeValue> row : rows(stack.auditTable())) {
      if (row.containsKey("hourShard")) {
        Map<String, AttributeValue> older = new HashMap<>(row);
        String at = Instant.parse(Items.text(row, "at")).minusSeconds(60).toString();
        String shard = Items.text(row, "hourShard");
        older.put("at", AttributeValue.fromS(at));
        older.put(
            "hourShard",
            AttributeValue.fromS(at.substring(0, 13) + shard.substring(shard.indexOf('#'))));
        stack.tables().put(stack.auditTable(), List.of(older));
      }
    }
  }

  private static String caller(String name) {
    return "arn:aws:iam::111122223333:role/" + name;
  }

  private static String first(String account) {
    return "arn:aws:iam::%s:role/vended/deploy".formatted(account);
  }

  private static String second(String account) {
    return "arn:aws:iam::%s:role/vended/second".formatted(account);
  }
}
