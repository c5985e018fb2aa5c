package vended.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalsTest {
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/vendor/session";

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "111122223333, true",
    "arn:aws:iam::111122223333:root, true",
    "arn:aws:iam::111122223333:role/vendor, true",
    "arn:aws:iam::111122223333:role/a/path/vendor, true",
    "arn:aws:sts::111122223333:assumed-role/vendor/session, true",
    "arn:aws:sts::111122223333:assumed-role/vendor/another, false",
    "444455556666, false",
    "arn:aws:iam::444455556666:root, false",
    "arn:aws:iam::444455556666:role/vendor, false",
    "arn:aws-cn:iam::111122223333:role/vendor, false",
    "arn:aws:iam::111122223333:role/vendor2, false",
    "arn:aws:iam::111122223333:role/vendor/x, false",
    "arn:aws:iam::111122223333:role/Vendor, false",
    "arn:aws:iam::111122223333:user/vendor, false"
  })
  void aSessionIsMatchedByItsNameItsRoleAndItsAccount(String principal, boolean matches) {
    assertThat(lets(Map.of("AWS", principal), SESSION)).isEqualTo(matches);
  }

  @Test
  void aRoleIsNotLetInWhereOneOfItsSessionsIs() {
    assertThat(lets(Map.of("AWS", SESSION), "arn:aws:iam::111122223333:role/vendor")).isFalse();
  }

  @Test
  void aUserIsMatchedByItsArnAndItsAccount() {
    var user = "arn:aws:iam::111122223333:user/team/ann";
    assertThat(lets(Map.of("AWS", user), user)).isTrue();
    assertThat(lets(Map.of("AWS", "111122223333"), user)).isTrue();
    assertThat(lets(Map.of("AWS", "arn:aws:iam::111122223333:user/ann"), user)).isFalse();
  }

  @Test
  void aServiceIsMatchedByItsName() {
    var lambda = Map.of("Service", "lambda.amazonaws.com");
    assertThat(lets(lambda, "lambda.amazonaws.com")).isTrue();
    assertThat(lets(lambda, "ec2.amazonaws.com")).isFalse();
    assertThat(lets(lambda, SESSION)).isFalse();
    assertThat(lets(Map.of("AWS", "111122223333"), "lambda.amazonaws.com")).isFalse();
  }

  @Test
  void principalsAreAlternativesAndCallersMayHaveSeveralNames() {
    var tree = Map.of("AWS", List.of("444455556666", "999988887777"), "Service", "a.amazonaws.com");
    assertThat(lets(tree, "arn:aws:iam::999988887777:role/x")).isTrue();
    assertThat(lets("*", SESSION)).isTrue();
    var request =
        AccessRequest.of(SESSION, "sts:AssumeRole", ROLE).by("arn:aws:iam::999988887777:role/x");
    assertThat(trust(tree).evaluate(request).allowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::*:root",
        "arn:aws:iam::111122223333:role/${x}",
        "AROAEXAMPLEEXAMPLEEX",
        "vendor",
        "1111",
        ""
      })
  void aPrincipalThatIamWouldNotTakeOrThatCannotBeToldIsRefused(String principal) {
    assertThatThrownBy(() -> trust(Map.of("AWS", principal)))
        .isInstanceOf(UnsupportedPolicyException.class);
  }

  @Test
  void otherKindsOfPrincipalsAreRefused() {
    assertThatThrownBy(() -> trust(Map.of("Federated", "cognito-identity.amazonaws.com")))
        .isInstanceOf(UnsupportedPolicyException.class);
    var statement = Map.of("Effect", "Allow", "NotPrincipal", "*", "Action", "sts:AssumeRole");
    assertThatThrownBy(
            () -> Policy.trust(Map.of("Version", "2012-10-17", "Statement", List.of(statement))))
        .isInstanceOf(UnsupportedPolicyException.class);
  }

  @Test
  void aTrustPolicyHasAPrincipalAndNoResource() {
    var bare = Map.<String, Object>of("Effect", "Allow", "Action", "sts:AssumeRole");
    var withResource =
        Map.of("Effect", "Allow", "Action", "sts:AssumeRole", "Principal", "*", "Resource", ROLE);
    for (var statement : List.of(bare, withResource)) {
      assertThatThrownBy(
              () -> Policy.trust(Map.of("Version", "2012-10-17", "Statement", statement)))
          .isInstanceOf(UnsupportedPolicyException.class);
    }
  }

  private static boolean lets(Object principal, String caller) {
    return trust(principal).evaluate(AccessRequest.of(caller, "sts:AssumeRole", ROLE)).allowed();
  }

  private static Policy trust(Object principal) {
    var statement = Map.of("Effect", "Allow", "Principal", principal, "Action", "sts:AssumeRole");
    return Policy.trust(Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
  }
}
