package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.InSoak;
import vended.local.AllowListRows;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/** What administrators do with the script, against the whole stack. */
class AdminTest {
  private static final String ACCOUNT = "555566667777";
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";
  private static final String BUILDER = "arn:aws:iam::111122223333:role/Builder";
  private static final String BUILDER_ID = "AROAEXAMPLEBUILDER001";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @BeforeEach
  void reset() {
    stack.sts().removeRole(ROLE);
  }

  static Stream<Shell> shells() {
    return Shell.matrix(AdminTest.class);
  }

  private Run run(Shell shell, Keys.Key key, String... arguments) {
    return Run.vend(shell, home, arguments)
        .with("VEND_URL", stack.url().toString())
        .with("AWS_REGION", LocalStack.REGION)
        .with("AWS_ACCESS_KEY_ID", key.id())
        .with("AWS_SECRET_ACCESS_KEY", key.secret())
        .with("TMPDIR", home.toString());
  }

  private Run admin(Shell shell, String... arguments) {
    return run(shell, stack.people().administrator(), arguments);
  }

  private Run.Result done(Shell shell, String... arguments) {
    Run.Result result = admin(shell, arguments).result();
    assertThat(result.exit()).as("%s%s", result.out(), result.err()).isZero();
    return result;
  }

  private static void seed(String account, String role) {
    var row =
        AllowListRows.client(
            account, "Client " + account, "external-id-of-" + account, role, Instant.now());
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(row));
  }

  private void makeRole(String condition) {
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Principal": {"AWS": "%s"},
           "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]%s}]}
        """
            .formatted(stack.people().vendor().principal().identityArn(), condition);
    stack.sts().addRole(ROLE, trust, Duration.ofHours(1));
  }

  private String file(String... lines) throws IOException {
    Path file = home.resolve("grants.jsonl");
    Files.write(file, List.of(lines));
    return file.toString();
  }

  /** A line of a file, with ' for ". */
  private static String line(String caller, String members) {
    return "{'caller':'%s','roleArn':'%s'%s}".formatted(caller, ROLE, members).replace('\'', '"');
  }

  private static String builder(String members) {
    return line(BUILDER, ",'callerId':'" + BUILDER_ID + "'" + members);
  }

  private static long grants() {
    return stack.tables().rows(stack.allowListTable()).stream()
        .filter(row -> AttributeValue.fromS("grant").equals(row.get("kind")))
        .count();
  }

  @Test
  void aClientIsPutChangedSuspendedAndShown() {
    Run.Result put =
        done(Shell.any(), "client", "put", ACCOUNT, "--name", "Nëw \"Client\" \\", "--role", ROLE);
    assertThat(put.out()).containsPattern("ExternalId=[0-9a-f]{32}\n");

    done(Shell.any(), "client", "put", ACCOUNT, "--role", ROLE + "2");
    done(Shell.any(), "client", "put", ACCOUNT, "--remove-role", ROLE);
    done(Shell.any(), "client", "suspend", ACCOUNT);

    assertThat(done(Shell.any(), "client", "list").out())
        .containsPattern("555566667777  Nëw \"Client\" \\\\ +suspended  4 +" + ROLE + "2 +not ver");
    assertThat(done(Shell.any(), "client", "show", ACCOUNT).out())
        .contains("client.name", "onboarding.templateParameters.ExternalId");
    assertThat(done(Shell.any(), "client", "show", ACCOUNT, "--format", "json").out())
        .startsWith("{\"client\":{\"account\":\"555566667777\"");
    done(Shell.any(), "client", "resume", ACCOUNT);
    assertThat(done(Shell.any(), "client", "list").out()).doesNotContain("suspended");
  }

  @Test
  void anExternalIdFromBeforeIsTakenOverOnce() {
    String old = "acme-corp-2019-secret";
    String[] put = {
      "client", "put", ACCOUNT, "--name", "A", "--role", ROLE, "--import-external-id", old
    };
    assertThat(done(Shell.any(), put).out()).contains("ExternalId=" + old);
    assertThat(done(Shell.any(), put).out()).contains("ExternalId=" + old);

    put[put.length - 1] = "another-external-id";
    Run.Result other = admin(Shell.any(), put).result();
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).contains("nothing was changed");
  }

  @Test
  void aRoleThatLetsStrangersInIsNotVerified_AndTheClientIsToldWhy() {
    done(Shell.any(), "client", "put", ACCOUNT, "--name", "A", "--role", ROLE);
    makeRole("");

    Run.Result verify = admin(Shell.any(), "client", "verify", ACCOUNT, "--wait", "0").result();

    assertThat(verify.exit()).isEqualTo(1);
    assertThat(verify.out()).isEqualTo(ROLE + " NOT verified\n");
    assertThat(verify.err()).contains("sts:ExternalId");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aGrantIsPutChangedAndRemoved(Shell shell) {
    seed(ACCOUNT, ROLE);
    Run.Result put =
        admin(
                shell,
                "grant",
                "put",
                BUILDER,
                ROLE,
                "--caller-id",
                BUILDER_ID,
                "--duration=15m",
                "--policy",
                "-",
                "--tag",
                "team=a b=c",
                "--description",
                "é \\\" $(id)",
                "--expires",
                "2099-01-01T00:00:00Z")
            .input(
                """
                { "Version": "2012-10-17",
                  "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } }
                """)
            .result();
    assertThat(put.exit()).as(put.err()).isZero();
    assertThat(put.err()).contains("1 added");

    assertThat(done(shell, "grant", "export", "--role", ROLE).out())
        .isEqualTo(
            builder(
                    ",'maxDurationSeconds':900,"
                        + "'policy':'{\\'Version\\':\\'2012-10-17\\',\\'Statement\\':{"
                        + "\\'Effect\\':\\'Deny\\',\\'Action\\':\\'*\\',\\'Resource\\':\\'*\\'}}',"
                        + "'tags':{'team':'a b=c'},'expiresAt':'2099-01-01T00:00:00Z',"
                        + "'description':'\\u00e9 \\\\\\' $(id)'")
                + "\n");
    String[] again = {"grant", "put", BUILDER, ROLE, "--caller-id", BUILDER_ID, "--disabled"};
    assertThat(done(shell, again).err()).contains("1 changed");
    assertThat(done(shell, again).err()).contains("nothing to change");
    assertThat(done(shell, "grant", "list", "--caller", BUILDER).out()).contains("disabled");
    done(shell, "grant", "remove", BUILDER, ROLE);
    assertThat(admin(shell, "grant", "remove", BUILDER, ROLE).result().exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void applyShowsWhatDiffersAndChangesJustThat(Shell shell) throws Exception {
    seed(ACCOUNT, ROLE);
    String other = "arn:aws:iam::111122223333:user/other";
    String file =
        file(
            "\ufeff# comment",
            "",
            builder(",'maxDurationSeconds':900") + "  ",
            "\t" + line(other, ", 'unpinned': true"));

    Run.Result dry = done(shell, "grant", "apply", file, "--dry-run");
    assertThat(dry.out())
        .contains(
            "+ " + BUILDER + " -> " + ROLE + "\n    callerId: \"" + BUILDER_ID + "\"\n",
            "+ " + other,
            "- arn:aws:iam::111122223333:role/Deployer -> ");
    assertThat(dry.err()).contains("2 to add, 0 to change, 2 to remove, 0 unchanged");
    assertThat(grants()).isEqualTo(2);

    assertThat(done(shell, "grant", "apply", file, "--keep-others", "--yes").err())
        .contains("2 added, 0 changed, 0 removed");
    Run.Result change = done(shell, "grant", "apply", file(builder("")), "--yes");
    assertThat(change.out()).contains("~ " + BUILDER, "    maxDurationSeconds: 900 -> 3600");
    assertThat(change.err()).contains("0 added, 1 changed, 3 removed");
    assertThat(grants()).isEqualTo(1);
    assertThat(done(shell, "grant", "apply", file(builder(""))).err())
        .contains("0 to add, 0 to change, 0 to remove, 1 unchanged");
  }

  @Test
  void exportWritesWhatApplyReads() throws Exception {
    Run.Result export = done(Shell.any(), "grant", "export");

    Run.Result apply = admin(Shell.any(), "grant", "apply", "-").input(export.out()).result();
    assertThat(apply.exit()).as(apply.err()).isZero();
    assertThat(apply.err()).contains("0 to add, 0 to change, 0 to remove, 2 unchanged");
    assertThat(apply.out()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void applyWithNobodyToAskChangesNothing(Shell shell) throws Exception {
    seed(ACCOUNT, ROLE);
    // A session of its own has no terminal, also where the tests are run from one.
    Run.Result result = admin(shell, "grant", "apply", file(builder(""))).result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("--yes");
    assertThat(grants()).isEqualTo(2);
  }

  @Test
  void aFileThatIsWrongIsToldByItsLines_AndNothingIsChanged() throws Exception {
    seed(ACCOUNT, ROLE);
    Run.Result invalid =
        admin(
                Shell.any(),
                "grant",
                "apply",
                file("# one", builder(""), "", line("x", ""), "{", builder("")),
                "--yes")
            .result();
    assertThat(invalid.exit()).isEqualTo(1);
    assertThat(invalid.err())
        .contains("line 4: caller must be", "line 5: is not valid JSON", "line 6: has the same");

    Run.Result refused =
        admin(Shell.any(), "grant", "apply", file(builder("").replace("deploy", "x")), "--yes")
            .result();
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).contains("! " + BUILDER, "role_not_known");
    assertThat(refused.err()).contains("nothing was changed");

    Run.Result empty = admin(Shell.any(), "grant", "apply", file("# nothing"), "--yes").result();
    assertThat(empty.exit()).isEqualTo(1);
    assertThat(empty.err()).contains("has no grants");

    Run.Result control =
        admin(Shell.any(), "grant", "apply", file(builder("") + "\001"), "--yes").result();
    assertThat(control.err()).contains("line 1 of the file has control characters");
    assertThat(grants()).isEqualTo(2);
  }

  /** Further apart than one request reaches. */
  @Test
  void aGrantThatIsNamedTwiceIsRefused() throws Exception {
    seed(ACCOUNT, ROLE);
    String[] lines = new String[120];
    Arrays.setAll(lines, number -> line(BUILDER + number, ",'unpinned':true"));
    lines[119] = lines[0].replace("}", ",\"disabled\":true}");

    Run.Result result = admin(Shell.any(), "grant", "apply", file(lines), "--yes").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("names this grant twice", BUILDER + "0 -> " + ROLE);
    assertThat(grants()).isEqualTo(2);
  }

  /** A plan that was cut short would remove what the file names. */
  @Test
  void whereTheServiceAnswersForOtherLinesNothingIsDone() throws Exception {
    String one =
        "{\"action\":\"keep\",\"caller\":\"%s\",\"roleArn\":\"%s\",\"version\":1}"
            .formatted(BUILDER, ROLE);
    String answer = "{\"results\":[%s,%s]}".formatted(one, one.replace("Builder", "Other"));
    try (StandIn server = new StandIn(request -> StandIn.Answer.json(answer))) {
      Run.Result result =
          admin(Shell.any(), "grant", "apply", file(builder("")), "--yes")
              .with("VEND_URL", server.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("don't match the request");
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aRowThatCannotBeReadIsToldOf_AndAnExportIsNotWhole() {
    var row = new HashMap<>(AllowListRows.grant(BUILDER, BUILDER_ID, ROLE, Instant.now()));
    row.put("maxDurationSeconds", AttributeValue.fromS("long"));
    stack.tables().client().putItem(call -> call.tableName(stack.allowListTable()).item(row));

    Run.Result result = admin(Shell.any(), "grant", "export").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.err()).contains("can't be read", BUILDER);
  }

  @Test
  void aRoleThatIsToGoMustBeThere() {
    done(Shell.any(), "client", "put", ACCOUNT, "--name", "A", "--role", ROLE);

    Run.Result result =
        admin(Shell.any(), "client", "put", ACCOUNT, "--remove-role", ROLE + "x").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("has no role " + ROLE + "x");
  }

  /** Several batches and pages, with the progress of a run that nobody watches. */
  @InSoak("more lines; AwkTest has how they are cut into requests, the other tests what is applied")
  @Test
  void manyGrantsOfManyClients_AndAgain() throws Exception {
    int clients = Integer.getInteger("grant.clients", 11);
    int all = clients * 10;
    String[] lines = new String[all];
    for (int client = 0; client < clients; client++) {
      String account = "6%011d".formatted(client);
      String role = "arn:aws:iam::%s:role/vended/deploy".formatted(account);
      seed(account, role);
      for (int number = 0; number < 10; number++) {
        lines[client * 10 + number] =
            line(
                    "arn:aws:iam::111122223333:role/Builder" + number,
                    ",'callerId':'AROAEXAMPLEBUILDER%03d'".formatted(number))
                .replace(ROLE, role);
      }
    }
    String file = file(lines);

    Run.Result first = slow("grant", "apply", file, "--yes", "--keep-others");
    assertThat(first.err())
        .contains(
            all + " of " + all + " compared", all + " of " + all + " changed", all + " added");
    Run.Result again = slow("grant", "apply", file, "--yes", "--keep-others");
    assertThat(again.err()).contains(all + " unchanged").doesNotContain("changed,");
    assertThat(again.out()).isEmpty();
    assertThat(slow("grant", "export").out().lines()).hasSize(all + 2);
    String fewer = file(Arrays.copyOf(lines, all - 9));
    assertThat(slow("grant", "apply", fewer, "--yes").err()).contains("11 removed");
    assertThat(
            stack.tables().rows(stack.auditTable()).stream()
                .filter(row -> row.containsKey("outcome"))
                .map(row -> Items.text(row, "outcome")))
        .hasSize(all + 11)
        .containsOnly("made");
  }

  /** Minutes, where there are ten thousand grants. */
  private Run.Result slow(String... arguments) {
    Run run = admin(Shell.any(), arguments);
    Instant start = Instant.now();
    Run.Result result = run.await(run.start(), Duration.ofMinutes(20));
    assertThat(result.exit()).as("%s%s", result.out(), result.err()).isZero();
    System.out.printf(
        "vend %s: %d s%n", String.join(" ", arguments), start.until(Instant.now()).toSeconds());
    return result;
  }

  @Test
  void stopAndStartHoldFromTheNextCall() {
    Keys.Key pipeline = stack.people().pipeline();
    String role = stack.demonstration().roleArn();

    assertThat(done(Shell.any(), "stop").err()).contains("stopped");
    assertThat(run(Shell.any(), pipeline, "credentials", role).result().exit()).isEqualTo(1);
    done(Shell.any(), "start");
    assertThat(run(Shell.any(), pipeline, "credentials", role).result().exit()).isZero();
  }

  @Test
  void revokePrintsThePolicyForACallerOrAVend() {
    Keys.Key session = stack.people().session();
    String id = session.principal().userId().replaceFirst(":.*", "");

    Run.Result caller = done(Shell.any(), "revoke", "arn:aws:iam::111122223333:role/Deployer");
    assertThat(caller.out())
        .contains(
            "\"aws:SourceIdentity\":[\"" + id + "\"]",
            "\"aws:userid\":\"*:Deployer@*\"",
            "\"DateLessThan\":{\"aws:TokenIssueTime\":\"20");
    assertThat(caller.err()).contains(stack.demonstration().roleArn());
    assertThat(done(Shell.any(), "revoke", "01M8AQ4EPCPHNR9099NDNQVT51").out())
        .contains("\"aws:userid\":\"*:*@01M8AQ4EPCPHNR9099NDNQVT51\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client",
        "client drop",
        "client put 12",
        "client put 555566667777 --role x",
        "client list extra",
        "client suspend 555566667777 --name x",
        "client list --format lines",
        "client verify 555566667777 --wait x",
        "grant put",
        "grant put arn:aws:iam::111122223333:role/Builder",
        "grant put arn:aws:iam::111122223333:role/Builder arn:aws:iam::555566667777:role/a",
        "grant put arn:aws:iam::111122223333:role/* arn:aws:iam::555566667777:role/a --unpinned",
        "grant apply /nowhere",
        "grant list --yes",
        "grant list --caller",
        "stop now",
        "revoke",
        "revoke $(id)",
        "revoke deployer",
        "revoke 01m8aq4epcphnr9099ndnqvt51"
      })
  void whatCannotBeMeantIsRefusedBeforeAnythingIsSent(String command) {
    Run.Result result = admin(Shell.any(), command.split(" ", -1)).result();

    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(stack.tables().rows(stack.auditTable())).isEmpty();
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    done(Shell.any(), "grant", "export");
    admin(Shell.any(), "grant", "apply", file("{"), "--yes").result();

    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("vend."));
    }
  }

  @Test
  void withoutItsPartTheScriptSaysWhatIsMissing() throws Exception {
    Path alone = home.resolve("vend");
    Files.copy(Run.VEND, alone);

    Run.Result result = admin(Shell.any(), "client", "list").script(alone).result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("vend-admin", home.toString());
  }
}
