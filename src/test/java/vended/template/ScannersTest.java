package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What checkov, cfn-nag and cfn-guard would report is suppressed with a reason where each of them
 * reads it, and nothing else is. The rules here are those that found something when all three ran
 * over the templates; docs/security.md names them, and what can't be suppressed.
 */
class ScannersTest {
  private static final String FUNCTION = "AWS::Serverless::Function";
  private static final String LOG_GROUP = "AWS::Logs::LogGroup";
  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String ROLE = "AWS::IAM::Role";
  private static final String BUCKET = "AWS::S3::Bucket";
  private static final String FIREHOSE = "AWS::KinesisFirehose::DeliveryStream";

  /**
   * One rule.
   *
   * @param finds whether it reports a resource of the type, by its properties as they are written
   */
  record Rule(String id, String type, Predicate<Map<String, Object>> finds) {
    static Rule without(String id, String type, String... path) {
      return new Rule(id, type, properties -> Tree.at(properties, path) == null);
    }

    static Rule having(String id, String type, String... path) {
      return new Rule(id, type, properties -> Tree.at(properties, path) != null);
    }

    /** A rule that does not follow a parameter or a condition to the value that it wants. */
    static Rule butFor(String id, String type, String property, Class<?> wanted) {
      return new Rule(id, type, properties -> !wanted.isInstance(properties.get(property)));
    }

    /** A rule that reports each resource of the type, whatever it is like. */
    static Rule always(String id, String type) {
      return new Rule(id, type, _ -> true);
    }
  }

  private static final String TOPIC = "AWS::SNS::Topic";

  private static final List<Rule> RULES =
      List.of(
          Rule.without("CKV_AWS_18", BUCKET, "LoggingConfiguration"),
          Rule.butFor("CKV_AWS_73", "AWS::Serverless::Api", "TracingEnabled", Boolean.class),
          Rule.without("CKV_AWS_26", TOPIC, "KmsMasterKeyId"),
          Rule.without("W47", TOPIC, "KmsMasterKeyId"),
          Rule.without("SNS_ENCRYPTED_KMS", TOPIC, "KmsMasterKeyId"),
          Rule.without("CKV_AWS_115", FUNCTION, "ReservedConcurrentExecutions"),
          Rule.without("CKV_AWS_116", FUNCTION, "DeadLetterQueue"),
          Rule.without("CKV_AWS_117", FUNCTION, "VpcConfig"),
          Rule.without("CKV_AWS_119", TABLE, "SSESpecification", "KMSMasterKeyId"),
          Rule.without("CKV_AWS_120", "AWS::Serverless::Api", "CacheClusterEnabled"),
          Rule.without("CKV_AWS_158", LOG_GROUP, "KmsKeyId"),
          Rule.without("CKV_AWS_173", FUNCTION, "KmsKeyArn"),
          Rule.having("W28", ROLE, "RoleName"),
          Rule.without("W35", BUCKET, "LoggingConfiguration"),
          Rule.always("W58", FUNCTION),
          Rule.without("W84", LOG_GROUP, "KmsKeyId"),
          Rule.without("W89", FUNCTION, "VpcConfig"),
          Rule.without("W92", FUNCTION, "ReservedConcurrentExecutions"),
          Rule.without("CLOUDWATCH_LOG_GROUP_ENCRYPTED", LOG_GROUP, "KmsKeyId"),
          Rule.butFor(
              "CW_LOGGROUP_RETENTION_PERIOD_CHECK", LOG_GROUP, "RetentionInDays", Number.class),
          Rule.without("DYNAMODB_TABLE_ENCRYPTED_KMS", TABLE, "SSESpecification", "KMSMasterKeyId"),
          Rule.having("IAM_NO_INLINE_POLICY_CHECK", ROLE, "Policies"),
          Rule.always(
              "KINESIS_FIREHOSE_REDSHIFT_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD",
              FIREHOSE),
          Rule.always(
              "KINESIS_FIREHOSE_SPLUNK_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD", FIREHOSE),
          Rule.butFor(
              "LAMBDA_CONCURRENCY_CHECK", FUNCTION, "ReservedConcurrentExecutions", Number.class),
          Rule.without("LAMBDA_DLQ_CHECK", FUNCTION, "DeadLetterQueue"),
          Rule.without("LAMBDA_INSIDE_VPC", FUNCTION, "VpcConfig"),
          Rule.without("S3_BUCKET_DEFAULT_LOCK_ENABLED", BUCKET, "ObjectLockConfiguration"),
          Rule.without("S3_BUCKET_LOGGING_ENABLED", BUCKET, "LoggingConfiguration"),
          Rule.without("S3_BUCKET_NO_PUBLIC_RW_ACL", BUCKET, "AccessControl"),
          Rule.without("S3_BUCKET_REPLICATION_ENABLED", BUCKET, "ReplicationConfiguration"));

