package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bucket of records that nobody can change, where it is wanted. */
class EvidenceTest {
  private static final Path FILE = Path.of("template.yaml");
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

    assertThat(
            Tree.textAt(WITH.properties("AuditTable"), "KinesisStreamSpecification", "StreamArn"))
        .isEqualTo(stream);
    assertThat(Tree.textAt(delivery, "KinesisStreamSourceConfiguration", "KinesisStreamARN"))
        .isEqualTo(stream);
    assertThat(Tree.textAt(delivery, "ExtendedS3DestinationConfiguration", "BucketARN"))
        .isEqualTo(WITH.arn("EvidenceBucket"));
  }

  @Test
  void theBucketIsLockedForTheDaysAndStays() {
    Map<String, Object> bucket = WITH.properties("EvidenceBucket");

    assertThat(Tree.textAt(bucket, "ObjectLockEnabled")).isEqualTo("true");
    assertThat(Tree.mapAt(bucket, "ObjectLockConfiguration", "Rule", "DefaultRetention").toString())
        .isEqualTo("{Mode=COMPLIANCE, Days=2557}");
    assertThat(Tree.textAt(bucket, "VersioningConfiguration", "Status")).isEqualTo("Enabled");
    assertThat(WITH.resource("EvidenceBucket"))
        .containsEntry("DeletionPolicy", "Retain")
        .containsEntry("UpdateReplacePolicy", "Retain");
  }

  /** Whoever can write there could bury true records under false ones. */
  @Test
  void nobodyButFirehoseMayAddToIt() {
    List<Object> statements =
        Tree.listAt(WITH.properties("EvidenceBucketPolicy"), "PolicyDocument", "Statement");

    assertThat(statements.getFirst().toString())
        .contains(
            "Effect=Deny",
            "Principal=*",
            "Action=s3:PutObject",
            "ArnNotEquals={aws:PrincipalArn=" + WITH.arn("EvidenceRole") + "}");
    assertThat(
            Tree.listAt(WITH.properties("EvidenceRole"), "AssumeRolePolicyDocument", "Statement"))
        .singleElement()
        .asString()
        .contains("firehose.amazonaws.com");
    Stream<String> functions = WITH.ofType("AWS::Serverless::Function").stream();
    assertThat(functions.map(WITH::functionPolicies).map(Object::toString))
        .noneMatch(policy -> policy.contains("s3:") || policy.contains("kinesis:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "36501", "forever"})
  void aTimeThatIsNoneIsNotTaken(String days) {
    assertThatThrownBy(() -> Template.read(FILE, Map.of("EvidenceRetentionDays", days)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
