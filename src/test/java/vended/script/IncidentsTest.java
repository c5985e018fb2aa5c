package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.InSoak;
import vended.Trail;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.template.Template;

/**
 * Has each incident of docs/incidents.md happen on the local stack, and runs the page's commands.
 * Another AWS CLI stands in for AWS's. {@code ./mvnw -Psoak} runs all sections, the default build
 * the first.
 */
class IncidentsTest {
  private static final Template TEMPLATE =
      Template.read(Path.of("template.yaml"), Map.of("AWS::Region", LocalStack.REGION));
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^( *)```sh\\n(.*?)^ *```$|^## ([^\\n]+)$");
  private static final String CALLER = "arn:aws:iam::111122223333:role/Deployer";
  private static final String INTRUDER = "arn:aws:iam::111122223333:role/Intruder";
  private static final String COMMANDS =
      "another incident; AdminTest, AuditTest, CompareTest and WhyCommandsTest have its commands";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  private final Map<String, String> variables = new HashMap<>();
  private final String role = stack.demonstration().roleArn();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @SuppressWarnings("NullAway.Init")
  private Keys.Key operator;

  @BeforeEach
  void hire() throws IOException {
    operator =
        new ScriptOnStack(stack, home)
            .hire("operator", TEMPLATE, "AdministratorPolicy", "AuditorPolicy");
    variables.put("CALLER", CALLER);
    variables.put("ROLE_ARN", role);
    variables.put("ACCOUNT", stack.demonstration().account());
    variables.put("CLIENT_NAME", "Example Client");
    variables.put("EXTERNAL_ID", stack.demonstration().externalId());
    variables.put("MOMENT", ago(30));
    variables.put("UNTIL", ago(16));
    variables.put("ADMIN", stack.people().administrator().principal().identityArn());
    variables.put("PATH", DocumentedHome.programs(home, stack) + ":" + Run.programs());
  }

