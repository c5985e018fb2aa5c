package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vended.iam.AccessRequest;
import vended.iam.Decision;
import vended.iam.Policy;

/** The policies that an operator attaches beside the stack: `policies/*.json`. */
class PolicyFilesTest {
  private static final Path FOLDER = Path.of("policies");
  private static final String ADMINISTRATOR = role("Administrator");
  private static final String DEPLOYMENT = role("Deployment");

  private static final Template template = Template.read(Path.of("template.yaml"), Map.of());
  private static final Policy controlPolicy = readControlPolicy();

  record Bypass(String action, String resource) {
    @Override
    public String toString() {
      return action + " on " + resource;
    }
  }

  /** What would go round the service, on each resource that it could be done to. */
  static Stream<Bypass> bypasses() {
    var template = Template.read(Path.of("template.yaml"), Map.of());
    var api = "arn:aws:apigateway:eu-west-1::/restapis/" + template.reference("Api");
    return Stream.of(
            of(
                template.ofType("AWS::Serverless::Function").stream().map(template::arn).toList(),
                "lambda:UpdateFunctionCode",
                "lambda:UpdateFunctionConfiguration",
                "lambda:PublishVersion",
                "lambda:CreateAlias",
                "lambda:UpdateAlias",
                "lambda:DeleteAlias",
                "lambda:AddPermission",
                "lambda:RemovePermission",
                "lambda:CreateFunctionUrlConfig",
                "lambda:CreateFunction",
                "lambda:DeleteFunction",
                "lambda:PutFunctionEventInvokeConfig",
                "lambda:PutRuntimeManagementConfig"),
            of(
                List.of(
                    api,
                    api + "/resources/abc/methods/POST",
                    api + "/stages/v1",
                    api + "/deployments"),
                "apigateway:PUT",
                "apigateway:POST",
                "apigateway:PATCH",
                "apigateway:DELETE",
                "apigateway:UpdateRestApiPolicy"),
            of(
                Stream.concat(
                        template.ofType("AWS::IAM::Role").stream().map(template::arn),
                        Stream.of(role("vended-WatchTimerRole-forged"), DEPLOYMENT))
                    .toList(),
                "iam:CreateRole",
                "iam:UpdateAssumeRolePolicy",
                "iam:PutRolePolicy",
                "iam:AttachRolePolicy",
                "iam:DeleteRolePolicy",
                "iam:DeleteRole",
                "iam:PassRole"),
            of(
                template.tables().stream().map(Table::arn).toList(),
                "dynamodb:PutResourcePolicy",
                "dynamodb:DeleteResourcePolicy",
                "dynamodb:UpdateTable",
                "dynamodb:UpdateTimeToLive",
                "dynamodb:UpdateContinuousBackups",
                "dynamodb:DeleteTable",
                "dynamodb:DisableKinesisStreamingDestination"),
            of(
                List.of("arn:aws:cloudformation:eu-west-1:111122223333:stack/vended/1"),
                "cloudformation:UpdateStack",
                "cloudformation:DeleteStack",
                "cloudformation:CreateChangeSet",
                "cloudformation:ExecuteChangeSet",
                "cloudformation:SetStackPolicy"),
            of(
                List.of("arn:aws:states:eu-west-1:111122223333:stateMachine:vended-reprobe"),
                "states:UpdateStateMachine"),
            of(
                template.ofType("AWS::Logs::LogGroup").stream()
                    .map(group -> template.arn(group).replace(":*", ""))
                    .toList(),
                "logs:DeleteLogGroup",
                "logs:PutRetentionPolicy"),
            of(
                template.ofType("AWS::CloudWatch::Alarm").stream().map(template::arn).toList(),
                "cloudwatch:DeleteAlarms",
                "cloudwatch:DisableAlarmActions"),
            of(
                List.of(
                    "arn:aws:s3:::vended-evidencebucket-1a2b3c",
                    "arn:aws:s3:::vended-evidencelanding-1a2b3c"),
                "s3:PutBucketPolicy",
                // S3 does not replicate what a key of KMS encrypts, unless the rule says so.
                "s3:PutEncryptionConfiguration",
                "s3:PutReplicationConfiguration",
                "s3:PutLifecycleConfiguration"),
            of(
                List.of("arn:aws:kinesis:eu-west-1:111122223333:stream/vended-EvidenceStream-1a2b"),
                "kinesis:DeleteStream",
                "kinesis:PutResourcePolicy",
                "kinesis:StartStreamEncryption"))
        .flatMap(bypasses -> bypasses);
  }

