package vended.template;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and ARNs as CloudFormation would give them, made up where it would make them up. */
final class PhysicalIds {
  private final Parameters parameters;
  private final Map<String, Object> resources;
  private final Intrinsics intrinsics;

  PhysicalIds(Parameters parameters, Map<String, Object> resources, Intrinsics intrinsics) {
    this.parameters = parameters;
    this.resources = resources;
    this.intrinsics = intrinsics;
  }

  /** What {@code !Ref} gives. */
  String reference(String logicalId) {
    if (logicalId.endsWith(".Alias") || logicalId.endsWith(".Version")) {
      // SAM's own references to what it makes beside a function.
      var function = logicalId.substring(0, logicalId.lastIndexOf('.'));
      var alias = intrinsics.text(property(function, "AutoPublishAlias"));
      return attribute(function, "Arn") + ":" + (logicalId.endsWith(".Alias") ? alias : "1");
    }
    return switch (type(logicalId)) {
      case "AWS::DynamoDB::Table" -> named(logicalId, "TableName");
      case "AWS::IAM::Role" -> named(logicalId, "RoleName");
      case "AWS::IAM::ManagedPolicy" ->
          arn("iam", "", "policy" + path(logicalId) + named(logicalId, "ManagedPolicyName"));
      case "AWS::Logs::LogGroup" -> named(logicalId, "LogGroupName");
      case "AWS::Serverless::Api", "AWS::ApiGateway::RestApi" ->
          "vended" + Integer.toString(logicalId.length(), 36) + "api";
      case "AWS::Serverless::Function" -> named(logicalId, "FunctionName");
      case "AWS::ApiGateway::Account" -> logicalId;
      case "AWS::CloudWatch::Dashboard" -> named(logicalId, "DashboardName");
      case "AWS::CloudWatch::Alarm" -> named(logicalId, "AlarmName");
      case "AWS::Scheduler::Schedule" -> named(logicalId, "Name");
      case "AWS::Kinesis::Stream" -> named(logicalId, "Name");
      case "AWS::KinesisFirehose::DeliveryStream" -> named(logicalId, "DeliveryStreamName");
      case "AWS::SNS::Topic" -> regional("sns", named(logicalId, "TopicName"));
      case "AWS::Events::Rule" -> named(logicalId, "Name");
      case "AWS::S3::Bucket" -> named(logicalId, "BucketName");
      case "AWS::Logs::LogStream" -> named(logicalId, "LogStreamName");
      case "AWS::Events::EventBus", "AWS::Pipes::Pipe" -> named(logicalId, "Name");
      case "AWS::SQS::Queue" ->
          "https://sqs.%s.%s/%s/%s"
              .formatted(
                  parameters.pseudo("Region"),
                  parameters.pseudo("URLSuffix"),
                  parameters.pseudo("AccountId"),
                  named(logicalId, "QueueName"));
      case "AWS::Serverless::StateMachine" ->
          regional("states", "stateMachine:" + named(logicalId, "Name"));
      default -> throw new IllegalArgumentException("!Ref of a " + type(logicalId));
    };
  }

  /** What {@code !GetAtt} gives. */
  String attribute(String logicalId, String attribute) {
    var name = reference(logicalId);
    return switch (type(logicalId) + "." + attribute) {
      case "AWS::DynamoDB::Table.Arn" -> regional("dynamodb", "table/" + name);
      case "AWS::DynamoDB::Table.StreamArn" ->
          regional("dynamodb", "table/" + name + "/stream/2026-01-31T00:00:00.000");
      case "AWS::Events::EventBus.Arn" -> regional("events", "event-bus/" + name);
      case "AWS::SQS::Queue.Arn" -> regional("sqs", named(logicalId, "QueueName"));
      case "AWS::SQS::Queue.QueueName" -> named(logicalId, "QueueName");
      case "AWS::IAM::Role.Arn" -> arn("iam", "", "role" + path(logicalId) + name);
      case "AWS::IAM::Role.RoleId" -> roleId(name);
      case "AWS::Logs::LogGroup.Arn" -> regional("logs", "log-group:" + name + ":*");
      case "AWS::Serverless::Function.Arn" -> regional("lambda", "function:" + name);
      case "AWS::Kinesis::Stream.Arn" -> regional("kinesis", "stream/" + name);
      case "AWS::S3::Bucket.Arn" ->
          "arn:%s:s3:::%s".formatted(parameters.pseudo("Partition"), name);
      case "AWS::Events::Rule.Arn" -> regional("events", "rule/" + name);
      case "AWS::CloudWatch::Alarm.Arn" -> regional("cloudwatch", "alarm:" + name);
      default ->
          throw new IllegalArgumentException("!GetAtt " + attribute + " of " + type(logicalId));
    };
  }

  private static String roleId(String name) {
    var letters = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return "AROA" + (letters + "EXAMPLEEXAMPLEEX").substring(0, 17);
  }

  private String type(String logicalId) {
    if (!resources.containsKey(logicalId)) {
      throw new IllegalArgumentException("no parameter or resource " + logicalId);
    }
    return Tree.requiredAt(resources.get(logicalId), "Type");
  }

  private String named(String logicalId, String property) {
    var name = property(logicalId, property);
    return name == null ? parameters.pseudo("StackName") + "-" + logicalId : intrinsics.text(name);
  }

  private String path(String logicalId) {
    var path = property(logicalId, "Path");
    return path == null ? "/" : intrinsics.text(path);
  }

  private @Nullable Object property(String logicalId, String property) {
    return Tree.at(resources.get(logicalId), "Properties", property);
  }

  private String regional(String service, String resource) {
    return arn(service, parameters.pseudo("Region"), resource);
  }

  private String arn(String service, String region, String resource) {
    return "arn:%s:%s:%s:%s:%s"
        .formatted(
            parameters.pseudo("Partition"),
            service,
            region,
            parameters.pseudo("AccountId"),
            resource);
  }
}
