package vended.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ARNs of callers and functions, IDs of accounts, and which roles STS can be asked for. */
class OtherArnsTest {
  private static final String USER = "arn:aws:iam::111122223333:user/";
  private static final String FUNCTION =
      "arn:aws:lambda:eu-west-1:111122223333:function:vended-vend";

  @Test
  void callersArnTellsItsParts() {
    CallerArn role = new CallerArn("arn:aws:iam::111122223333:role/Deployer");
    CallerArn user = new CallerArn(USER + "team/alice");

    assertThat(role.name()).isEqualTo("Deployer");
    assertThat(user.name()).isEqualTo("alice");
    assertThat(user).hasToString(USER + "team/alice");
    assertThat(role.takesId("AROAEXAMPLEDEPLOYER1")).isTrue();
    assertThat(role.takesId("AIDAEXAMPLEALICE0001")).isFalse();
    assertThat(user.takesId("AIDAEXAMPLEALICE0001")).isTrue();
    assertThat(user.takesId("AROAEXAMPLEDEPLOYER1")).isFalse();
  }

  @Test
  void onlyACanonicalArnIsOne() {
    assertThat(CallerArn.canonical(USER + "a")).contains(new CallerArn(USER + "a"));
    assertThat(CallerArn.canonical("arn:aws:iam::111122223333:role/path/Deployer")).isEmpty();
    assertThat(CallerArn.canonical(null)).isEmpty();
  }

  @Test
  void arnHas640CharactersAtMost() {
    String path = "p".repeat(640 - USER.length() - 2) + "/";
    String rolePath = "p".repeat(640 - "arn:aws:iam::111122223333:role/".length() - 2) + "/";

    assertThat(CallerArn.parse(USER + path + "a")).isPresent();
    assertThat(CallerArn.parse(USER + path + "ab")).isEmpty();
    assertThat(RoleArn.parse("arn:aws:iam::111122223333:role/" + rolePath + "a")).isPresent();
    assertThat(RoleArn.parse("arn:aws:iam::111122223333:role/" + rolePath + "ab")).isEmpty();
  }

  @Test
  void functionsArnTellsItsParts_WithoutTheVersion() {
    FunctionArn function = FunctionArn.parse(FUNCTION + ":live").orElseThrow();

    assertThat(function).isEqualTo(new FunctionArn(FUNCTION)).hasToString(FUNCTION);
    assertThat(function.account()).isEqualTo("111122223333");
    assertThat(function.name()).isEqualTo("vended-vend");
    assertThat(FunctionArn.parse(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "arn:aws:lambda:eu-west-1:111122223333:layer:x", FUNCTION + ":live"})
  void otherTextIsNoFunction(String text) {
    assertThatThrownBy(() -> new FunctionArn(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void accountHasTwelveDigits() {
    assertThat(AccountId.matches("000000000001")).isTrue();
    assertThat(AccountId.matches("00000000001")).isFalse();
    assertThat(AccountId.matches(null)).isFalse();
  }

  @Test
  void rolesAreAssumableByPatternAndAccount() {
    RoleArn role = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
    RolePattern vended = new RolePattern("arn:aws:iam::*:role/vended/*");
    RolePattern other = new RolePattern("arn:aws:iam::*:role/other/*");

    assertThat(AssumableRoles.ALL.fault(role, "444455556666")).isEmpty();
    assertThat(new AssumableRoles(vended, false).fault(role, "111122223333")).isEmpty();
    assertThat(new AssumableRoles(vended, false).fault(role, "444455556666").orElseThrow())
        .contains("AllowOwnAccount");
    assertThat(new AssumableRoles(other, true).fault(role, "111122223333").orElseThrow())
        .contains("must match arn:aws:iam::*:role/other/*, ");
    assertThat(role).hasToString("arn:aws:iam::444455556666:role/vended/deploy");
  }
}