  private static Stream<Bypass> of(List<String> resources, String... actions) {
    return Stream.of(actions)
        .flatMap(action -> resources.stream().map(resource -> new Bypass(action, resource)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bypasses")
  void onlyTheDeploymentRoleCanGoRoundTheService(Bypass bypass) {
    assertThat(underTheControlPolicy(ADMINISTRATOR, bypass.action(), bypass.resource()))
        .isEqualTo(Decision.EXPLICIT_DENY);
    assertThat(underTheControlPolicy(DEPLOYMENT, bypass.action(), bypass.resource()))
        .isEqualTo(Decision.IMPLICIT_DENY);
  }

  @Test
  void nobodyInvokesAFunctionButTheServicesOwnRoles() {
    for (var function : template.ofType("AWS::Serverless::Function")) {
      for (var qualifier : List.of("", ":live", ":7")) {
        var arn = template.arn(function) + qualifier;
        for (var caller : List.of(ADMINISTRATOR, DEPLOYMENT, template.arn("VendorRole"))) {
          assertThat(underTheControlPolicy(caller, "lambda:InvokeFunction", arn))
              .as(caller + " " + arn)
              .isEqualTo(Decision.EXPLICIT_DENY);
        }
      }
      // CloudFormation adds a suffix to the names of these roles.
      for (var own : List.of("ReprobeMachineRole", "WatchTimerRole")) {
        assertThat(
                underTheControlPolicy(
                    template.arn(own) + "-1A2B3C",
                    "lambda:InvokeFunction",
                    template.arn(function) + ":live"))
            .isEqualTo(Decision.IMPLICIT_DENY);
      }
    }
  }

  @Test
  void noEventSourceCallsAFunctionNotEvenOfTheDeploymentRole() {
    var request =
        AccessRequest.of(
                DEPLOYMENT,
                "lambda:CreateEventSourceMapping",
                "arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:1")
            .with("aws:PrincipalArn", DEPLOYMENT);

    assertThat(
            controlPolicy.evaluate(
                request.with("lambda:FunctionArn", template.arn("VendFunction"))))
        .isEqualTo(Decision.EXPLICIT_DENY);
    assertThat(
            controlPolicy.evaluate(
                request.with(
                    "lambda:FunctionArn",
                    "arn:aws:lambda:eu-west-1:111122223333:function:another")))
        .isEqualTo(Decision.IMPLICIT_DENY);
  }

  @ParameterizedTest
  @CsvSource({
    "lambda:PutFunctionConcurrency, VendFunction",
    "lambda:PutFunctionConcurrency, ReprobeFunction",
    "lambda:DeleteFunctionConcurrency, VendFunction",
    "lambda:GetFunction, VendFunction",
    "dynamodb:Query, AuditTable",
    "dynamodb:GetResourcePolicy, AuditTable",
    "iam:GetRole, VendorRole"
  })
  void everybodyMayStillLookAndStopVending(String action, String resource) {
    assertThat(underTheControlPolicy(ADMINISTRATOR, action, template.arn(resource)))
        .isEqualTo(Decision.IMPLICIT_DENY);
  }

  @Test
  void theControlPolicyFitsAndIsLimitedToTheService() throws IOException {
    // AWS Organizations User Guide, "Quotas and service limits": 5,120 characters.
    assertThat(Files.readString(FOLDER.resolve("service-control-policy.json")).length())
        .isLessThan(5120);
    for (var other :
        List.of(
            new Bypass("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:x"),
            new Bypass("iam:CreateRole", role("other")),
            new Bypass("dynamodb:DeleteTable", "arn:aws:dynamodb:eu-west-1:111122223333:table/x"),
            new Bypass("apigateway:POST", "arn:aws:apigateway:eu-west-1::/restapis/another"))) {
      assertThat(underTheControlPolicy(ADMINISTRATOR, other.action(), other.resource()))
          .as(other.toString())
          .isEqualTo(Decision.IMPLICIT_DENY);
    }
  }

  @Test
  void theStackPolicyKeepsWhatMustNeverBeReplaced() throws IOException {
    var statements =
        Tree.listAt(Yaml.parse(Files.readString(FOLDER.resolve("stack-policy.json"))), "Statement");
    var deny =
        statements.stream()
            .filter(statement -> "Deny".equals(Tree.textAt(statement, "Effect")))
            .findFirst()
            .orElseThrow();

    assertThat(Tree.listAt(deny, "Action"))
        .containsExactlyInAnyOrder("Update:Replace", "Update:Delete");
    assertThat(Tree.listAt(deny, "Resource"))
        .containsAll(
            Stream.concat(template.ofType("AWS::DynamoDB::Table").stream(), Stream.of("VendorRole"))
                .map(id -> "LogicalResourceId/" + id)
                .toList())
        .allSatisfy(
            id ->
                assertThat(Files.readString(Path.of("template.yaml")))
                    .contains("  " + id.toString().replace("LogicalResourceId/", "") + ":\n"));
  }

  private static Decision underTheControlPolicy(String principal, String action, String resource) {
    return controlPolicy.evaluate(
        AccessRequest.of(principal, action, resource).with("aws:PrincipalArn", principal));
  }

  private static Policy readControlPolicy() {
    try {
      var text =
          Files.readString(FOLDER.resolve("service-control-policy.json"))
              .replace("ACCOUNT_ID", "111122223333")
              .replace("API_ID", template.reference("Api"))
              .replace("DEPLOYMENT_ROLE_ARN", DEPLOYMENT);
      return Policy.identity(Yaml.parse(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String role(String name) {
    return "arn:aws:iam::111122223333:role/" + name;
  }
}
