package vended.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * STAND-IN answers of the AWS CLI about a deployed stack, written from AWS's service models and not
 * recorded from an account: names and policies are those of {@code template.yaml}. Where the AWS
 * CLI is installed, {@link DoctorTest} and {@link DoctorFailuresTest} compare their form with the
 * models.
 */
final class DoctorAnswers extends ServiceAnswers {
  static final String LAMBDA_REFUSED =
      "Execution failed due to configuration error: Invalid permissions on Lambda function";

  DoctorAnswers() {
    alarms();
    principals();
    attempts();
  }

  private void alarms() {
    put("cloudwatch describe-alarms", alarms("OK", List.of(TOPIC)));
    put("sns get-topic-attributes " + TOPIC, topic("1"));
  }

  static Map<String, ?> topic(String confirmed) {
    return Map.of("Attributes", Map.of("TopicArn", TOPIC, "SubscriptionsConfirmed", confirmed));
  }

  final Map<String, ?> alarms(String state, List<String> actions) {
    return Map.of(
        "MetricAlarms",
        template.ofType("AWS::CloudWatch::Alarm").stream()
            .map(
                id ->
                    Map.of(
                        "AlarmName",
                        name(id),
                        "ActionsEnabled",
                        true,
                        "StateValue",
                        state,
                        "AlarmActions",
                        actions))
            .toList(),
        "CompositeAlarms",
        List.of());
  }

  private void principals() {
    List<String> users = List.of("arn:aws:iam::111122223333:user/people/alice");
    List<String> roles = new ArrayList<>(List.of(DEPLOYMENT));
    for (String role : List.of("VendorRole", "WatchTimerRole", "ReprobeMachineRole")) {
      roles.add(template.arn(role));
    }
    Stream.concat(users.stream(), roles.stream()).forEach(arn -> may(arn, List.of()));
    may(template.arn("WatchTimerRole"), List.of("lambda:InvokeFunction"));
    may(
        template.arn("ReprobeMachineRole"),
        List.of("lambda:InvokeFunction", "states:StopExecution"));
    mayInvokeOthers("WatchTimerRole", List.of());
    mayInvokeOthers("ReprobeMachineRole", List.of());
    roles.add(
        "arn:aws:iam::111122223333:role/aws-service-role/dynamodb.amazonaws.com/AWSServiceRoleForDynamoDB");
    part("iam list-users", Map.of("Users", entities("User", users)), users);
    part("iam list-roles", Map.of("Roles", entities("Role", roles)), roles);
  }

  private static List<Map<String, String>> entities(String kind, List<String> arns) {
    return arns.stream()
        .map(
            arn ->
                Map.of(
                    "Path",
                    "/",
                    kind + "Name",
                    arn.substring(arn.lastIndexOf('/') + 1),
                    kind + "Id",
                    "AROAEXAMPLE0000000000",
                    "Arn",
                    arn,
                    "CreateDate",
                    "2026-11-01T00:00:00+00:00"))
        .toList();
  }

  /** What IAM's simulator says a user or role may do. */
  final void may(String arn, List<String> actions) {
    simulated(arn + " all", actions);
    for (String first :
        List.of(
            "lambda:InvokeFunction",
            "lambda:CreateEventSourceMapping",
            "apigateway:DELETE",
            "cloudformation:CancelUpdateStack",
            "cloudwatch:DeleteAlarms",
            "dynamodb:DeleteResourcePolicy",
            "iam:AttachRolePolicy",
            "logs:DeleteLogGroup",
            "scheduler:DeleteSchedule",
            "states:DeleteStateMachine",
            "firehose:DeleteDeliveryStream",
            "kinesis:DecreaseStreamRetentionPeriod",
            "s3:DeleteBucketPolicy")) {
      String service = first.substring(0, first.indexOf(':') + 1);
      boolean sources = first.endsWith("Mapping");
      simulated(
          arn + " " + first,
          actions.stream()
              .filter(action -> action.startsWith(service) && action.endsWith("Mapping") == sources)
              .toList());
    }
  }

  /** What the simulator says of functions that a role of the stack does not need. */
  final void mayInvokeOthers(String role, List<String> actions) {
    simulated(template.arn(role) + " others", actions);
  }

  private void simulated(String what, List<String> allowed) {
    List<Map<String, String>> results = new ArrayList<>();
    results.add(Map.of("EvalActionName", "lambda:PublishVersion", "EvalDecision", "implicitDeny"));
    allowed.forEach(
        action -> results.add(Map.of("EvalActionName", action, "EvalDecision", "allowed")));
    part(
        "iam simulate-principal-policy " + what,
        Map.of("EvaluationResults", results, "IsTruncated", false),
        allowed);
  }

  /** All refused by the tables' own policies, and by Lambda. */
  private void attempts() {
    records(PROBE_ID, "intent", "probe");
    records(Answers.VEND_ID, "intent", "outcome");
    refuseWrites("with an explicit deny in a resource-based policy");
    put("apigateway test-invoke-method " + name("Api") + " roles", tested(500, LAMBDA_REFUSED, ""));
    put(
        "apigateway test-invoke-method " + name("Api") + " clientslist",
        tested(500, LAMBDA_REFUSED, ""));
  }

  static Map<String, ?> tested(int status, String log, String body) {
    return Map.of("status", status, "log", log, "body", body, "latency", 12);
  }

  final void records(String id, String... kinds) {
    put(
        "dynamodb query %s {\":id\":{\"S\":\"%s\"}}".formatted(name("AuditTable"), id),
        Map.of(
            "Items",
            Stream.of(kinds)
                .map(kind -> Map.of("pk", Map.of("S", id), "sk", Map.of("S", kind)))
                .toList(),
            "Count",
            kinds.length));
  }

  final void refuseWrites(String because) {
    for (String table : List.of(name("AllowListTable"), name("AuditTable"))) {
      for (String operation : List.of("update-item", "put-item", "delete-item")) {
        refuseWrite("dynamodb " + operation + " " + table, because);
      }
    }
    refuseWrite("dynamodb execute-statement", because);
  }

  final void refuseWrite(String question, String because) {
    refuse(
        question,
        "AccessDeniedException",
        "User: arn:aws:sts::111122223333:assumed-role/Operator/me is not authorized to perform:"
            + " dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/t "
            + because);
  }
}
