package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.iam.AccessRequest;
import vended.iam.Decision;
import vended.iam.Policy;

/** The bucket of records that nobody can change, where it is wanted. */
class EvidenceTest {
  private static final Path FILE = Path.of("template.yaml");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)[.}]");
  private static final Template WITH = Template.read(FILE, Map.of("EvidenceRetentionDays", "2557"));

  @Test
  void thereIsNoneUnlessItIsAskedFor() {
    Template without = Template.read(FILE, Map.of());

    assertThat(without.resources().keySet()).noneMatch(id -> id.startsWith("Evidence"));
    assertThat(without.outputs()).doesNotContainKey("EvidenceBucketName");
    assertThat(without.properties("AuditTable")).doesNotContainKey("KinesisStreamSpecification");
  }

  @Test
  void theTableStreamsToTheBucketWithoutCodeOfOurs() {
    String stream = WITH.arn("EvidenceStream");
    Map<String, Object> delivery = WITH.properties("EvidenceDelivery");
    Object rule =
        Tree.listAt(WITH.properties("EvidenceLanding"), "ReplicationConfiguration", "Rules")
            .getFirst();

    assertThat(
            Tree.textAt(WITH.properties("AuditTable"), "KinesisStreamSpecification", "StreamArn"))
        .isEqualTo(stream);
    assertThat(Tree.textAt(delivery, "KinesisStreamSourceConfiguration", "KinesisStreamARN"))
        .isEqualTo(stream);
    assertThat(Tree.textAt(delivery, "ExtendedS3DestinationConfiguration", "BucketARN"))
        .isEqualTo(WITH.arn("EvidenceLanding"));
    assertThat(rule.toString()).contains("Status=Enabled", "Filter={Prefix=}");
    assertThat(Tree.textAt(rule, "Destination", "Bucket")).isEqualTo(WITH.arn("EvidenceBucket"));
    for (String function : WITH.ofType("AWS::Serverless::Function")) {
      assertThat(WITH.functionPolicies(function).toString()).doesNotContain("s3:", "kinesis:");
    }
  }

  /** Firehose would be refused by S3 if it sends no checksum, which nothing says. */
  @Test
  void firehoseWritesToABucketWithoutRetention_AndReplicasAreLocked() {
    Map<String, Object> bucket = WITH.properties("EvidenceBucket");

    assertThat(WITH.properties("EvidenceLanding"))
        .doesNotContainKeys("ObjectLockEnabled", "ObjectLockConfiguration");
    assertThat(Tree.textAt(bucket, "ObjectLockEnabled")).isEqualTo("true");
    assertThat(Tree.mapAt(bucket, "ObjectLockConfiguration", "Rule", "DefaultRetention").toString())
        .isEqualTo("{Mode=COMPLIANCE, Days=2557}");
    for (String each : List.of("EvidenceBucket", "EvidenceLanding")) {
      assertThat(Tree.textAt(WITH.properties(each), "VersioningConfiguration", "Status"))
          .as(each)
          .isEqualTo("Enabled");
    }
  }

  @Test
  void nothingExpiresBeforeItsLockDoes_OrBeforeAMonthToRepairReplication() {
    assertThat(lifecycle("EvidenceBucket")).contains("ExpirationInDays=2557");
    assertThat(lifecycle("EvidenceLanding")).contains("ExpirationInDays=30");
  }

  private static String lifecycle(String bucket) {
    return Tree.listAt(WITH.properties(bucket), "LifecycleConfiguration", "Rules").toString();
  }

  /** What is on its way when it is switched off, or the stack is deleted, must still arrive. */
  @Test
  void thePathStays_WithItsPoliciesAndRoles() {
    assertThat(WITH.resources().keySet())
        .filteredOn(id -> id.startsWith("Evidence") && !id.endsWith("Alarm"))
        .hasSizeGreaterThan(9)
        .allSatisfy(
            id -> {
              assertThat(Tree.textAt(WITH.resource(id), "DeletionPolicy")).startsWith("Retain");
              assertThat(WITH.resource(id)).containsEntry("UpdateReplacePolicy", "Retain");
            });
    // A rollback could not delete a bucket that is not empty.
    for (String each : List.of("EvidenceBucket", "EvidenceLanding")) {
      assertThat(WITH.resource(each)).containsEntry("DeletionPolicy", "Retain");
    }
  }

  /** Firehose reads the stream from when it starts: a record that was there before is left out. */
  @Test
  void theTableWritesToTheStreamOnlyOnceEverythingReadsIt() throws IOException {
    Map<String, Object> declared = Tree.mapAt(Yaml.parse(Files.readString(FILE)), "Resources");
    Set<String> before = new TreeSet<>();
    needs(declared, "AuditTable", before);

    assertThat(before)
        .contains(
            "EvidenceStream",
            "EvidenceDelivery",
            "EvidenceLanding",
            "EvidenceBucket",
            "EvidenceBucketPolicy",
            "EvidenceLandingPolicy",
            "EvidenceReplicationPolicy");
  }

  /** All resources that CloudFormation creates before one. */
  private static void needs(Map<String, Object> declared, String id, Set<String> found) {
    Object resource = declared.get(id);
    Set<String> names = new TreeSet<>();
    Tree.listAt(resource, "DependsOn").forEach(name -> names.add(name.toString()));
    names.add(String.valueOf(Tree.at(resource, "DependsOn")));
    references(Tree.at(resource, "Properties"), names);
    names.retainAll(declared.keySet());
    for (String name : names) {
      if (found.add(name)) {
        needs(declared, name, found);
      }
    }
  }

  private static void references(@Nullable Object tree, Set<String> names) {
    switch (tree) {
      case Map<?, ?> map ->
          map.forEach(
              (key, value) -> {
                if (key.equals("Ref") && value instanceof String name) {
                  names.add(name);
                } else if (key.equals("Fn::GetAtt") && value instanceof List<?> attribute) {
                  names.add(attribute.getFirst().toString());
                } else if (key.equals("Fn::Sub") && value instanceof String text) {
                  PLACEHOLDER.matcher(text).results().forEach(found -> names.add(found.group(1)));
                } else {
                  references(value, names);
                }
              });
      case List<?> list -> list.forEach(item -> references(item, names));
      case null, default -> {}
    }
  }

  /** Whoever can write there could bury true records under false ones. */
  @ParameterizedTest
  @CsvSource({
    "EvidenceLanding, EvidenceLandingPolicy, EvidenceRole, s3:PutObject",
    "EvidenceBucket, EvidenceBucketPolicy, EvidenceReplicationRole, s3:ReplicateObject"
  })
  void oneServiceAddsToABucket_AndNobodyDeletes(
      String bucket, String policy, String role, String action) {
    String object = WITH.arn(bucket) + "/audit/2026/01/31/12/x.jsonl.gz";
    Policy denials = Policy.resource(WITH.properties(policy).get("PolicyDocument"));

    assertThat(denials.evaluate(by(WITH.arn(role), action, object)))
        .isEqualTo(Decision.IMPLICIT_DENY);
    for (String other :
        List.of("arn:aws:iam::111122223333:role/Admin", "arn:aws:iam::111122223333:root")) {
      for (String write : List.of("s3:PutObject", "s3:ReplicateObject")) {
        assertThat(denials.evaluate(by(other, write, object))).isEqualTo(Decision.EXPLICIT_DENY);
      }
    }
    for (String delete :
        List.of("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ReplicateDelete")) {
      assertThat(denials.evaluate(by(WITH.arn(role), delete, object)))
          .isEqualTo(Decision.EXPLICIT_DENY);
    }
  }

  private static AccessRequest by(String principal, String action, String resource) {
    return AccessRequest.of(principal, action, resource)
        .with("aws:PrincipalArn", principal)
        .with("aws:SecureTransport", "true");
  }

  /** Each role has what its service needs, and no other service can use it. */
  @Test
  void theRolesReachOneBucketEach() {
    Policy firehose =
        Policy.identity(
            Tree.at(
                Tree.listAt(WITH.properties("EvidenceRole"), "Policies").getFirst(),
                "PolicyDocument"));
    Policy replication =
        Policy.identity(WITH.properties("EvidenceReplicationPolicy").get("PolicyDocument"));
    String landed = WITH.arn("EvidenceLanding") + "/x";
    String locked = WITH.arn("EvidenceBucket") + "/x";

    assertThat(firehose.evaluate(by("x", "s3:PutObject", landed)).allowed()).isTrue();
    assertThat(firehose.evaluate(by("x", "s3:PutObject", locked)).allowed()).isFalse();
    assertThat(replication.evaluate(by("x", "s3:ReplicateObject", locked)).allowed()).isTrue();
    assertThat(replication.evaluate(by("x", "s3:PutObject", locked)).allowed()).isFalse();
    assertThat(replication.evaluate(by("x", "s3:GetObjectVersionForReplication", landed)).allowed())
        .isTrue();
    // The Firehose Developer Guide ("Grant Firehose access to an Amazon S3 destination") lists it.
    assertThat(firehose.evaluate(by("x", "s3:GetObject", landed)).allowed()).isTrue();
  }

  /**
   * By what the services are documented to send: Firehose the account as external ID (CloudWatch
   * Logs User Guide, "Create a Firehose delivery stream", and the example of the stream's type in
   * the CloudFormation Template Reference), S3 nothing ("Setting up permissions for live
   * replication").
   */
  @Test
  void eachServiceCanUseItsRole_AndFirehoseForThisAccountAlone() {
    String account = WITH.pseudo("AccountId");

    assertThat(trusts("EvidenceRole", "firehose.amazonaws.com", account)).isTrue();
    assertThat(trusts("EvidenceRole", "firehose.amazonaws.com", "999988887777")).isFalse();
    assertThat(trusts("EvidenceRole", "s3.amazonaws.com", account)).isFalse();
    assertThat(trusts("EvidenceReplicationRole", "s3.amazonaws.com", null)).isTrue();
    assertThat(trusts("EvidenceReplicationRole", "firehose.amazonaws.com", account)).isFalse();
  }

  private static boolean trusts(String role, String service, @Nullable String externalId) {
    var request = AccessRequest.of(service, "sts:AssumeRole", WITH.arn(role));
    var policy = Policy.trust(WITH.roles().trustPolicy(role));
    return policy
        .evaluate(externalId == null ? request : request.with("sts:ExternalId", externalId))
        .allowed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "36501", "forever"})
  void aTimeThatIsNoneIsNotTaken(String days) {
    assertThatThrownBy(() -> Template.read(FILE, Map.of("EvidenceRetentionDays", days)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
