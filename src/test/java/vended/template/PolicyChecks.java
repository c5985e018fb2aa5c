package vended.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import vended.iam.AccessRequest;
import vended.iam.Decision;
import vended.iam.Policy;
import vended.iam.Statement;

/** What no policy of the template may say. */
final class PolicyChecks {
  /** All that writes to a table, except the insert that fails over an existing key. */
  static final List<String> CHANGES =
      List.of(
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
          "dynamodb:BatchWriteItem",
          "dynamodb:PartiQLUpdate",
          "dynamodb:PartiQLDelete",
          "dynamodb:DeleteTable");

  /** All that writes to a table. */
  static final List<String> WRITES =
      Stream.concat(CHANGES.stream(), Stream.of("dynamodb:PartiQLInsert")).toList();

  /** All that a function may do that only reads, beside its log and traces. */
  private static final Set<String> READS =
      Set.of(
          "dynamodb:Query",
          "dynamodb:GetItem",
          "dynamodb:BatchGetItem",
          "dynamodb:PartiQLSelect",
          "dynamodb:Scan",
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords");

  /** Those that have no resources in IAM, so that there is no way to name one. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords");

  private final Template template;
  private final List<String> findings = new ArrayList<>();

  private PolicyChecks(Template template) {
    this.template = template;
  }

  static List<String> findings(Template template) {
    var checks = new PolicyChecks(template);
    for (var function : template.ofType("AWS::Serverless::Function")) {
      checks.checkRole(function, template.roles().functionRole(function));
    }
    checks.checkOtherRoles();
    checks.checkOwnPolicy("AuditTable", "audit");
    checks.checkOwnPolicy("AllowListTable", "allow-list");
    return checks.findings;
  }

  private void checkRole(String function, String role) {
    for (var arn : template.roles().managedPolicies(role)) {
      if (template.ofType("AWS::IAM::ManagedPolicy").stream()
          .noneMatch(policy -> template.reference(policy).equals(arn))) {
        findings.add("%s has the policy %s, which the template doesn't show".formatted(role, arn));
      }
    }
    var trust = Policy.trust(template.roles().trustPolicy(role));
    if (!trust
            .evaluate(request("lambda.amazonaws.com", "sts:AssumeRole", template.arn(role)))
            .allowed()
        || trust
            .evaluate(request(administrator(), "sts:AssumeRole", template.arn(role)))
            .allowed()) {
      findings.add(role + " is not for Lambda alone");
    }
    var allowed =
        template.functionPolicies(function).stream()
            .flatMap(document -> Policy.identity(document).statements().stream())
            .filter(Statement::allow)
            .toList();
    allowed.forEach(statement -> checkStatement(role, statement));
    if (allowed.stream().anyMatch(this::changesTheAllowList)
        && allowed.stream()
            .flatMap(s -> s.actions().stream())
            .anyMatch(a -> a.startsWith("sts:"))) {
      findings.add(role + " could grant itself what it vends");
    }
    if (function.equals("AuditFunction")) {
      allowed.stream()
          .flatMap(statement -> statement.actions().stream())
          .filter(action -> !READS.contains(action))
          .forEach(action -> findings.add("%s could %s".formatted(role, action)));
    }
  }

  private void checkOtherRoles() {
    var functions =
        template.ofType("AWS::Serverless::Function").stream()
            .map(function -> template.roles().functionRole(function))
            .toList();
    for (var role : template.ofType("AWS::IAM::Role")) {
      if (!functions.contains(role)) {
        template.roles().policies(role).stream()
            .flatMap(document -> Policy.identity(document).statements().stream())
            .filter(Statement::allow)
            .forEach(statement -> checkStatement(role, statement));
      }
    }
  }

  private boolean changesTheAllowList(Statement statement) {
    return Stream.concat(CHANGES.stream(), Stream.of("dynamodb:PartiQLInsert"))
        .anyMatch(
            action ->
                statement.matchesAction(action)
                    && statement.matchesResource(template.arn("AllowListTable")));
  }

  private void checkStatement(String role, Statement statement) {
    for (var action : statement.actions()) {
      if (statement.notActions() || action.contains("*") || action.contains("?")) {
        findings.add("%s is allowed more than named actions: %s".formatted(role, action));
      }
      if (statement.resources().contains("*") && !WITHOUT_RESOURCE.contains(action)) {
        findings.add("%s is allowed %s on everything".formatted(role, action));
      }
    }
    var audit = template.arn("AuditTable");
    for (var action : CHANGES) {
      // Conditions are not looked at: there is none under which a record may be changed.
      if (statement.matchesAction(action) && statement.matchesResource(audit)) {
        findings.add("%s is allowed %s on the audit".formatted(role, action));
      }
    }
  }

  private void checkOwnPolicy(String table, String name) {
    var document = Tree.at(template.properties(table), "ResourcePolicy", "PolicyDocument");
    for (var action : WRITES) {
      if (document == null
          || Policy.resource(document)
                  .evaluate(
                      request(administrator(), action, template.arn(table))
                          .with("aws:PrincipalArn", administrator()))
              != Decision.EXPLICIT_DENY) {
        findings.add("an administrator of the account could %s the %s".formatted(action, name));
      }
    }
  }

  private String administrator() {
    return "arn:aws:iam::" + template.pseudo("AccountId") + ":role/Administrator";
  }

  private static AccessRequest request(String principal, String action, String resource) {
    return AccessRequest.of(principal, action, resource);
  }
}
