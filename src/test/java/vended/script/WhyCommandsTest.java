package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Soak;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;

/** A vend is refused; vend why prints commands; once they have run, as printed, it is granted. */
class WhyCommandsTest {
  private static final Pattern VEND_ID = Pattern.compile("\"vendId\":\"([0-9A-Z]{26})\"");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();
  private static final String ROLE = stack.demonstration().roleArn();
  private static final String ACCOUNT = stack.demonstration().account();
  private static final String CALLER = stack.people().session().principal().identityArn();
  private static final String CALLER_ID =
      stack.people().session().principal().userId().replaceFirst(":.*", "");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path home;

  private ScriptOnStack script = new ScriptOnStack(stack, Path.of("."));

  @BeforeEach
  void aHome() {
    script = new ScriptOnStack(stack, home);
  }

  /**
   * Something that stands against a vend.
   *
   * @param code the reason that is recorded
   * @param commands the options that the printed commands have
   */
  record Case(String code, Map<String, AttributeValue> row, List<String> commands) {
    @Override
    public String toString() {
      return code;
    }
  }

  private static Instant now() {
    return Instant.now();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static Map<String, AttributeValue> grant(Map<String, AttributeValue> members) {
    Map<String, AttributeValue> row = AllowListRows.grant(CALLER, CALLER_ID, ROLE, now());
    row.putAll(members);
    return row;
  }

  private static Map<String, AttributeValue> client(Map<String, AttributeValue> members) {
    Map<String, AttributeValue> row =
        AllowListRows.client(
            ACCOUNT, "$(x) 'Client'", stack.demonstration().externalId(), ROLE, now());
    row.putAll(members);
    return row;
  }

  private static Map<String, AttributeValue> roles(Map<String, AttributeValue> roles) {
    return client(Map.of("roles", AttributeValue.fromM(roles)));
  }

  private static AttributeValue seconds(long fromNow) {
    return AttributeValue.fromN(Long.toString(now().getEpochSecond() + fromNow));
  }

  private static final String VERIFY = "client verify " + ROLE;
  private static final AttributeValue TRUE = AttributeValue.fromBool(true);

  /** Each command, and each option of one. allThatIsWrongIsPutRightAtOnce has the others. */
  static Stream<Case> cases() {
    Stream<Case> each =
        Stream.of(
            new Case(
                "caller_id_mismatch",
                grant(
                    Map.of(
                        "callerId",
                        text("AROAANOTHERONE000001"),
                        "disabled",
                        TRUE,
                        "notBefore",
                        seconds(9999),
                        "expiresAt",
                        seconds(-1))),
                List.of("--caller-id " + CALLER_ID + " --enabled --no-not-before --expires 7d")),
            new Case(
                "duration_over_grant",
                grant(Map.of("maxDurationSeconds", AttributeValue.fromN("900"))),
                List.of("--duration 3600")),
            new Case("role_not_verified", roles(Map.of(ROLE, drifted())), List.of(VERIFY)),
            new Case(
                "role_not_verified",
                roles(Map.of()),
                List.of("client put " + ACCOUNT + " --role " + ROLE, VERIFY)));
    return Soak.ON ? Stream.concat(each, alone()) : each;
  }

  private static AttributeValue drifted() {
    return AttributeValue.fromM(Map.of("drift", text("01JZ0000000000000000000001")));
  }

  private static Stream<Case> alone() {
    return Stream.of(
        new Case("vending_stopped", AllowListRows.vending(true, now()), List.of("start")),
        new Case("grant_disabled", grant(Map.of("disabled", TRUE)), List.of("--enabled")),
        new Case("grant_expired", grant(Map.of("expiresAt", seconds(-1))), List.of("--expires 7d")),
        new Case(
            "grant_not_yet_valid",
            grant(Map.of("notBefore", seconds(9999))),
            List.of("--no-not-before")),
        new Case(
            "client_suspended",
            client(Map.of("suspended", TRUE)),
            List.of("client resume " + ACCOUNT)),
        new Case(
            "role_not_verified",
            roles(Map.of(ROLE, AttributeValue.fromM(Map.of()))),
            List.of(VERIFY)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePrintedCommandsChangeTheDecision(Case broken) throws Exception {
    stack.tables().put(stack.allowListTable(), List.of(broken.row()));
    String vendId = refused();

    Run.Result why = script.admin(Shell.any(), "why", vendId).result();
    assertThat(why.exit()).as("%s%s", why.out(), why.err()).isEqualTo(3);
    assertThat(why.out()).contains("(" + broken.code() + ")", "Now: no: ");
    List<String> commands = commands(why);
    assertThat(commands).hasSameSizeAs(broken.commands());
    for (int i = 0; i < commands.size(); i++) {
      assertThat(commands.get(i)).endsWith(broken.commands().get(i));
    }

    run(commands);
    assertThat(vend(Map.of("roleArn", ROLE, "durationSeconds", 3600))).startsWith("{\"Version\":1");
    Run.Result after = script.admin(Shell.any(), "why", vendId).result();
    assertThat(after.exit()).as("%s", after.out()).isZero();
    assertThat(after.out()).contains("Now: yes. Nothing stands against it any more.");
  }

  @Test
  void allThatIsWrongIsPutRightAtOnce() throws Exception {
    stack
        .tables()
        .put(
            stack.allowListTable(),
            List.of(
                AllowListRows.vending(true, now()),
                client(Map.of("suspended", AttributeValue.fromBool(true))),
                grant(
                    Map.of("disabled", AttributeValue.fromBool(true), "expiresAt", seconds(-1)))));
    script.done(Shell.any(), "grant", "remove", CALLER, ROLE);
    String vendId = refused();

    run(commands(script.admin(Shell.any(), "why", vendId).result()));

    assertThat(vend(Map.of("roleArn", ROLE))).startsWith("{\"Version\":1");
  }

  @Test
  void withoutAClient_TheCommandsMakeOneThatHasToCreateItsRole() throws Exception {
    stack
        .tables()
        .client()
        .deleteItem(
            call ->
                call.tableName(stack.allowListTable())
                    .key(Map.of("pk", text("account#" + ACCOUNT), "sk", text("client"))));
    String vendId = refused();
    List<String> commands = commands(script.admin(Shell.any(), "why", vendId).result());

    run(commands.subList(0, 1));

    Run.Result why = script.auditor(Shell.any(), "why", CALLER, ROLE, "--format", "json").result();
    assertThat(why.exit()).as("%s", why.err()).isEqualTo(3);
    assertThat(why.out()).contains("\"reasons\":[\"role_not_verified\"]", "Client " + ACCOUNT);
    assertThat(commands.get(1)).isEqualTo("vend client verify " + ROLE);
  }

  private static String refused() throws Exception {
    Matcher vendId = VEND_ID.matcher(vend(Map.of("roleArn", ROLE, "durationSeconds", 3600)));
    assertThat(vendId.find()).isTrue();
    return Objects.requireNonNull(vendId.group(1));
  }

  private static String vend(Map<String, ?> body) throws Exception {
    try (SignedClient session = stack.caller(stack.people().session())) {
      return session.post("/credentials", vended.json.Json.write(new HashMap<>(body))).body();
    }
  }

  private static List<String> commands(Run.Result why) {
    return why.out().lines().filter(line -> line.startsWith("  vend ")).map(String::strip).toList();
  }

  /** By a shell, as pasted. */
  private void run(List<String> commands) throws IOException {
    Path pasted = home.resolve("pasted");
    Files.writeString(pasted, "set -e\n" + String.join("\n", commands) + "\n");
    Run.Result result =
        script
            .admin(Shell.any())
            .programsIn(Objects.requireNonNull(Run.VEND.getParent()))
            .script(pasted)
            .result();
    assertThat(result.exit()).as("%s%s%s", commands, result.out(), result.err()).isZero();
    assertThat(home.resolve("pwned")).doesNotExist();
  }
}