  private static String ago(int minutes) {
    return Instant.now()
        .minus(minutes, ChronoUnit.MINUTES)
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  /** The blocks of shell of a section, or of the text before the first one. */
  private static List<String> blocks(String section) throws IOException {
    List<String> blocks = new ArrayList<>();
    String current = "";
    Matcher part = BLOCK.matcher(Files.readString(Path.of("docs/incidents.md")));
    while (part.find()) {
      if (part.group(3) != null) {
        current = part.group(3);
      } else if (current.equals(section)) {
        blocks.add(part.group(2).replaceAll("(?m)^" + part.group(1), ""));
      }
    }
    assertThat(blocks).as(section).isNotEmpty();
    return blocks;
  }

  /** Runs blocks as one script, in which the first command that fails is the test's failure. */
  private String run(List<String> blocks) throws IOException {
    Path file =
        Files.writeString(home.resolve("incident.sh"), "set -eu\n" + String.join("", blocks));
    Run run =
        Run.vend(Shell.any(), home)
            .script(file)
            .with("VEND_URL", stack.url().toString())
            .with("AWS_REGION", LocalStack.REGION)
            .with("AWS_ACCESS_KEY_ID", operator.id())
            .with("AWS_SECRET_ACCESS_KEY", operator.secret());
    variables.forEach(run::with);
    Run.Result result = run.result();
    assertThat(result.exit())
        .as("%s%n%s%n%s", String.join("", blocks), result.out(), result.err())
        .isZero();
    return result.out();
  }

  private static Map<String, ?> vend(Keys.Key caller, int status) throws Exception {
    try (SignedClient client = stack.caller(caller)) {
      var answer =
          client.post(
              "/credentials", "{\"roleArn\":\"%s\"}".formatted(stack.demonstration().roleArn()));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return ((JsonObject.Read) JsonObject.read(answer.body())).object().members();
    }
  }

  private static void vends(int status) throws Exception {
    vend(stack.people().session(), status);
  }

  private static void administer(String path, String body) throws Exception {
    try (SignedClient client = stack.caller(stack.people().administrator())) {
      var answer = client.post(path, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private static boolean hasGrantOf(String caller) {
    return stack.tables().rows(stack.allowListTable()).stream()
        .filter(row -> row.containsKey("callerId") || row.containsKey("maxDurationSeconds"))
        .anyMatch(row -> Items.text(row, "pk").equals("caller#" + caller));
  }

  @Test
  void aCallersKeysLeaked() throws Exception {
    vends(200);
    List<String> blocks = blocks("A caller's keys leaked");

    run(blocks.subList(0, 1));
    vends(403);
    String checked = run(blocks.subList(1, 4));
    vends(403);

    assertThat(home.resolve("policy.json")).content().contains("Deny", "aws:TokenIssueTime");
    assertThat(home.resolve("report.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(checked).doesNotContain(role);
    run(blocks.subList(4, 5));
    vends(200);
  }

  @InSoak(COMMANDS)
  @Test
  void theVendorRoleIsAbused() throws Exception {
    vends(200);
    List<String> blocks = blocks("The vendor role is abused");

    run(blocks.subList(0, 1));
    vends(403);
    useOfTheVendorRole();
    assertThat(run(blocks.subList(1, blocks.size())))
        .contains("event_without_record", "ASIAEXAMPLEOFNOBODY1");

    vends(200);
  }

  /** CloudTrail has a call that the audit does not have. */
  private void useOfTheVendorRole() throws IOException {
    var event =
        Trail.issued(
            Instant.parse(ago(20)), role, "x@01JZ0000000000000000000000", "ASIAEXAMPLEOFNOBODY1");
    Path answer =
        Files.writeString(
            home.resolve("answer.json"),
            Json.write(Map.of("Events", List.of(Trail.lookedUp(event)))));
    Programs.write(home.resolve("programs/aws"), "cat '%s'".formatted(answer));
  }

  @InSoak(COMMANDS)
  @Test
  void aClientReportsForeignEntries() throws Exception {
    variables.put("VENDID", String.valueOf(vend(stack.people().session(), 200).get("VendId")));
    List<String> blocks = blocks("A client reports foreign entries");

    assertThat(run(blocks.subList(0, 1))).contains("granted", CALLER);
    run(blocks.subList(1, 2));
    vends(403);
    assertThat(home.resolve("policy.json")).content().contains("Deny");
    run(blocks.subList(2, blocks.size()));

    vends(200);
  }

  @InSoak(COMMANDS)
  @Test
  void anAdministratorsKeysLeaked() throws Exception {
    run(blocks(""));
    administer(
        "/grants/put",
        "{\"caller\":\"%s\",\"roleArn\":\"%s\",\"unpinned\":true}".formatted(INTRUDER, role));
    age();
    List<String> blocks = blocks("An administrator's keys leaked");

    run(blocks.subList(0, 1));
    vends(403);
    assertThat(run(blocks.subList(1, 2))).contains("grants/put");
    run(blocks.subList(2, blocks.size()));

    assertThat(hasGrantOf(INTRUDER)).isFalse();
    vends(200);
  }

  @InSoak(COMMANDS)
  @Test
  void aTableWasRestoredFromABackup() throws Exception {
    var backup = stack.tables().rows(stack.allowListTable());
    administer("/grants/remove", "{\"caller\":\"%s\",\"roleArn\":\"%s\"}".formatted(CALLER, role));
    run(blocks(""));
    age();
    stack.tables().empty(stack.allowListTable());
    stack.tables().put(stack.allowListTable(), backup);
    List<String> blocks = blocks("A table was restored from a backup");

    String differences = run(blocks.subList(0, 2));
    Matcher command = Pattern.compile("(?m)^  do +(vend grant remove .*)$").matcher(differences);
    assertThat(command.find()).as(differences).isTrue();
    run(List.of(command.group(1) + "\n"));
    assertThat(run(blocks.subList(2, 3))).doesNotContain(CALLER);
    run(blocks.subList(3, blocks.size()));

    vends(403);
    vend(stack.people().pipeline(), 200);
  }

  @InSoak(COMMANDS)
  @Test
  void aRegionIsLost() throws Exception {
    run(blocks(""));
    stack.tables().empty();

    run(blocks("A Region is lost"));

    vends(200);
    vend(stack.people().pipeline(), 200);
  }

  /** The audit's answers leave out the newest seconds. */
  private static void age() {
    for (Map<String, AttributeValue> row : stack.tables().rows(stack.auditTable())) {
      if (row.containsKey("hourShard")) {
        Map<String, AttributeValue> older = new HashMap<>(row);
        String at = Instant.parse(Items.text(row, "at")).minusSeconds(60).toString();
        String shard = Items.text(row, "hourShard").replaceFirst("^[^#]*", "");
        older.put("at", AttributeValue.fromS(at));
        older.put("hourShard", AttributeValue.fromS(at.substring(0, 13) + shard));
        stack.tables().put(stack.auditTable(), List.of(older));
      }
    }
  }
}
