package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.InSoak;
import vended.script.StandIn.Answer;
import vended.script.StandIn.Request;

/** Each check of {@code vend doctor} fails where something is wrong, and says what to do. */
class DoctorFailuresTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path home;

  private static final String INTRUDER = "arn:aws:iam::111122223333:user/people/alice";

  @SuppressWarnings("NullAway.Init")
  private static DoctorRun run;

  /** Everything at once, since a run takes two seconds. */
  @BeforeAll
  static void ask() throws Exception {
    DoctorAnswers answers = new DoctorAnswers();
    breakTheStack(answers);
    breakTheTables(answers);
    breakTheRoles(answers);
    breakTheFunctions(answers);
    breakTheRest(answers);
    letEverythingIn(answers);
    // All checks run in dash in DoctorTest.
    Shell busybox = DoctorRun.shell("busybox sh");
    run =
        DoctorRun.of(busybox, home, answers, DoctorFailuresTest::service, "--probe", Answers.ROLE);
  }

  private static void breakTheStack(DoctorAnswers answers) {
    Map<String, String> outputs = new HashMap<>(answers.template.outputs());
    outputs.remove("RolesRouteArn");
    answers.stack("UPDATE_ROLLBACK_COMPLETE", outputs);
    answers.empty("cloudformation get-stack-policy vended");
  }

  private static void breakTheTables(DoctorAnswers answers) {
    String list = answers.name("AllowListTable");
    String audit = answers.name("AuditTable");
    answers.put(
        "dynamodb describe-table " + list,
        Map.of("Table", Map.of("TableStatus", "ACTIVE", "DeletionProtectionEnabled", false)));
    answers.put(
        "dynamodb describe-table " + audit, Map.of("Table", Map.of("TableStatus", "DELETING")));
    answers.refuse(
        "dynamodb get-resource-policy " + answers.template.arn("AllowListTable"),
        "PolicyNotFoundException",
        "Resource-based policy not found");
    answers.put(
        "dynamodb get-resource-policy " + answers.template.arn("AuditTable"),
        Map.of("Policy", "{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
    for (String table : List.of(list, audit)) {
      answers.put(
          "dynamodb describe-continuous-backups " + table,
          Map.of(
              "ContinuousBackupsDescription",
              Map.of(
                  "ContinuousBackupsStatus",
                  "ENABLED",
                  "PointInTimeRecoveryDescription",
                  Map.of("PointInTimeRecoveryStatus", "DISABLED"))));
      answers.put(
          "dynamodb describe-time-to-live " + table,
          Map.of("TimeToLiveDescription", Map.of("TimeToLiveStatus", "DISABLED")));
    }
  }

  private static void breakTheRoles(DoctorAnswers answers) {
    answers.put("iam get-role " + answers.name("VendorRole"), trusting(Map.of("AWS", "*")));
    answers.put(
        "iam list-attached-role-policies " + answers.name("VendorRole"),
        Map.of(
            "AttachedPolicies",
            List.of(
                Map.of(
                    "PolicyName",
                    "A",
                    "PolicyArn",
                    "arn:aws:iam::aws:policy/AdministratorAccess"))));
    answers.refuse(
        "iam get-role " + answers.name("AdminRole"), "NoSuchEntity", "The role cannot be found.");
    answers.put(
        "iam get-role-policy " + answers.name("AuditRole"),
        Map.of(
            "RoleName", "r",
            "PolicyName", "service",
            "PolicyDocument",
                Map.of(
                    "Statement",
                    Map.of("Effect", "Allow", "Action", "dynamodb:*", "Resource", "*"))));
    answers.put(
        "iam get-role " + answers.name("AuditRole"),
        trusting(Map.of("Service", "ec2.amazonaws.com")));
  }

  private static Map<String, ?> trusting(Map<String, String> principal) {
    return Map.of(
        "Role",
        Map.of(
            "RoleId",
            "AROAANOTHERROLE",
            "AssumeRolePolicyDocument",
            Map.of(
                "Statement",
                List.of(
                    Map.of(
                        "Effect", "Allow", "Principal", principal, "Action", "sts:AssumeRole")))));
  }

  private static void breakTheFunctions(DoctorAnswers answers) {
    answers.put(
        "lambda get-function-configuration vended-vend live",
        DoctorAnswers.function("f", "Inactive"));
    answers.put(
        "lambda get-function-configuration vended-admin live",
        DoctorAnswers.function("f", "Pending"));
    answers.put(
        "lambda get-function-configuration vended-audit live",
        DoctorAnswers.function("f", "Failed"));
    answers.put("lambda get-alias vended-settle", DoctorAnswers.alias("3", Map.of()));
    answers.put("lambda get-alias vended-watch", DoctorAnswers.alias("7", Map.of("3", 0.1)));
    answers.refuse(
        "lambda get-alias vended-reprobe", "ResourceNotFoundException", "Function not found");
    answers.put("lambda get-policy vended-vend live", answers.caller("*/POST/*"));
    answers.put("lambda get-policy vended-admin", answers.caller("v1/POST/*"));
    answers.refuse("lambda get-policy vended-audit live", "ResourceNotFoundException", "none");
    answers.put("lambda get-policy vended-watch live", answers.caller("v1/POST/*"));
    // Of a version alone: neither the alias nor the function shows it.
    answers.put("lambda get-policy vended-reprobe 7", answers.caller("v1/POST/*"));
    answers.put(
        "lambda list-event-source-mappings",
        Map.of(
            "EventSourceMappings",
            List.of(
                Map.of(
                    "UUID", "u",
                    "EventSourceArn", "arn:aws:sqs:eu-west-1:111122223333:queue",
                    "FunctionArn",
                        "arn:aws:lambda:eu-west-1:111122223333:function:vended-vend:live"))));
  }

  private static void breakTheRest(DoctorAnswers answers) {
    answers.api(
        Map.of(
            "Statement",
            List.of(
                Map.of(
                    "Effect", "Allow",
                    "Principal", "*",
                    "Action", "execute-api:Invoke",
                    "Resource", "execute-api:/*"))));
    answers.put("apigateway get-stage " + answers.name("Api"), DoctorAnswers.stage("dep0", true));
    answers.put(
        "apigateway get-resources " + answers.name("Api"),
        Map.of("items", answers.methods("NONE")));
    answers.put("cloudwatch describe-alarms", answers.alarms("ALARM", List.of()));
    answers.put("sns get-topic-attributes " + DoctorAnswers.TOPIC, DoctorAnswers.topic("0"));
    answers.put(
        "dynamodb describe-kinesis-streaming-destination " + answers.name("AuditTable"),
        answers.stream("DISABLED"));
    answers.put(
        "firehose describe-delivery-stream " + answers.name("EvidenceDelivery"),
        answers.delivery("CREATING_FAILED"));
    answers.put(
        "s3api get-bucket-replication " + answers.name("EvidenceLanding"),
        answers.replication("Disabled"));
    answers.put("pipes describe-pipe " + answers.name("EventPipe"), DoctorAnswers.pipe("STOPPED"));
    answers.put(
        "sqs get-queue-attributes " + answers.name("EventQueue"), DoctorAnswers.queued("3"));
    answers.put(
        "s3api get-object-lock-configuration " + answers.name("EvidenceBucket"),
        DoctorAnswers.lock("GOVERNANCE"));
    answers.may(INTRUDER, List.of("lambda:InvokeFunction", "dynamodb:PutResourcePolicy"));
    answers.may(answers.template.arn("WatchTimerRole"), List.of("iam:PutRolePolicy"));
    answers.mayInvokeOthers("ReprobeMachineRole", List.of("lambda:InvokeFunction"));
  }

  private static void letEverythingIn(DoctorAnswers answers) {
    for (String table : List.of(answers.name("AllowListTable"), answers.name("AuditTable"))) {
      for (String operation : List.of("update-item", "put-item", "delete-item")) {
        answers.refuse(
            "dynamodb " + operation + " " + table,
            "ConditionalCheckFailedException",
            "The conditional request failed");
      }
    }
    answers.records(DoctorAnswers.PROBE_ID, "intent");
    answers.records(Answers.VEND_ID, "intent");
    answers.refuse(
        "dynamodb execute-statement",
        "DuplicateItemException",
        "Duplicate primary key exists in table");
    answers.put(
        "apigateway test-invoke-method " + answers.name("Api") + " roles",
        DoctorAnswers.tested(200, "", "{\"caller\":{}}"));
  }

  private static Answer service(Request request) {
    return Answer.json(
        request.path().equals("/probes")
            ? "{\"probeId\":\"%s\",\"passed\":false}".formatted(DoctorAnswers.PROBE_ID)
            : Answers.credentials());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stack              | UPDATE_ROLLBACK_COMPLETE
          outputs            | RolesRouteArn
          stack-policy       | aws cloudformation set-stack-policy --stack-name vended
          allow-list-table   | not protected from deletion
          audit-table        | DELETING
          allow-list-policy  | has no resource policy
          audit-policy       | does not deny dynamodb:PutItem to all
          allow-list-backups | point-in-time recovery
          audit-backups      | aws dynamodb update-continuous-backups
          allow-list-expiry  | AttributeName=expiresAt
          audit-expiry       | AttributeName=ttl
          vendor-role-id     | AROAANOTHERROLE
          vendor-role-trust  | lets others in
          vendor-role-powers | AdministratorAccess
          admin-role         | does not exist
          audit-role-trust   | ec2.amazonaws.com
          audit-role-powers  | outside the service's functions
          vend-alias         | Inactive
          admin-alias        | Pending
          audit-alias        | Failed
          reprobe-alias      | has no alias live
          settle-alias       | is version 3 and maybe others, not the deployed version 7 alone
          watch-alias        | UpdateAlias
          vend-callers       | statement api lets others call it
          admin-callers      | statement api lets others call it
          audit-callers      | the API can't call it
          watch-callers      | statement api lets others call it
          reprobe-callers    | vended-reprobe:7: statement api lets others call it
          event-sources      | arn:aws:sqs:eu-west-1:111122223333:queue
          api-policy         | opens the API to *, also in this account
          api-stage          | dataTraceEnabled
          api-stage          | it serves a deployment that the stack did not make (dep0)
          api-routes         | asks for no signature
          alarms             | have no action
          alarm-states       | in alarm: vended-
          alarm-topic        | no confirmed subscription
          evidence-stream    | DISABLED
          evidence-delivery  | CREATING_FAILED
          evidence-replication | is: Disabled arn:aws:s3:::
          evidence-lock      | GOVERNANCE
          event-pipe         | is STOPPED
          event-queue        | given up: 3
          principal          | user/people/alice could go past the service: lambda:InvokeFunction, dynamodb:PutResourcePolicy
          probe              | did not pass
          probe-record       | has no probe of
          vend-records       | has no outcome of
          insert-refused     | let in with: execute-statement
          allow-list-writes-refused | let in with: update-item put-item delete-item
          audit-writes-refused      | let in with: update-item put-item delete-item
          test-refused       | got an answer from: /roles
          """)
  void check_FailsWithWhatToDo(String check, String detail) {
    assertThat(run.about(check)).as(run.result().out() + run.result().err()).isNotEmpty();
    assertThat(run.about(check))
        .anySatisfy(line -> assertThat(line).startsWith("failed: ").contains(detail, ". To do: "));
  }

  @Test
  void roleOfTheStackThatMayDoMore_IsFound() {
    assertThat(run.about("principal"))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("WatchTimerRole", "iam:PutRolePolicy"))
        .anySatisfy(
            line ->
                assertThat(line).contains("ReprobeMachineRole could go", "lambda:InvokeFunction"));
  }

  @InSoak("the AWS CLI's own models, of stand-ins that seldom change")
  @Test
  void standInAnswers_AreOfTheFormOfTheServiceModels() throws Exception {
    AwsCli.assume();

    assertThat(AwsCli.replay(home.resolve("aws"))).matches("\\d{2,3} questions\n");
  }

  @Test
  void anyFailure_IsExitCode1() {
    assertThat(run.result().exit()).isEqualTo(1);
  }
}
