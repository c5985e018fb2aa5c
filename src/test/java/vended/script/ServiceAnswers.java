package vended.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vended.json.Json;
import vended.template.Route;

/** About the functions, the API and the evidence too. */
abstract class ServiceAnswers extends StackAnswers {
  ServiceAnswers() {
    functions();
    api();
    evidence();
    put("pipes describe-pipe " + name("EventPipe"), pipe("RUNNING"));
    put("sqs get-queue-attributes " + name("EventQueue"), queued("0"));
  }

  private void functions() {
    for (String function :
        List.of("Vend", "Admin", "Audit", "Mine", "Reprobe", "Settle", "Watch")) {
      String name = name(function + "Function");
      put("lambda get-alias " + name, alias("7", Map.of()));
      put("lambda get-function-configuration " + name + " live", function(name, "Active"));
      refuse(
          "lambda get-policy " + name,
          "ResourceNotFoundException",
          "The resource you requested does not exist.");
      refuse(
          "lambda get-policy " + name + " live",
          "ResourceNotFoundException",
          "The resource you requested does not exist.");
      refuse(
          "lambda get-policy " + name + " 7",
          "ResourceNotFoundException",
          "The resource you requested does not exist.");
      put(
          "lambda list-versions-by-function " + name,
          Map.of("Versions", List.of(Map.of("Version", "$LATEST"), Map.of("Version", "7"))));
    }
    for (String function : List.of("Vend", "Admin", "Audit")) {
      put("lambda get-policy " + name(function + "Function") + " live", caller("v1/POST/*"));
    }
    put("lambda get-policy " + name("MineFunction") + " live", caller("v1/POST/mine/*"));
    put("lambda list-event-source-mappings", Map.of("EventSourceMappings", List.of()));
  }

  static Map<String, ?> alias(String version, Map<String, Double> others) {
    return Map.of(
        "Name",
        "live",
        "FunctionVersion",
        version,
        "RoutingConfig",
        Map.of("AdditionalVersionWeights", others));
  }

  static Map<String, ?> function(String name, String state) {
    return Map.of(
        "FunctionName", name, "State", state, "Version", "7", "LastUpdateStatus", "Successful");
  }

