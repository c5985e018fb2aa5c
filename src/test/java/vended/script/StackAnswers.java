package vended.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vended.json.Json;
import vended.template.Template;

/** About the stack, its tables and its roles, as {@code template.yaml} makes them. */
abstract class StackAnswers extends AwsAnswers {
  static final String ACCOUNT = "111122223333";
  static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms";
  static final String DEPLOYMENT_ID = "dep123";
  static final String PROBE_ID = "01JD0000000000000000000001";
  static final String DEPLOYMENT = "arn:aws:iam::111122223333:role/Deployment";

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "AlarmTopicArn",
          TOPIC,
          "EvidenceRetentionDays",
          "30",
          "PublishEvents",
          "true",
          "CallerAccounts",
          "555566667777",
          "AdministratorArns",
          "arn:aws:iam::999900001111:role/Admins*",
          "AuditorArns",
          "arn:aws:iam::999900001111:role/Auditors",
          "ClientView",
          "true");

  private static final Template TEMPLATE = Template.read(Path.of("template.yaml"), PARAMETERS);

  final Template template = TEMPLATE;

  StackAnswers() {
    stack();
    table("AllowListTable", "expiresAt");
    table("AuditTable", "ttl");
    Stream.of("VendorRole", "AdminRole", "AuditRole", "MineRole").forEach(this::role);
  }

  final String name(String logicalId) {
    return template.reference(logicalId);
  }

  private void stack() {
    put("sts get-caller-identity", identity("arn:aws:sts::111122223333:assumed-role/Operator/me"));
    stack("UPDATE_COMPLETE", template.outputs());
    resources(id -> true);
    put(
        "cloudformation get-stack-policy vended",
        Map.of("StackPolicyBody", read("policies/stack-policy.json")));
  }

  static Map<String, ?> identity(String arn) {
    return Map.of("UserId", "AROAEXAMPLEOPERATOR00:me", "Account", ACCOUNT, "Arn", arn);
  }

  final void stack(String status, Map<String, String> outputs) {
    List<Map<String, String>> given = new ArrayList<>();
    outputs.forEach((key, value) -> given.add(Map.of("OutputKey", key, "OutputValue", value)));
    List<Map<String, String>> parameters = new ArrayList<>();
    PARAMETERS.forEach(
        (key, value) -> parameters.add(Map.of("ParameterKey", key, "ParameterValue", value)));
    put(
        "cloudformation describe-stacks vended",
        Map.of(
            "Stacks",
            List.of(
                Map.of(
                    "StackId",
                    "arn:aws:cloudformation:eu-west-1:111122223333:stack/vended/6f0e0a10-cb3b-11f0",
                    "StackName",
                    "vended",
                    "StackStatus",
                    status,
                    "CreationTime",
                    "2026-11-01T00:00:00+00:00",
                    "Outputs",
                    given,
                    "Parameters",
                    parameters))));
  }

  /** Some of the template's, by their logical IDs. */
  final void resources(Predicate<String> wanted) {
    resources(wanted, Map.of());
  }

  private void resources(Predicate<String> wanted, Map<String, String> names) {
    List<Map<String, String>> list = new ArrayList<>();
    template
        .resources()
        .forEach(
            (id, resource) -> {
              String type = String.valueOf(resource.get("Type"));
              if (wanted.test(id) && !type.endsWith("Policy") && !type.endsWith("Permission")) {
                list.add(
                    resource(
                        id,
                        names.getOrDefault(id, template.reference(id)),
                        type.replace("Serverless::Function", "Lambda::Function")));
                if (type.equals("AWS::Serverless::Api")) {
                  list.add(
                      resource(id + "Deployment1", DEPLOYMENT_ID, "AWS::ApiGateway::Deployment"));
                }
                if (type.equals("AWS::Serverless::Function")) {
                  list.add(
                      resource(id + "Version1", template.arn(id) + ":7", "AWS::Lambda::Version"));
                }
              }
            });
    put("cloudformation list-stack-resources vended", Map.of("StackResourceSummaries", list));
  }

  /** Only these, some of them with other names. */
  final void resources(Set<String> wanted, Map<String, String> names) {
    resources(wanted::contains, names);
  }

  /** What the attempts need, so that everything else is answered at once: it is missing. */
  final void onlyWhatIsAttempted() {
    resources(
        Set.of("VendorRole", "AdminRole", "MineRole", "AllowListTable", "AuditTable", "Api")
            ::contains);
  }

  private static Map<String, String> resource(String id, String name, String type) {
    return Map.of(
        "LogicalResourceId",
        id,
        "PhysicalResourceId",
        name,
        "ResourceType",
        type,
        "LastUpdatedTimestamp",
        "2026-11-01T00:00:00+00:00",
        "ResourceStatus",
        "CREATE_COMPLETE");
  }

  private void table(String logicalId, String attribute) {
    String name = name(logicalId);
    put(
        "dynamodb describe-table " + name,
        Map.of(
            "Table",
            Map.of("TableName", name, "TableStatus", "ACTIVE", "DeletionProtectionEnabled", true)));
    put(
        "dynamodb get-resource-policy " + template.arn(logicalId),
        Map.of("Policy", Json.write(tablePolicy(logicalId)), "RevisionId", "1"));
    put(
        "dynamodb describe-continuous-backups " + name,
        Map.of(
            "ContinuousBackupsDescription",
            Map.of(
                "ContinuousBackupsStatus",
                "ENABLED",
                "PointInTimeRecoveryDescription",
                Map.of("PointInTimeRecoveryStatus", "ENABLED"))));
    put(
        "dynamodb describe-time-to-live " + name,
        Map.of(
            "TimeToLiveDescription",
            Map.of("TimeToLiveStatus", "ENABLED", "AttributeName", attribute)));
  }

  final Map<String, Object> tablePolicy(String logicalId) {
    return object(
        object(template.properties(logicalId).get("ResourcePolicy")).get("PolicyDocument"));
  }

  private void role(String logicalId) {
    String name = name(logicalId);
    put(
        "iam get-role " + name,
        role(logicalId, Objects.requireNonNull(template.outputs().get("VendorRoleUniqueId"))));
    put("iam list-attached-role-policies " + name, Map.of("AttachedPolicies", List.of()));
    put("iam list-role-policies " + name, Map.of("PolicyNames", List.of("service")));
    put(
        "iam get-role-policy " + name,
        Map.of(
            "RoleName",
            name,
            "PolicyName",
            "service",
            "PolicyDocument",
            template.roles().policies(logicalId).getFirst()));
  }

  final Map<String, ?> role(String logicalId, Object id) {
    return Map.of(
        "Role",
        Map.of(
            "Path",
            "/",
            "RoleName",
            name(logicalId),
            "RoleId",
            id,
            "Arn",
            template.arn(logicalId),
            "CreateDate",
            "2026-11-01T00:00:00+00:00",
            "AssumeRolePolicyDocument",
            template.roles().trustPolicy(logicalId)));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
