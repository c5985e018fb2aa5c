package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.iam.AccessRequest;
import vended.iam.Policy;

/** Whom the client's role lets in, and what it may do. */
class ClientRoleTest {
  private static final String EXTERNAL_ID = "4f1c9e0b7a6d4e21b3c85d90f2a7e614";
  private static final Map<String, String> NEEDED =
      Map.of(
          "VendorRoleArn", "arn:aws:iam::111122223333:role/vended-vendor",
          "ExternalId", EXTERNAL_ID,
          "AWS::AccountId", "444455556666");
  private static final String VENDOR_SESSION =
      "arn:aws:sts::111122223333:assumed-role/vended-vendor/vended-VendFunction";
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/vended-deploy";

  /** An AssumeRole with a SourceIdentity and tags goes through only if all three are allowed. */
  private static final List<String> CALL =
      List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession");

  private static final Template template = Template.read(Path.of("client-role.yaml"), NEEDED);

  @Test
  void theVendorRoleWithTheExternalIdIsLetInWithSourceIdentityAndTags() {
    assertThat(letsIn(by(VENDOR_SESSION).with("sts:ExternalId", EXTERNAL_ID))).isTrue();
  }

  @Test
  void theVendorRoleWithAnotherExternalIdIsNotLetIn() {
    assertThat(letsIn(by(VENDOR_SESSION).with("sts:ExternalId", "ffff9e0b7a6d4e21"))).isFalse();
    assertThat(letsIn(by(VENDOR_SESSION).with("sts:ExternalId", EXTERNAL_ID + "0"))).isFalse();
    assertThat(letsIn(by(VENDOR_SESSION).with("sts:ExternalId", "*"))).isFalse();
  }

  @Test
  void theVendorRoleWithoutExternalIdIsNotLetIn() {
    assertThat(letsIn(by(VENDOR_SESSION))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sts::111122223333:assumed-role/Deployer/session",
        "arn:aws:sts::999988887777:assumed-role/vended-vendor/session",
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::111122223333:user/vended-vendor",
        "arn:aws:iam::444455556666:role/Administrator",
        "lambda.amazonaws.com"
      })
  void nobodyElseIsLetInEvenWithTheExternalId(String principal) {
    assertThat(letsIn(by(principal).with("sts:ExternalId", EXTERNAL_ID))).isFalse();
  }

  @Test
  void theRoleLiesWhereTheVendorRoleMayAssumeRoles() {
    assertThat(template.outputs()).containsEntry("ClientRoleArn", ROLE);
    var vendor = Template.read(Path.of("template.yaml"), Map.of());
    var policies = vendor.functionPolicies("VendFunction").stream().map(Policy::identity).toList();
    for (var action : CALL) {
      var request =
          AccessRequest.of(VENDOR_SESSION, action, ROLE)
              .with("lambda:SourceFunctionArn", vendor.arn("VendFunction"));
      assertThat(Policy.evaluate(policies, request).allowed()).as(action).isTrue();
    }
  }

  @Test
  void withoutParametersTheRoleMayDoNothing() {
    assertThat(template.properties("ClientRole"))
        .doesNotContainKeys("Policies", "ManagedPolicyArns", "PermissionsBoundary");
  }

  @Test
  void theRoleMayPullFromAndPushToTheGivenRepositoriesOnly() {
    var policy =
        Policy.identity(
            with("CodeCommitRepositoryArns", repository("a") + "," + repository("b"))
                .roles()
                .policies("ClientRole")
                .getFirst());

    assertThat(allows(policy, "codecommit:GitPush", repository("a"))).isTrue();
    assertThat(allows(policy, "codecommit:GitPull", repository("b"))).isTrue();
    assertThat(allows(policy, "codecommit:GitPush", repository("c"))).isFalse();
    assertThat(allows(policy, "codecommit:DeleteRepository", repository("a"))).isFalse();
  }

  @Test
  void managedPoliciesAndTheBoundaryAreAttached() {
    var readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    assertThat(with("ManagedPolicyArns", readOnly).roles().managedPolicies("ClientRole"))
        .containsExactly(readOnly);
    assertThat(with("PermissionsBoundary", readOnly).properties("ClientRole"))
        .containsEntry("PermissionsBoundary", readOnly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with a space in it 0123456789", "0123456789abcdef*"})
  void anExternalIdThatIsShortOrAPatternIsNotTaken(String externalId) {
    assertThatThrownBy(() -> with("ExternalId", externalId))
        .hasMessageContaining("as the vendor gave it");
  }

  private boolean letsIn(AccessRequest request) {
    var trust = Policy.trust(template.roles().trustPolicy("ClientRole"));
    return CALL.stream().allMatch(action -> trust.evaluate(request.asking(action)).allowed());
  }

  private static AccessRequest by(String principal) {
    return AccessRequest.of(principal, "sts:AssumeRole", ROLE);
  }

  private static Template with(String parameter, String value) {
    var all = new HashMap<>(NEEDED);
    all.put(parameter, value);
    return Template.read(Path.of("client-role.yaml"), all);
  }

  private static String repository(String name) {
    return "arn:aws:codecommit:eu-west-1:444455556666:" + name;
  }

  private static boolean allows(Policy policy, String action, String resource) {
    return policy.evaluate(AccessRequest.of(VENDOR_SESSION, action, resource)).allowed();
  }
}
