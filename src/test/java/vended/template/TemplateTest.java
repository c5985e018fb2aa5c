package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;

/** The checks hold for the template, and each of them would notice what it is there for. */
class TemplateTest {
  private static final Path FILE = Path.of("template.yaml");

  /**
   * One way to break the template.
   *
   * @param find a regular expression
   */
  record Mutation(String name, String find, String replace, String finding) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void theTemplateHasNoFindings() {
    assertThat(TemplateChecks.findings(Template.read(FILE, Map.of()))).isEmpty();
  }

  @Test
  void aRegionWithoutSnapStartGetsNone() {
    assertThat(Template.read(FILE, Map.of("SnapStart", "false")).properties("VendFunction"))
        .doesNotContainKey("SnapStart");
  }

  @Test
  void eachAlarmHasItsPageInTheOperationsGuide() throws IOException {
    var guide = Files.readString(Path.of("docs", "operations.md"));

    assertThat(Template.read(FILE, Map.of()).ofType("AWS::CloudWatch::Alarm"))
        .allSatisfy(
            alarm -> assertThat(guide).contains("### " + alarm.replace("Alarm", "") + "\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aMistakeInTheTemplateIsFound(Mutation mutation) throws IOException {
    assertFound(mutation);
  }

  static void assertFound(Mutation mutation) throws IOException {
    var text = Files.readString(FILE);
    var broken = text.replaceFirst(mutation.find(), mutation.replace());
    assertThat(broken).as("the mutation applies").isNotEqualTo(text);

    assertThat(TemplateChecks.findings(Template.parse(broken, Map.of())))
        .anySatisfy(finding -> assertThat(finding).contains(mutation.finding()));
  }

  static Stream<Mutation> aMistakeInTheTemplateIsFound() {
    // Each kind of mistake, and all of them in the long run.
    return Stream.of(
            routes(), gatewayResponses(), functions(), policies(), auditPolicies(), tables())
        .flatMap(mutations -> Soak.some(3, mutations.toList()).stream());
  }

  private static Stream<Mutation> routes() {
    return Stream.of(
        new Mutation(
            "no authorizer by default",
            "DefaultAuthorizer: AWS_IAM",
            "AddDefaultAuthorizerToCorsPreflight: false",
            "/credentials has the authorizer NONE"),
        new Mutation(
            "a route without its authorizer",
            "/roles:\n            post:\n",
            "/roles:\n            post:\n              security: [{NONE: []}]\n",
            "/roles has the authorizer its own"),
        new Mutation(
            "a route that is a GET",
            "/roles:\n            post:",
            "/roles:\n            get:",
            "/roles is not a POST"),
        new Mutation(
            "an API that calls from every stage",
            "/v1/POST/\\*",
            "/*/POST/*",
            "a test of the API's method"),
        new Mutation(
            "a function that the API may not call",
            "FunctionName: !Ref AuditFunction.Alias",
            "FunctionName: !Ref VendFunction.Alias",
            "Lambda refuses the API's call for /audit/query"),
        new Mutation(
            "bodies in the log",
            "DataTraceEnabled: false",
            "DataTraceEnabled: true",
            "would log bodies"),
        new Mutation(
            "the function called as the caller",
            "InvokeRole: NONE",
            "InvokeRole: CALLER_CREDENTIALS",
            "as the caller"),
        new Mutation(
            "a header in the access log",
            "\\$context.httpMethod",
            "\\$input.params().header.Authorization",
            "the access log would hold more"));
  }

  private static Stream<Mutation> gatewayResponses() {
    return Stream.of(
        new Mutation(
            "a refusal that can be cached",
            "Cache-Control: \"'no-store'\"",
            "Cache-Control: \"'max-age=60'\"",
            "ACCESS_DENIED could be cached"),
        new Mutation(
            "a refusal of another type",
            "Content-Type: \"'application/problem\\+json'\"",
            "Content-Type: \"'application/json'\"",
            "ACCESS_DENIED is not a problem document"),
        new Mutation(
            "a refusal that echoes the gateway",
            "\"detail\":\"The signature [^\"]*\"",
            "\"detail\":\\$context.error.messageString",
            "INVALID_SIGNATURE echoes"),
        new Mutation(
            "a default that is not worded", "DEFAULT_5XX:", "QUOTA_EXCEEDED:", "DEFAULT_5XX"));
  }

  private static Stream<Mutation> functions() {
    return Stream.of(
        new Mutation(
            "a handler's class that isn't there",
            "vended.api.vend.VendHandler::",
            "vended.api.NoHandler::",
            "a handler that the code lacks"),
        new Mutation(
            "a handler's method that isn't there",
            "::handleRequest",
            "::handle",
            "a handler that the code lacks"),
        new Mutation(
            "a variable that nothing reads",
            "        AUDIT_TABLE: ",
            "        AUDIT_TABEL: ",
            "AUDIT_TABEL, which nothing reads"),
        new Mutation(
            "a log that is kept for ever",
            "(VendLog:[^#]*?)RetentionInDays: !Ref LogRetentionDays",
            "$1LogGroupClass: STANDARD",
            "no log group with a retention"),
        new Mutation(
            "a function without a snapshot",
            "ApplyOn: PublishedVersions",
            "ApplyOn: None",
            "no snapshot"),
        new Mutation(
            "a snapshot of a function that is called rarely",
            "(Description: Changes the allow-list)",
            "SnapStart: {ApplyOn: PublishedVersions}\n      $1",
            "AdminFunction, which is called rarely"));
  }

  private static Stream<Mutation> policies() {
    return Stream.of(
        new Mutation(
            "every action",
            "Action: \\[dynamodb:BatchGetItem, dynamodb:Query]",
            "Action: '*'",
            "more than named actions: *"),
        new Mutation(
            "every action of a service",
            "Action: \\[dynamodb:BatchGetItem, dynamodb:Query]",
            "Action: dynamodb:*",
            "more than named actions: dynamodb:*"),
        new Mutation(
            "all actions but one",
            "Action: \\[dynamodb:BatchGetItem, dynamodb:Query]",
            "NotAction: iam:PassRole",
            "more than named actions: iam:PassRole"),
        new Mutation(
            "every resource",
            "Resource: !GetAtt AllowListTable.Arn",
            "Resource: '*'",
            "dynamodb:Query on everything"),
        new Mutation(
            "a managed policy of AWS",
            "RoleName: !Ref VendorRoleName",
            "ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]\n      $0",
            "which the template doesn't show"),
        new Mutation(
            "a vending function that grants",
            "Action: \\[dynamodb:BatchGetItem, dynamodb:Query]",
            "Action: [dynamodb:BatchGetItem, dynamodb:UpdateItem]",
            "VendorRole could grant itself"),
        new Mutation(
            "an admin function that assumes roles",
            "(RoleName: !Ref AdminRole\n[\\s\\S]*?Statement:\n)",
            """
            $1          - Effect: Allow
                        Action: sts:AssumeRole
                        Resource: arn:aws:iam::444455556666:role/vended/deploy
            """,
            "AdminRole could grant itself"),
        new Mutation(
            "an audit function that adds to the audit",
            "Action: \\[dynamodb:Query, dynamodb:BatchGetItem]",
            "Action: [dynamodb:Query, dynamodb:PartiQLInsert]",
            "AuditRole could dynamodb:PartiQLInsert"),
        new Mutation(
            "somebody else as the vendor role",
            "Principal: \\{Service: lambda.amazonaws.com}",
            "Principal: {AWS: '111122223333', Service: lambda.amazonaws.com}",
            "not for Lambda alone"));
  }

  private static Stream<Mutation> auditPolicies() {
    var ways =
        PolicyChecks.CHANGES.stream()
            .map(
                action ->
                    new Mutation(
                        action + " on the audit, by the function",
                        "dynamodb:PartiQLInsert, dynamodb:GetItem",
                        "dynamodb:PartiQLInsert, " + action,
                        action + " on the audit"));
    var holes =
        PolicyChecks.CHANGES.stream()
            .map(
                action ->
                    new Mutation(
                        action + " on the audit, by an administrator",
                        "(  AuditTable:\n[\\s\\S]*?) {16}- " + action + "\n",
                        "$1",
                        "could " + action + " the audit"));
    var rows =
        PolicyChecks.WRITES.stream()
            .map(
                action ->
                    new Mutation(
                        action + " on the allow-list, by an administrator",
                        "(  AllowListTable:\n[\\s\\S]*?)" + action + "\\b",
                        "$1dynamodb:DescribeTable",
                        "could " + action + " the allow-list"));
    var pattern =
        new Mutation(
            "the audit by a pattern",
            "Resource: !GetAtt AllowListTable.Arn",
            """
            $0
                      - Effect: Allow
                        Action: dynamodb:UpdateItem
                        Resource: arn:aws:dynamodb:*:*:table/vended-A*
                      - Effect: Allow
                        Action: dynamodb:Query
                        Resource: !GetAtt AllowListTable.Arn\
            """,
            "dynamodb:UpdateItem on the audit");
    return Stream.of(ways, holes, rows, Stream.of(pattern)).flatMap(mutations -> mutations);
  }

  private static Stream<Mutation> tables() {
    return Stream.of(
        new Mutation(
            "a table that goes with the stack",
            "(AuditTable:\n(?:.*\n){1,4}? {4})DeletionPolicy: Retain",
            "$1DeletionPolicy: Delete",
            "AuditTable has no DeletionPolicy"),
        new Mutation(
            "a table that goes when it is replaced",
            "(AllowListTable:\n(?:.*\n){2,5}? {4})UpdateReplacePolicy: Retain",
            "$1UpdateReplacePolicy: Delete",
            "AllowListTable has no UpdateReplacePolicy"),
        new Mutation(
            "a table without recovery",
            "PointInTimeRecoveryEnabled: true",
            "PointInTimeRecoveryEnabled: false",
            "point in time"),
        new Mutation(
            "a table without protection",
            "DeletionProtectionEnabled: true",
            "DeletionProtectionEnabled: false",
            "can be deleted"),
        new Mutation(
            "a vendor role that goes with the stack",
            "(VendorRole:\n.*\n {4})DeletionPolicy: RetainExceptOnCreate",
            "$1DeletionPolicy: Delete",
            "VendorRole has no DeletionPolicy"),
        new Mutation(
            "a vendor role of any name",
            "RoleName: !Ref VendorRoleName",
            "MaxSessionDuration: 3600",
            "no fixed name"),
        new Mutation(
            "an index that is missing",
            "IndexName: by-access-key",
            "IndexName: by-key",
            "by-access-key, which the table lacks"),
        new Mutation(
            "an index by another key",
            "AttributeName: accessKeyId, KeyType",
            "AttributeName: caller, KeyType",
            "by-access-key, which the table lacks"));
  }
}