  @ParameterizedTest
  @ValueSource(strings = {"template.yaml", "client-role.yaml"})
  void whatTheyWouldReportIsSuppressedAndNothingElseIs(String file) throws IOException {
    var suppressed = new TreeSet<String>();
    var reported = new TreeSet<String>();
    resources(file)
        .forEach(
            (id, resource) -> {
              suppressions(resource).keySet().forEach(rule -> suppressed.add(id + " " + rule));
              reports(resource).forEach(rule -> reported.add(id + " " + rule));
            });

    assertThat(suppressed).containsExactlyElementsOf(reported);
  }

  @ParameterizedTest
  @ValueSource(strings = {"template.yaml", "client-role.yaml"})
  void eachSuppressionHasAReason(String file) throws IOException {
    for (var resource : resources(file).values()) {
      assertThat(suppressions(resource).values()).allMatch(reason -> !reason.isBlank());
    }
  }

  @Test
  void eachRuleIsInTheDocumentation() throws IOException {
    var documentation = Files.readString(Path.of("docs", "security.md"));

    assertThat(RULES).allSatisfy(rule -> assertThat(documentation).contains(rule.id()));
  }

  /** Where one of them is installed, it is asked itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkov --framework cloudformation --compact --quiet -f template.yaml -f client-role.yaml",
        "cfn_nag --fail-on-warnings template.yaml client-role.yaml",
      })
  void theToolsThemselvesReportNothing(String command) throws Exception {
    var result = Tool.run(command.split(" "));

    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private static Map<String, Object> resources(String file) throws IOException {
    return Tree.mapAt(Yaml.parse(Files.readString(Path.of(file))), "Resources");
  }

  private static Set<String> reports(@Nullable Object resource) {
    var type = Tree.requiredAt(resource, "Type");
    var properties = Tree.mapAt(resource, "Properties");
    var ids = new TreeSet<String>();
    RULES.stream()
        .filter(rule -> rule.type().equals(type) && rule.finds().test(properties))
        .forEach(rule -> ids.add(rule.id()));
    return ids;
  }

  /** The reasons by rule, as each tool has its own place for them. */
  private static Map<String, String> suppressions(@Nullable Object resource) {
    var metadata = Tree.at(resource, "Metadata");
    var reasons = new TreeMap<String, String>();
    Stream.concat(
            Tree.listAt(metadata, "checkov", "skip").stream(),
            Tree.listAt(metadata, "cfn_nag", "rules_to_suppress").stream())
        .map(Tree::map)
        .forEach(
            rule ->
                reasons.put(
                    Tree.requiredAt(rule, "id"),
                    String.valueOf(rule.getOrDefault("comment", rule.getOrDefault("reason", "")))));
    for (var rule : Tree.listAt(metadata, "guard", "SuppressedRules")) {
      reasons.put(rule.toString(), Tree.requiredAt(metadata, "guard", "Reason"));
    }
    return reasons;
  }
}
