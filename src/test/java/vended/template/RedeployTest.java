package vended.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vended.template.StandInAccount.ROLE;
import static vended.template.StandInAccount.TABLE;
import static vended.template.StandInCommands.REGION;
import static vended.template.StandInCommands.STACK;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.AllowListRows;
import vended.local.Items;
import vended.local.Tables;
import vended.template.StandInCloudFormation.Stack;

/**
 * Create, fill, delete and create again, and another table in service: by the commands of
 * docs/operations.md, against stand-ins for what they call.
 */
class RedeployTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final String ROLE_NAME = "vended-vendor";

  /** Those whose arguments have a form of their own. */
  private static final Set<String> CHECKED =
      Set.of("create-change-set", "update-stack", "update-time-to-live");

  private static final Tables tables = start();
  private static final String template = read("template.yaml");
  private static final String imported = read("import.yaml");

  private StandInAccount account = new StandInAccount(Optional.empty());
  private StandInCloudFormation formation = new StandInCloudFormation(account);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private static Tables start() {
    try {
      return Tables.embedded(0, REGION, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    tables.close();
  }

  /** Otherwise tables have names only, which takes less time. */
  private void withRows() {
    tables
        .client()
        .listTables()
        .tableNames()
        .forEach(name -> tables.client().deleteTable(t -> t.tableName(name)));
    account = new StandInAccount(Optional.of(tables));
    formation = new StandInCloudFormation(account);
  }

  private StandInCommands commands(List<Map<String, AttributeValue>> backup) throws IOException {
    Files.writeString(folder.resolve("template.yaml"), template);
    Files.writeString(folder.resolve("import.yaml"), imported);
    Files.createDirectory(folder.resolve("policies"));
    Files.copy(Path.of("policies/stack-policy.json"), folder.resolve("policies/stack-policy.json"));
    return new StandInCommands(account, formation, folder, backup);
  }

  /** The blocks of shell in a section of docs/operations.md. */
  private static List<String> blocks(String section) throws IOException {
    String page = Files.readString(Path.of("docs/operations.md"));
    int start = page.indexOf("\n## " + section + "\n");
    assertThat(start).as(section).isNotNegative();
    int end = page.indexOf("\n## ", start + 1);
    return BLOCK
        .matcher(page.substring(start, end))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private Stack created() throws IOException {
    Stack stack = formation.create(REGION, STACK, template, Map.of());
    stack.policy = Yaml.parse(Files.readString(Path.of("policies/stack-policy.json")));
    return stack;
  }

  private static List<Map<String, AttributeValue>> fill(Stack stack) {
    Map<String, AttributeValue> grant =
        AllowListRows.grant(
            "arn:aws:iam::111122223333:role/Deployer",
            "AROAEXAMPLE",
            "arn:aws:iam::444455556666:role/vended/deploy",
            Instant.EPOCH);
    tables.put(stack.thing("AllowListTable").name, List.of(grant));
    tables.put(
        stack.thing("AuditTable").name,
        List.of(Map.of("pk", AttributeValue.fromS("01K"), "sk", AttributeValue.fromS("outcome"))));
    return List.of(grant);
  }

  @Test
  void deletedAndDeployedAgain_theRoleAndTheTablesAreTheSame() throws Exception {
    withRows();
    Stack first = created();
    fill(first);
    String roleId = first.thing("VendorRole").uniqueId;
    String allowList = first.thing("AllowListTable").name;
    String audit = first.thing("AuditTable").name;
    List<String> blocks = blocks("Deploying a deleted stack again");
    assertThat(blocks).hasSize(2);

    try (StandInCommands commands = commands(List.of())) {
      commands.run(blocks.get(0));
      assertThat(account.orphans())
          .contains(ROLE + " " + ROLE_NAME, TABLE + " " + allowList, TABLE + " " + audit);
      assertThat(account.rolePolicies(ROLE_NAME)).isEmpty();
      // While no stack owned them.
      account.get(TABLE, REGION, audit).properties.remove("ResourcePolicy");
      account.get(ROLE, REGION, ROLE_NAME).properties.put("AssumeRolePolicyDocument", "anybody");

      commands.run(
          blocks
              .get(1)
              .replace("vended-AllowListTable-EXAMPLE", allowList)
              .replace("vended-AuditTable-EXAMPLE", audit));
      assertTheAwsCliTakes(commands.log);
    }

    Stack second = formation.get(REGION, STACK);
    assertThat(second).isNotSameAs(first);
    assertThat(second.thing("VendorRole").uniqueId).isEqualTo(roleId);
    assertThat(second.thing("AllowListTable").name).isEqualTo(allowList);
    assertThat(tables.rows(allowList)).hasSize(1);
    assertThat(tables.rows(audit)).hasSize(1);
    assertHasWhatTheTemplateSays(second);
    assertThat(second.policy).isEqualTo(first.policy);
    // The first stack's other tables would be a second set.
    assertThat(tables.client().listTables().tableNames())
        .containsExactlyInAnyOrder(allowList, audit);
  }

  /** The AWS CLI itself checks the arguments of these, where it is installed, and calls nothing. */
  private void assertTheAwsCliTakes(List<List<String>> commands) throws Exception {
    if (!Tool.has("aws")) {
      System.out.println("Skipped: the AWS CLI is not installed");
      return;
    }
    for (List<String> command : commands) {
      if (command.size() < 3 || !CHECKED.contains(command.get(2))) {
        continue;
      }
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(command))
              .directory(folder.toFile())
              .redirectErrorStream(true);
      builder.command().addAll(List.of("--generate-cli-skeleton", "output"));
      builder.environment().put("AWS_DEFAULT_REGION", REGION);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    }
  }

  private static void assertHasWhatTheTemplateSays(Stack stack) {
    StackTemplate wanted = StackTemplate.of(REGION, STACK, template, Map.of());
    for (String id : List.of("VendorRole", "AllowListTable", "AuditTable")) {
      assertThat(stack.thing(id).properties).as(id).containsAllEntriesOf(wanted.properties(id));
    }
  }

  @Test
  void aPolicyThatIsStillAttachedKeepsTheStack() throws Exception {
    Stack stack = created();
    stack.thing("CallerPolicy").attached = true;

    assertThatThrownBy(() -> formation.delete(REGION, STACK)).hasMessageContaining("attached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AllowListTable", "AuditTable"})
  void aRestoredTableIsPutIntoServiceUnderTheSameApi(String id) throws Exception {
    withRows();
    Stack stack = created();
    List<Map<String, AttributeValue>> backup = fill(stack);
    String other = id.equals("AuditTable") ? "AllowListTable" : "AuditTable";
    String old = stack.thing(id).name;
    Map<String, Object> kept =
        Map.of(
            "Api",
            stack.thing("Api").name,
            "CallerPolicy",
            stack.thing("CallerPolicy").name,
            "VendorRole",
            stack.thing("VendorRole").uniqueId,
            other,
            stack.thing(other).name);
    stack.thing("CallerPolicy").attached = true;

    try (StandInCommands commands = commands(id.equals("AuditTable") ? List.of() : backup)) {
      commands.run(adapted(String.join("", blocks("Restoring a table")), id, old));
      if (id.equals("AllowListTable")) {
        assertTheAwsCliTakes(commands.log);
      }
    }

    Stack after = formation.get(REGION, STACK);
    assertThat(after).isSameAs(stack);
    assertThat(
            Map.of(
                "Api",
                after.thing("Api").name,
                "CallerPolicy",
                after.thing("CallerPolicy").name,
                "VendorRole",
                after.thing("VendorRole").uniqueId,
                other,
                after.thing(other).name))
        .isEqualTo(kept);
    assertThat(after.thing(id).name).isEqualTo("vended-" + id + "-restored");
    assertThat(account.orphans()).contains(TABLE + " " + old);
    assertHasWhatTheTemplateSays(after);
    if (id.equals("AllowListTable")) {
      // Not even for a moment: the switch is in the table before it is in service.
      assertThat(tables.rows(after.thing(id).name))
          .extracting(row -> Items.text(row, "pk"))
          .containsExactlyInAnyOrder("vending", "caller#arn:aws:iam::111122223333:role/Deployer");
    }
  }

  /** As the page tells: for the audit table, other names, and no switch. */
  private static String adapted(String block, String id, String old) {
    String adapted = block.replace("vended-AllowListTable-EXAMPLE", old);
    if (id.equals("AllowListTable")) {
      return adapted;
    }
    return adapted
        .replaceAll(
            "(?s)aws dynamodb get-item .*?switch\\.json\naws dynamodb put-item [^\n]*\n", "")
        .replace("AllowListTable", id)
        .replace("expiresAt", "ttl");
  }

  @Test
  void aStackPolicyKeepsTheTablesUnlessTheUpdateOverridesIt() throws Exception {
    Stack stack = created();
    Map<String, String> pause = Map.of("Service", "paused", "LeaveOut", "AuditTable");

    assertThatThrownBy(() -> formation.update(stack, imported, pause, false))
        .hasMessage("the stack policy denies Update:Delete of AuditTable");
    assertThatThrownBy(
            () -> formation.update(stack, template, Map.of("VendorRoleName", "another"), false))
        .hasMessage("the stack policy denies Update:Replace of VendorRole");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "template.yaml | an import changes nothing else",
        "no policy | has no DeletionPolicy",
        "an output | outputs can't be modified or added",
        "another role | there is no AWS::IAM::Role",
        "paused | an import changes nothing else",
      })
  void anImportThatAwsWouldRefuseIsRefused(String what, String why) throws Exception {
    Stack first = created();
    String allowList = first.thing("AllowListTable").name;
    String audit = first.thing("AuditTable").name;
    formation.delete(REGION, STACK);
    String text =
        switch (what) {
          case "template.yaml" -> template;
          case "no policy" -> imported.replace("    DeletionPolicy: Retain\n", "");
          case "an output" -> imported + "\nOutputs:\n  A:\n    Value: !Ref VendorRole\n";
          default -> imported;
        };
    Map<String, String> given = what.equals("paused") ? Map.of("Service", "paused") : Map.of();
    String role = what.equals("another role") ? "another" : ROLE_NAME;
    if (what.equals("another role")) {
      given = Map.of("VendorRoleName", "another");
    }
    Map<String, String> parameters = given;

    assertThatThrownBy(
            () ->
                formation.importing(
                    REGION,
                    STACK,
                    text,
                    parameters,
                    Map.of(
                        "VendorRole", Map.entry("RoleName", role),
                        "AllowListTable", Map.entry("TableName", allowList),
                        "AuditTable", Map.entry("TableName", audit))))
        .hasMessageContaining(why);
  }

  @Test
  void whatBelongsToAStackCantBeImported() throws Exception {
    Stack first = created();

    assertThatThrownBy(
            () ->
                formation.importing(
                    REGION,
                    "another",
                    imported,
                    Map.of("LeaveOut", "both"),
                    Map.of("VendorRole", Map.entry("RoleName", first.thing("VendorRole").name))))
        .hasMessage("vended-vendor belongs to a stack");
  }
}
