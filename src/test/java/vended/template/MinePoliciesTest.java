package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.iam.AccessRequest;
import vended.iam.Decision;
import vended.iam.Policy;

/** What the mine function may do, who may call it, and who may touch a client's own suspension. */
class MinePoliciesTest {
  private static final Path FILE = Path.of("template.yaml");
  private static final String HOLD = "mine#444455556666";
  private static final String KEYS = "dynamodb:LeadingKeys";
  private static final Template OFF = Template.read(FILE, Map.of());
  private static final Template ON = Template.read(FILE, Map.of("ClientView", "true"));

  private static Decision role(Template template, String role, AccessRequest request, String by) {
    var policies = template.roles().policies(role).stream().map(Policy::identity).toList();
    return Policy.evaluate(
        policies,
        request.with(
            "lambda:SourceFunctionArn", "arn:aws:lambda:eu-west-1:111122223333:function:" + by));
  }

  private static String arn(Template template, String table) {
    return template.arn(table.replaceFirst("/.*", "")) + table.replaceFirst("^[^/]*", "");
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:GetItem, AllowListTable, true",
    "dynamodb:BatchGetItem, AllowListTable, true",
    "dynamodb:Query, AllowListTable/index/by-role, true",
    "dynamodb:PutItem, AllowListTable, true",
    "dynamodb:PartiQLInsert, AuditTable, true",
    "dynamodb:GetItem, AuditTable, true",
    "dynamodb:BatchGetItem, AuditTable, true",
    "dynamodb:Query, AuditTable/index/by-account, true",
    "dynamodb:Query, AllowListTable, false",
    "dynamodb:Query, AllowListTable/index/by-kind, false",
    "dynamodb:Scan, AllowListTable, false",
    "dynamodb:DeleteItem, AllowListTable, false",
    "dynamodb:UpdateItem, AllowListTable, false",
    "dynamodb:BatchWriteItem, AllowListTable, false",
    "dynamodb:PartiQLInsert, AllowListTable, false",
    "dynamodb:PartiQLUpdate, AllowListTable, false",
    "dynamodb:Query, AuditTable, false",
    "dynamodb:Query, AuditTable/index/by-caller, false",
    "dynamodb:Query, AuditTable/index/by-role, false",
    "dynamodb:Query, AuditTable/index/by-hour, false",
    "dynamodb:Query, AuditTable/index/by-access-key, false",
    "dynamodb:Scan, AuditTable, false",
    "dynamodb:PutItem, AuditTable, false",
    "dynamodb:UpdateItem, AuditTable, false",
    "dynamodb:DeleteItem, AuditTable, false",
    "dynamodb:PartiQLUpdate, AuditTable, false",
    "dynamodb:PutResourcePolicy, AuditTable, false"
  })
  void theMineFunctionReadsAndAddsToTheAudit_IfTheVendorOpensTheView(
      String action, String table, boolean allowed) {
    AccessRequest request =
        AccessRequest.of(ON.arn("MineRole"), action, arn(ON, table)).with(KEYS, HOLD);

    assertThat(role(ON, "MineRole", request, "vended-mine").allowed()).isEqualTo(allowed);
    assertThat(role(ON, "MineRole", request, "vended-mine:live").allowed()).isEqualTo(allowed);
    for (String other : List.of("somebodys", "vended-mine2", "vended-admin", "vended-vend")) {
      assertThat(role(ON, "MineRole", request, other).allowed()).as(other).isFalse();
    }
    assertThat(role(OFF, "MineRole", request, "vended-mine").allowed()).as("off").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"})
  void theMineFunctionAssumesNothing(String action) {
    var request =
        AccessRequest.of(
            ON.arn("MineRole"), action, "arn:aws:iam::444455556666:role/vended/deploy");

    assertThat(role(ON, "MineRole", request, "vended-mine")).isEqualTo(Decision.IMPLICIT_DENY);
  }

  @Test
  void theMineFunctionWritesClientsOwnSuspensionsAndNoOtherRow() {
    AccessRequest put =
        AccessRequest.of(ON.arn("MineRole"), "dynamodb:PutItem", ON.arn("AllowListTable"));

    assertThat(role(ON, "MineRole", put.with(KEYS, HOLD), "vended-mine").allowed()).isTrue();
    for (List<String> keys :
        List.of(
            List.<String>of(),
            List.of("account#444455556666"),
            List.of("caller#arn:aws:iam::111122223333:role/Deployer"),
            List.of("vending"),
            List.of("MINE#444455556666"),
            List.of(HOLD, "account#444455556666"))) {
      assertThat(role(ON, "MineRole", put.with(KEYS, keys), "vended-mine").allowed())
          .as("%s", keys)
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vended-admin", "vended-settle:live"})
  void theAdministratorsFunctionsCannotTouchAClientsOwnSuspension(String function) {
    for (String action : List.of("dynamodb:PutItem", "dynamodb:DeleteItem")) {
      AccessRequest request =
          AccessRequest.of(ON.arn("AdminRole"), action, ON.arn("AllowListTable"));

      assertThat(role(ON, "AdminRole", request.with(KEYS, HOLD), function))
          .isEqualTo(Decision.EXPLICIT_DENY);
      assertThat(role(ON, "AdminRole", request.with(KEYS, List.of("vending", HOLD)), function))
          .isEqualTo(Decision.EXPLICIT_DENY);
      assertThat(role(ON, "AdminRole", request.with(KEYS, "account#444455556666"), function))
          .isEqualTo(Decision.ALLOW);
    }
  }

  @Test
  void theTablesOwnPolicyKeepsAClientsOwnSuspensionFromAllButTheMineRole() {
    for (Template template : List.of(ON, OFF)) {
      String mine = template.arn("MineRole");
      for (String other :
          List.of(
              template.arn("AdminRole"),
              template.arn("VendorRole"),
              "arn:aws:iam::111122223333:root",
              "arn:aws:iam::111122223333:role/vended-mine",
              "arn:aws:iam::111122223333:role/x/vended-mine-eu-west-1")) {
        assertThat(table(template, other, "dynamodb:PutItem", HOLD))
            .as(other)
            .isEqualTo(Decision.EXPLICIT_DENY);
      }
      assertThat(table(template, mine, "dynamodb:PutItem", HOLD)).isEqualTo(Decision.IMPLICIT_DENY);
      for (String any : List.of(mine, template.arn("AdminRole"))) {
        assertThat(table(template, any, "dynamodb:DeleteItem", HOLD))
            .as("deleted by " + any)
            .isEqualTo(Decision.EXPLICIT_DENY);
      }
      for (String action : List.of("dynamodb:PutItem", "dynamodb:DeleteItem")) {
        assertThat(table(template, mine, action, "account#444455556666"))
            .as("another row")
            .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(table(template, template.arn("AdminRole"), action, "account#444455556666"))
            .isEqualTo(Decision.IMPLICIT_DENY);
      }
    }
  }

  @Test
  void onlyTheVendorRoleRecordsProbes() {
    String probes = "probes#arn:aws:iam::444455556666:role/vended/deploy";
    String record = "01KG9VQ9E0TSV4RRFFQ69G5FAV";
    for (String role : List.of("MineRole", "AdminRole")) {
      assertThat(audit(ON.arn(role), record)).isEqualTo(Decision.IMPLICIT_DENY);
      assertThat(audit(ON.arn(role), probes)).as(role).isEqualTo(Decision.EXPLICIT_DENY);
    }
    assertThat(audit(ON.arn("VendorRole"), probes)).isEqualTo(Decision.IMPLICIT_DENY);
  }

  private static Decision audit(String principal, String key) {
    return table(ON, "AuditTable", principal, "dynamodb:PartiQLInsert", key);
  }

  private static Decision table(Template template, String principal, String action, String key) {
    return table(template, "AllowListTable", principal, action, key);
  }

  private static Decision table(
      Template template, String table, String principal, String action, String key) {
    return Policy.resource(Tree.at(template.properties(table), "ResourcePolicy", "PolicyDocument"))
        .evaluate(
            AccessRequest.of(principal, action, template.arn(table))
                .with("aws:PrincipalArn", principal)
                .with(KEYS, key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mine/audit", "/mine/grants", "/mine/suspend"})
  void allOtherAccountsReachTheRoutes_IfTheVendorOpensThem(String path) {
    String client = "arn:aws:iam::444455556666:role/Clerk";
    String own = "arn:aws:iam::111122223333:role/Deployer";

    assertThat(api(ON, client, path).allowed()).isTrue();
    assertThat(api(OFF, client, path).allowed()).isFalse();
    assertThat(api(ON, own, path)).isEqualTo(Decision.IMPLICIT_DENY);
    assertThat(
            Policy.resource(ON.api().resourcePolicy())
                .evaluate(
                    AccessRequest.of(
                        "anonymous", "execute-api:Invoke", ON.api().stageArn() + "/POST" + path))
                .allowed())
        .as("unsigned")
        .isFalse();
    assertThat(api(ON, client, "/credentials").allowed()).isFalse();
    assertThat(api(ON, client, "/mine/other").allowed()).isFalse();
  }

  private static Decision api(Template template, String caller, String path) {
    return Policy.resource(template.api().resourcePolicy())
        .evaluate(
            AccessRequest.of(
                    caller, "execute-api:Invoke", template.api().stageArn() + "/POST" + path)
                .with("aws:PrincipalArn", caller)
                .with("aws:PrincipalAccount", caller.split(":", -1)[4]));
  }
}
