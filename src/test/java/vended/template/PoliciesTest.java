package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.iam.AccessRequest;
import vended.iam.Decision;
import vended.iam.Policy;
import vended.identity.RoleArn;
import vended.identity.RolePattern;

/** What the parts of the vendor's stack, and its callers, may do. */
class PoliciesTest {
  private static final Path FILE = Path.of("template.yaml");
  private static final String OWN = "arn:aws:iam::111122223333:role/Deployer";
  private static final String VENDOR = "arn:aws:sts::111122223333:assumed-role/vended-vendor/vend";
  private static final String ADMIN = "arn:aws:sts::111122223333:assumed-role/vended-admin/admin";
  private static final String AUDIT = "arn:aws:sts::111122223333:assumed-role/vended-audit/audit";
  private static final String FOREIGN = "arn:aws:iam::222233334444:role/Deployer";

  private static final Template template = Template.read(FILE, Map.of());

  @ParameterizedTest
  @CsvSource({
    "dynamodb:BatchGetItem, AllowListTable, true",
    "dynamodb:Query, AllowListTable, true",
    "dynamodb:GetItem, AllowListTable, false",
    "dynamodb:Scan, AllowListTable, false",
    "dynamodb:PutItem, AllowListTable, false",
    "dynamodb:PartiQLInsert, AllowListTable, false",
    "dynamodb:UpdateItem, AllowListTable, false",
    "dynamodb:DeleteItem, AllowListTable, false",
    "dynamodb:PartiQLInsert, AuditTable, true",
    "dynamodb:GetItem, AuditTable, true",
    "dynamodb:Query, AuditTable, false",
    "dynamodb:PutItem, AuditTable, false",
    "dynamodb:DeleteItem, AuditTable, false",
    "dynamodb:UpdateTimeToLive, AuditTable, false",
    "dynamodb:DeleteTable, AuditTable, false",
    "dynamodb:PutResourcePolicy, AuditTable, false",
    "dynamodb:DeleteResourcePolicy, AuditTable, false"
  })
  void theVendingFunctionReadsTheAllowListAndAddsToTheAudit(
      String action, String table, boolean allowed) {
    assertThat(vendorRole(template, action, template.arn(table)).allowed()).isEqualTo(allowed);
    assertThat(
            vendorRole(
                    template,
                    AccessRequest.of(VENDOR, action, template.arn(table))
                        .with("lambda:SourceFunctionArn", template.arn("ReprobeFunction")))
                .allowed())
        .as("the re-probing function")
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "lambda:InvokeFunction, arn:aws:lambda:eu-west-1:111122223333:function:vended-reprobe:live,"
        + " true",
    "lambda:InvokeFunction, arn:aws:lambda:eu-west-1:111122223333:function:vended-settle:live,"
        + " true",
    "lambda:InvokeFunction, arn:aws:lambda:eu-west-1:111122223333:function:vended-reprobe, false",
    "lambda:InvokeFunction, arn:aws:lambda:eu-west-1:111122223333:function:vended-settle:1, false",
    "lambda:InvokeFunction, arn:aws:lambda:eu-west-1:111122223333:function:vended-vend, false",
    "lambda:InvokeFunction, arn:aws:lambda:eu-west-1:111122223333:function:vended-vend:live, false",
    "lambda:InvokeFunction, arn:aws:lambda:eu-west-1:111122223333:function:vended-admin:live,"
        + " false",
    "lambda:UpdateFunctionCode, arn:aws:lambda:eu-west-1:111122223333:function:vended-reprobe,"
        + " false",
    "states:StartExecution, arn:aws:states:eu-west-1:111122223333:stateMachine:vended-reprobe,"
        + " true",
    "states:StartExecution, arn:aws:states:eu-west-1:111122223333:stateMachine:other, false",
    "sts:AssumeRole, arn:aws:iam::444455556666:role/vended/vended-deploy, false"
  })
  void theScheduleMayHaveRolesProbedAndProbesSettled(
      String action, String resource, boolean allowed) {
    var policies =
        template.roles().policies("ReprobeMachineRole").stream().map(Policy::identity).toList();

    assertThat(Policy.evaluate(policies, AccessRequest.of(OWN, action, resource)).allowed())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:GetItem, AllowListTable, true",
    "dynamodb:BatchGetItem, AllowListTable, true",
    "dynamodb:BatchWriteItem, AllowListTable, false",
    "dynamodb:PutItem, AllowListTable, true",
    "dynamodb:DeleteItem, AllowListTable, true",
    "dynamodb:Query, AllowListTable, true",
    "dynamodb:Query, AllowListTable/index/by-kind, true",
    "dynamodb:Scan, AllowListTable, false",
    "dynamodb:DeleteTable, AllowListTable, false",
    "dynamodb:PartiQLInsert, AuditTable, true",
    "dynamodb:GetItem, AuditTable, true",
    "dynamodb:Query, AuditTable, false",
    "dynamodb:PutItem, AuditTable, false",
    "dynamodb:UpdateItem, AuditTable, false",
    "dynamodb:DeleteItem, AuditTable, false",
    "dynamodb:PartiQLUpdate, AuditTable, false",
    "dynamodb:PutResourcePolicy, AuditTable, false"
  })
  void theAdminFunctionChangesTheAllowListAndAddsToTheAudit(
      String action, String table, boolean allowed) {
    var arn = template.arn(table.replaceFirst("/.*", "")) + table.replaceFirst("^[^/]*", "");

    assertThat(adminRole(AccessRequest.of(ADMIN, action, arn), "vended-admin").allowed())
        .isEqualTo(allowed);
    assertThat(adminRole(AccessRequest.of(ADMIN, action, arn), "vended-settle:live").allowed())
        .isEqualTo(allowed);
    for (var other : List.of("somebodys", "vended-settle2", "vended-reprobe", "vended-vend")) {
      assertThat(adminRole(AccessRequest.of(ADMIN, action, arn), other).allowed()).isFalse();
    }
  }

  @Test
  void theAdminFunctionFindsTheProbesOfARoleByTheirKeyAndAsksTheAuditNothingElse() {
    String table = template.arn("AuditTable");
    String probes = "probes#arn:aws:iam::444455556666:role/vended/deploy";
    AccessRequest query = AccessRequest.of(ADMIN, "dynamodb:Query", table);
    AccessRequest ofARole = query.with("dynamodb:LeadingKeys", probes);

    for (var function : List.of("vended-admin", "vended-admin:live", "vended-settle:live")) {
      assertThat(adminRole(ofARole, function).allowed()).as(function).isTrue();
    }
    for (var other : List.of("somebodys", "vended-settle2", "vended-vend", "vended-audit")) {
      assertThat(adminRole(ofARole, other).allowed()).as(other).isFalse();
    }
    for (var keys :
        List.of(
            List.<String>of(),
            List.of(""),
            List.of("01KG9VQ9E0TSV4RRFFQ69G5FAV"),
            List.of(probes, "01KG9VQ9E0TSV4RRFFQ69G5FAV"))) {
      assertThat(adminRole(query.with("dynamodb:LeadingKeys", keys), "vended-admin").allowed())
          .as("%s", keys)
          .isFalse();
    }
    for (var index :
        List.of("by-caller", "by-role", "by-account", "by-access-key", "by-hour", "by-session")) {
      var request = AccessRequest.of(ADMIN, "dynamodb:Query", table + "/index/" + index);
      assertThat(adminRole(request.with("dynamodb:LeadingKeys", probes), "vended-admin").allowed())
          .as(index)
          .isFalse();
    }
    for (var action : List.of("dynamodb:Scan", "dynamodb:PartiQLSelect", "dynamodb:BatchGetItem")) {
      assertThat(adminRole(ofARole.asking(action), "vended-admin").allowed()).as(action).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"})
  void theAdminFunctionAssumesNothing(String action) {
    var request = AccessRequest.of(ADMIN, action, "arn:aws:iam::444455556666:role/vended/deploy");

    for (var function : List.of("vended-admin", "vended-settle", "vended-settle:live")) {
      assertThat(adminRole(request, function)).isEqualTo(Decision.IMPLICIT_DENY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:Query, AuditTable, true",
    "dynamodb:Query, AuditTable/index/by-hour, true",
    "dynamodb:Query, AuditTable/index/by-session, true",
    "dynamodb:BatchGetItem, AuditTable, true",
    "dynamodb:Scan, AuditTable, false",
    "dynamodb:Scan, AuditTable/index/by-hour, true",
    "dynamodb:Scan, AuditTable/index/by-caller, false",
    "dynamodb:PartiQLSelect, AuditTable, false",
    "dynamodb:PartiQLInsert, AuditTable, false",
    "dynamodb:PutItem, AuditTable, false",
    "dynamodb:UpdateItem, AuditTable, false",
    "dynamodb:DeleteItem, AuditTable, false",
    "dynamodb:BatchWriteItem, AuditTable, false",
    "dynamodb:PartiQLUpdate, AuditTable, false",
    "dynamodb:PartiQLDelete, AuditTable, false",
    "dynamodb:DeleteTable, AuditTable, false",
    "dynamodb:PutResourcePolicy, AuditTable, false",
    "dynamodb:GetItem, AllowListTable, true",
    "dynamodb:Query, AllowListTable/index/by-kind, true",
    "dynamodb:Query, AllowListTable/index/by-role, true",
    "dynamodb:BatchGetItem, AllowListTable, true",
    "dynamodb:Scan, AllowListTable, false",
    "dynamodb:Scan, AllowListTable/index/by-kind, false",
    "dynamodb:PartiQLSelect, AllowListTable, false",
    "dynamodb:PartiQLInsert, AllowListTable, false",
    "dynamodb:PutItem, AllowListTable, false",
    "dynamodb:UpdateItem, AllowListTable, false",
    "dynamodb:DeleteItem, AllowListTable, false",
    "dynamodb:BatchWriteItem, AllowListTable, false",
    "dynamodb:PartiQLUpdate, AllowListTable, false",
    "dynamodb:DeleteTable, AllowListTable, false"
  })
  void theAuditFunctionReadsTheAuditAndTheAllowListAndWritesNothing(
      String action, String table, boolean allowed) {
    var arn = template.arn(table.replaceFirst("/.*", "")) + table.replaceFirst("^[^/]*", "");

    assertThat(auditRole(AccessRequest.of(AUDIT, action, arn), "vended-audit").allowed())
        .isEqualTo(allowed);
    assertThat(auditRole(AccessRequest.of(AUDIT, action, arn), "somebodys").allowed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "AuditTable/index/by-hour, false, true",
    "AuditTable/index/by-hour, true, false",
    "AuditTable/index/by-hour, , false",
    "AuditTable/index/by-caller, false, false",
    "AuditTable, false, false",
    "AllowListTable/index/by-kind, false, false"
  })
  void theAuditFunctionSelectsNamedHoursOnly(
      String table, @Nullable String scans, boolean allowed) {
    var arn = template.arn(table.replaceFirst("/.*", "")) + table.replaceFirst("^[^/]*", "");
    var request = AccessRequest.of(AUDIT, "dynamodb:PartiQLSelect", arn);
    var asked = scans == null ? request : request.with("dynamodb:FullTableScan", scans);

    assertThat(auditRole(asked, "vended-audit").allowed()).isEqualTo(allowed);
    assertThat(auditRole(asked, "vended-watch").allowed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"})
  void theAuditFunctionAssumesNothing(String action) {
    var request = AccessRequest.of(AUDIT, action, "arn:aws:iam::444455556666:role/vended/deploy");

    assertThat(auditRole(request, "vended-audit")).isEqualTo(Decision.IMPLICIT_DENY);
  }

  private Decision auditRole(AccessRequest request, String function) {
    return role("AuditFunction", request, function);
  }

  private Decision adminRole(AccessRequest request, String function) {
    return role("AdminFunction", request, function);
  }

  private Decision role(String id, AccessRequest request, String function) {
    var policies = template.functionPolicies(id).stream().map(Policy::identity).toList();
    return Policy.evaluate(
        policies,
        request.with(
            "lambda:SourceFunctionArn",
            "arn:aws:lambda:eu-west-1:111122223333:function:" + function));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::444455556666:role/vended/vended-deploy, ALLOW",
    "arn:aws:iam::444455556666:role/vended/team/deploy, ALLOW",
    "arn:aws:iam::444455556666:role/Administrator, IMPLICIT_DENY",
    "arn:aws:iam::444455556666:role/vended-deploy, IMPLICIT_DENY",
    "arn:aws:iam::444455556666:role/Vended/deploy, IMPLICIT_DENY",
    "arn:aws:iam::111122223333:role/vended/deploy, EXPLICIT_DENY",
    "arn:aws:iam::111122223333:role/vended-vendor, EXPLICIT_DENY"
  })
  void theVendorRoleAssumesRolesOfThePathInOtherAccountsOnly(String role, Decision decision) {
    assertThat(vendorRole(template, "sts:AssumeRole", role)).isEqualTo(decision);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*:role/vended/*", "444455556666:role/v*d/*/deploy"})
  void theFunctionsKnowWhichRolesTheVendorRoleMayAssume(String pattern) {
    var narrowed = Template.read(FILE, Map.of("ClientRolePattern", pattern));
    for (var function : List.of("VendFunction", "AdminFunction", "ReprobeFunction")) {
      var environment = narrowed.environment(function);
      var known = new RolePattern(environment.getOrDefault("CLIENT_ROLE_PATTERN", ""));
      assertThat(environment).containsEntry("ALLOW_OWN_ACCOUNT", "false");
      for (var role :
          List.of(
              "arn:aws:iam::444455556666:role/vended/deploy",
              "arn:aws:iam::444455556666:role/vended/a/b/deploy",
              "arn:aws:iam::777788889999:role/vended/deploy",
              "arn:aws:iam::444455556666:role/Vended/deploy",
              "arn:aws-cn:iam::444455556666:role/vended/deploy")) {
        assertThat(known.matches(new RoleArn(role)))
            .as("%s of %s", role, function)
            .isEqualTo(vendorRole(narrowed, "sts:AssumeRole", role).allowed());
      }
    }
  }

  @Test
  void rolesOfTheVendorsOwnAccountAreForAVendorWhoAsksForIt() {
    var own = Template.read(FILE, Map.of("AllowOwnAccount", "true"));

    assertThat(vendorRole(own, "sts:AssumeRole", "arn:aws:iam::111122223333:role/vended/deploy"))
        .isEqualTo(Decision.ALLOW);
  }

  @ParameterizedTest
  @CsvSource({
    "CallerPolicy, /credentials, true",
    "CallerPolicy, /roles, true",
    "CallerPolicy, /credentials/x, false",
    "CallerPolicy, /probes, false",
    "CallerPolicy, /clients/put, false",
    "CallerPolicy, /grants/put, false",
    "CallerPolicy, /audit/query, false",
    "CallerPolicy, /access/list, false",
    "CallerPolicy, /access/why, false",
    "CallerPolicy, /access/status, false",
    "AdministratorPolicy, /credentials, false",
    "AdministratorPolicy, /probes, true",
    "AdministratorPolicy, /clients/put, true",
    "AdministratorPolicy, /grants/remove, true",
    "AdministratorPolicy, /audit/query, false",
    "AdministratorPolicy, /access/list, true",
    "AdministratorPolicy, /access/why, true",
    "AdministratorPolicy, /access/status, true",
    "AuditorPolicy, /credentials, false",
    "AuditorPolicy, /grants/list, false",
    "AuditorPolicy, /access/list, true",
    "AuditorPolicy, /access/why, true",
    "AuditorPolicy, /access/status, true",
    "AuditorPolicy, /audit/report, true"
  })
  void eachManagedPolicyAllowsItsOwnRoutes(String policy, String path, boolean allowed) {
    var route = template.api().stageArn() + "/POST" + path;
    assertThat(may(policy, route)).isEqualTo(allowed);
    assertThat(may(policy, route.replace("/v1/POST/", "/v1/GET/"))).isFalse();
    assertThat(may(policy, route.replace("/v1/POST/", "/v2/POST/"))).isFalse();
  }

  @Test
  void everyRouteIsForThosePeopleAlone() {
    var people = List.of("CallerPolicy", "AdministratorPolicy", "AuditorPolicy");
    var allowed = new TreeMap<String, List<String>>();
    for (var route : template.routes()) {
      allowed.put(
          route.path(),
          people.stream()
              .filter(policy -> may(policy, route.arn(template.api().stageArn())))
              .toList());
    }

    var administrator = List.of("AdministratorPolicy");
    var auditor = List.of("AuditorPolicy");
    var both = List.of("AdministratorPolicy", "AuditorPolicy");
    assertThat(allowed)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("/credentials", List.of("CallerPolicy")),
                Map.entry("/roles", people),
                Map.entry("/probes", administrator),
                Map.entry("/clients/put", administrator),
                Map.entry("/clients/list", administrator),
                Map.entry("/clients/suspend", administrator),
                Map.entry("/clients/remove", administrator),
                Map.entry("/clients/rotate", administrator),
                Map.entry("/clients/activate", administrator),
                Map.entry("/grants/put", administrator),
                Map.entry("/grants/apply", administrator),
                Map.entry("/grants/list", administrator),
                Map.entry("/grants/remove", administrator),
                Map.entry("/audit/query", auditor),
                Map.entry("/audit/caller", both),
                Map.entry("/access/list", both),
                Map.entry("/access/why", both),
                Map.entry("/access/status", both),
                Map.entry("/mine/audit", List.of()),
                Map.entry("/mine/grants", List.of()),
                Map.entry("/mine/suspend", List.of()),
                Map.entry("/audit/report", auditor),
                Map.entry("/audit/reconcile", auditor)));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aForeignAccountReachesItsOwnRoutesOnly(String path) {
    var named =
        Template.read(
            FILE,
            Map.of(
                "CallerAccounts", "222233334444,333344445555",
                "AdministratorArns",
                    "arn:aws:iam::444455556666:role/Administrator,"
                        + "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/*/Vended_*",
                "AuditorArns", "arn:aws:iam::555566667777:user/auditor"));
    var roles = path.equals("/roles");
    var callers = roles || path.equals("/credentials");
    var administrators =
        roles || path.matches("/probes|/clients/.*|/grants/.*|/access/.*|/audit/caller");
    var auditors = roles || path.matches("/(audit|access)/.*");

    assertThat(mayCall(named, FOREIGN, path)).as("a caller").isEqualTo(callers);
    assertThat(mayCall(named, role("444455556666", "Administrator"), path))
        .as("an administrator")
        .isEqualTo(administrators);
    assertThat(
            mayCall(
                named,
                role("444455556666", "aws-reserved/sso.amazonaws.com/eu-west-1/Vended_1"),
                path))
        .as("an administrator of IAM Identity Center")
        .isEqualTo(administrators);
    assertThat(mayCall(named, "arn:aws:iam::555566667777:user/auditor", path))
        .as("an auditor")
        .isEqualTo(auditors);
    for (var stranger :
        List.of(
            role("999933334444", "Administrator"),
            role("444455556666", "Administrator2"),
            role("444455556666", "x/Administrator"),
            "arn:aws:iam::555566667777:user/other")) {
      assertThat(mayCall(named, stranger, path)).as(stranger).isFalse();
    }
    assertThat(mayCall(template, FOREIGN, path)).as("nobody is named").isFalse();
  }

  private static List<String> routes() {
    return Template.read(FILE, Map.of()).routes().stream().map(Route::path).toList();
  }

  private static String role(String account, String name) {
    return "arn:aws:iam::" + account + ":role/" + name;
  }

  private static boolean mayCall(Template template, String caller, String path) {
    return apiPolicy(template, caller, path).allowed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "111122223333", "111122223333,222233334444"})
  void theApiSaysNothingOfItsOwnAccountSinceThatAloneWouldLetEverybodyIn(String accounts) {
    var named =
        Template.read(
            FILE, Map.of("CallerAccounts", accounts, "AdministratorArns", OWN, "AuditorArns", OWN));

    for (var path : routes()) {
      assertThat(apiPolicy(named, OWN, path)).as(path).isEqualTo(Decision.IMPLICIT_DENY);
    }
  }

  @Test
  void theAuditsOwnPolicyLeavesReadingToTheReadersPolicies() {
    for (var action : List.of("dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan")) {
      assertThat(auditsOwnPolicy(OWN, action)).as(action).isEqualTo(Decision.IMPLICIT_DENY);
    }
  }

  @Test
  void theAuditsOwnPolicyLetsNobodyAddButTheFunctions() {
    assertThat(auditsOwnPolicy(OWN, "dynamodb:PartiQLInsert")).isEqualTo(Decision.EXPLICIT_DENY);
    for (var role : List.of("VendorRole", "AdminRole", "MineRole")) {
      assertThat(auditsOwnPolicy(template.arn(role), "dynamodb:PartiQLInsert"))
          .as(role)
          .isEqualTo(Decision.IMPLICIT_DENY);
    }
  }

  @Test
  void theAllowListsOwnPolicyLetsNobodyWriteButTheAdminRole() {
    for (var action :
        List.of(
            "PutItem",
            "DeleteItem",
            "UpdateItem",
            "BatchWriteItem",
            "PartiQLInsert",
            "PartiQLUpdate",
            "PartiQLDelete",
            "DeleteTable")) {
      boolean admins = action.equals("PutItem") || action.equals("DeleteItem");
      for (var principal :
          List.of(
              OWN,
              "arn:aws:iam::111122223333:root",
              "arn:aws:iam::111122223333:role/vended-admin",
              "arn:aws:iam::111122223333:role/x/vended-admin-eu-west-1",
              template.arn("VendorRole"),
              template.arn("AuditRole"))) {
        assertThat(ownPolicy("AllowListTable", principal, "dynamodb:" + action))
            .as(principal + " " + action)
            .isEqualTo(Decision.EXPLICIT_DENY);
      }
      assertThat(ownPolicy("AllowListTable", template.arn("AdminRole"), "dynamodb:" + action))
          .as(action)
          .isEqualTo(admins ? Decision.IMPLICIT_DENY : Decision.EXPLICIT_DENY);
    }
    for (var action : List.of("GetItem", "BatchGetItem", "Query", "Scan")) {
      assertThat(ownPolicy("AllowListTable", OWN, "dynamodb:" + action))
          .as(action)
          .isEqualTo(Decision.IMPLICIT_DENY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "VendorRole, dynamodb:BatchGetItem, AllowListTable, VendFunction ReprobeFunction",
    "VendorRole, logs:PutLogEvents, VendLog, VendFunction ReprobeFunction",
    "AdminRole, logs:PutLogEvents, AdminLog, AdminFunction SettleFunction",
    "AuditRole, logs:PutLogEvents, AuditLog, AuditFunction WatchFunction",
    "MineRole, logs:PutLogEvents, MineLog, MineFunction"
  })
  void aRoleInTheWrongFunctionNeitherReadsNorWrites(
      String role, String action, String resource, String functions) {
    var request = AccessRequest.of(template.arn(role), action, template.arn(resource));
    var policies = template.roles().policies(role).stream().map(Policy::identity).toList();

    for (var function : template.ofType("AWS::Serverless::Function")) {
      assertThat(
              Policy.evaluate(
                      policies, request.with("lambda:SourceFunctionArn", template.arn(function)))
                  .allowed())
          .as(function)
          .isEqualTo(List.of(functions.split(" ", -1)).contains(function));
    }
    assertThat(Policy.evaluate(policies, request).allowed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VendorRole", "AdminRole", "AuditRole"})
  void theStacksDeletionTakesARolesPowersAndATakenNameLeavesNoTable(String role) {
    assertThat(template.properties(role)).doesNotContainKeys("Policies", "ManagedPolicyArns");
    assertThat(template.roles().policies(role)).isNotEmpty();
    for (var policy : template.ofType("AWS::IAM::RolePolicy")) {
      assertThat(template.resource(policy)).doesNotContainKey("DeletionPolicy");
    }
    for (var table : template.ofType("AWS::DynamoDB::Table")) {
      assertThat(Tree.listAt(template.resource(table), "DependsOn")).contains(role);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vended-vend, true",
    "vended-vend:live, true",
    "vended-vend:7, true",
    "vended-reprobe, true",
    "vended-reprobe:live, true",
    "vended-reprobe2, false",
    "vended-settle, false",
    "vended-admin, false",
    "vended-vend2, false",
    "my-vended-vend, false",
    "somebodys, false"
  })
  void theVendorRoleIsOfUseToTheVendingAndTheReprobingFunctionOnly(
      String function, boolean allowed) {
    var arn = "arn:aws:lambda:eu-west-1:111122223333:function:" + function;
    for (var request :
        List.of(
            AccessRequest.of(
                VENDOR, "sts:AssumeRole", "arn:aws:iam::444455556666:role/vended/deploy"),
            AccessRequest.of(VENDOR, "dynamodb:PartiQLInsert", template.arn("AuditTable")))) {
      assertThat(vendorRole(template, request.with("lambda:SourceFunctionArn", arn)).allowed())
          .isEqualTo(allowed);
      assertThat(vendorRole(template, request).allowed()).isFalse();
    }
  }

  private Decision auditsOwnPolicy(String principal, String action) {
    return ownPolicy("AuditTable", principal, action);
  }

  private Decision ownPolicy(String table, String principal, String action) {
    return Policy.resource(Tree.at(template.properties(table), "ResourcePolicy", "PolicyDocument"))
        .evaluate(
            AccessRequest.of(principal, action, template.arn(table))
                .with("aws:PrincipalArn", principal));
  }

  private static Decision vendorRole(Template template, String action, String resource) {
    return vendorRole(
        template,
        AccessRequest.of(VENDOR, action, resource)
            .with("lambda:SourceFunctionArn", template.arn("VendFunction")));
  }

  private static Decision vendorRole(Template template, AccessRequest request) {
    var policies =
        template.functionPolicies("VendFunction").stream().map(Policy::identity).toList();
    return Policy.evaluate(policies, request);
  }

  private boolean may(String policy, String route) {
    return Policy.identity(template.managedPolicy(policy))
        .evaluate(AccessRequest.of(OWN, "execute-api:Invoke", route))
        .allowed();
  }

  private static Decision apiPolicy(Template template, String caller, String path) {
    return Policy.resource(template.api().resourcePolicy())
        .evaluate(
            AccessRequest.of(
                    caller, "execute-api:Invoke", template.api().stageArn() + "/POST" + path)
                .with("aws:PrincipalArn", caller)
                .with("aws:PrincipalAccount", caller.split(":", -1)[4]));
  }
}