  /** A function's policy that admits the API from there. */
  final Map<String, ?> caller(String from) {
    return Map.of(
        "Policy",
        Json.write(
            Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(
                    Map.of(
                        "Sid", "api",
                        "Effect", "Allow",
                        "Principal", Map.of("Service", "apigateway.amazonaws.com"),
                        "Action", "lambda:InvokeFunction",
                        "Resource", "arn:aws:lambda:eu-west-1:111122223333:function:f:live",
                        "Condition",
                            Map.of(
                                "ArnLike",
                                Map.of(
                                    "AWS:SourceArn",
                                    "arn:aws:execute-api:eu-west-1:111122223333:%s/%s"
                                        .formatted(name("Api"), from))))))));
  }

  private void api() {
    api(apiPolicy());
    put("apigateway get-stage " + name("Api"), stage(DEPLOYMENT_ID, false));
    put("apigateway get-resources " + name("Api"), Map.of("items", methods("AWS_IAM")));
  }

  /** As API Gateway gives it: with the API's ARN in the resources, and escaped. */
  final void api(Map<String, ?> policy) {
    String text =
        Json.write(policy)
            .replace(
                "execute-api:/",
                "arn:aws:execute-api:eu-west-1:111122223333:%s/".formatted(name("Api")));
    put(
        "apigateway get-rest-api " + name("Api"),
        Map.of("id", name("Api"), "name", "vended", "policy", text.replace("\"", "\\\"")));
  }

  final Map<String, Object> apiPolicy() {
    Map<String, Object> auth = object(template.properties("Api").get("Auth"));
    return Map.of(
        "Version",
        "2012-10-17",
        "Statement",
        object(auth.get("ResourcePolicy")).get("CustomStatements"));
  }

  static Map<String, ?> stage(String deployment, boolean traced) {
    return Map.of(
        "stageName",
        "v1",
        "deploymentId",
        deployment,
        "accessLogSettings",
        Map.of(
            "destinationArn",
            "arn:aws:logs:eu-west-1:111122223333:log-group:access",
            "format",
            "{}"),
        "methodSettings",
        Map.of("*/*", Map.of("loggingLevel", "OFF", "dataTraceEnabled", traced)));
  }

  final List<Map<String, ?>> methods(String authorization) {
    List<Map<String, ?>> items = new ArrayList<>(List.of(Map.of("id", "root", "path", "/")));
    for (Route route : template.routes()) {
      items.add(
          Map.of(
              "id",
              route.path().replace("/", ""),
              "path",
              route.path(),
              "resourceMethods",
              Map.of(
                  "POST",
                  Map.of(
                      "httpMethod",
                      "POST",
                      "authorizationType",
                      authorization,
                      "methodIntegration",
                      Map.of(
                          "type",
                          "AWS_PROXY",
                          "uri",
                          "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/%s:live/invocations"
                              .formatted(template.arn(route.function())))))));
    }
    return items;
  }

  static Map<String, ?> pipe(String state) {
    return Map.of("Name", "pipe", "CurrentState", state, "DesiredState", "RUNNING");
  }

  static Map<String, ?> queued(String messages) {
    return Map.of("Attributes", Map.of("ApproximateNumberOfMessages", messages));
  }

  private void evidence() {
    put("dynamodb describe-kinesis-streaming-destination " + name("AuditTable"), stream("ACTIVE"));
    put(
        "kinesis describe-stream-summary " + name("EvidenceStream"),
        Map.of(
            "StreamDescriptionSummary",
            Map.of(
                "StreamName",
                name("EvidenceStream"),
                "StreamStatus",
                "ACTIVE",
                "StreamARN",
                template.arn("EvidenceStream"),
                "RetentionPeriodHours",
                168,
                "StreamCreationTimestamp",
                "2026-11-01T00:00:00+00:00",
                "EnhancedMonitoring",
                List.of(),
                "OpenShardCount",
                4)));
    put("firehose describe-delivery-stream " + name("EvidenceDelivery"), delivery("ACTIVE"));
    put("s3api get-bucket-replication " + name("EvidenceLanding"), replication("Enabled"));
    put("s3api get-object-lock-configuration " + name("EvidenceBucket"), lock("COMPLIANCE"));
  }

  final Map<String, ?> stream(String status) {
    return Map.of(
        "TableName",
        name("AuditTable"),
        "KinesisDataStreamDestinations",
        List.of(Map.of("StreamArn", template.arn("EvidenceStream"), "DestinationStatus", status)));
  }

  final Map<String, ?> delivery(String status) {
    String role = "arn:aws:iam::111122223333:role/delivery";
    return Map.of(
        "DeliveryStreamDescription",
        Map.of(
            "DeliveryStreamName",
            name("EvidenceDelivery"),
            "DeliveryStreamARN",
            "arn:aws:firehose:eu-west-1:111122223333:deliverystream/e",
            "DeliveryStreamStatus",
            status,
            "DeliveryStreamType",
            "KinesisStreamAsSource",
            "VersionId",
            "1",
            "HasMoreDestinations",
            false,
            "Source",
            Map.of(
                "KinesisStreamSourceDescription",
                Map.of("KinesisStreamARN", template.arn("EvidenceStream"), "RoleARN", role)),
            "Destinations",
            List.of(
                Map.of(
                    "DestinationId",
                    "1",
                    "ExtendedS3DestinationDescription",
                    Map.of(
                        "RoleARN", role,
                        "BucketARN", template.arn("EvidenceLanding"),
                        "BufferingHints", Map.of("SizeInMBs", 5, "IntervalInSeconds", 300),
                        "CompressionFormat", "GZIP",
                        "EncryptionConfiguration",
                            Map.of("NoEncryptionConfig", "NoEncryption"))))));
  }

  final Map<String, ?> replication(String status) {
    return Map.of(
        "ReplicationConfiguration",
        Map.of(
            "Role",
            template.arn("EvidenceReplicationRole"),
            "Rules",
            List.of(
                Map.of(
                    "ID",
                    "evidence",
                    "Priority",
                    1,
                    "Filter",
                    Map.of("Prefix", ""),
                    "Status",
                    status,
                    "Destination",
                    Map.of("Bucket", template.arn("EvidenceBucket"))))));
  }

  static Map<String, ?> lock(String mode) {
    return Map.of(
        "ObjectLockConfiguration",
        Map.of(
            "ObjectLockEnabled",
            "Enabled",
            "Rule",
            Map.of("DefaultRetention", Map.of("Mode", mode, "Days", 30))));
  }
}
