package vended.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.identity.Caller.Fault;
import vended.identity.Caller.Identification;
import vended.identity.Caller.Identified;
import vended.identity.Caller.Unidentified;

class CallerTest {
  private static Identification identify(
      @Nullable String arn, @Nullable String caller, @Nullable String account) {
    return Caller.identify(
        new GatewayIdentity(arn, caller, account, "ASIAEXAMPLE", false, "v1", "192.0.2.1", "curl"));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sts::111122223333:assumed-role/Deployer/b-1, AROAEXAMPLE:b-1, role/Deployer, b-1",
    "arn:aws:sts::111122223333:assumed-role/D@x/a@b.example, AROAEXAMPLE:a@b.example, role/D@x,"
        + " a@b.example",
    "arn:aws:iam::111122223333:user/ci, AIDAEXAMPLE, user/ci,",
    "arn:aws:iam::111122223333:user/a/b/ci, AIDAEXAMPLE, user/a/b/ci,",
  })
  void aRoleSessionIsItsRole_andAUserIsItself(
      String arn, String id, String canonical, @Nullable String session) {
    assertThat(identify(arn, id, "111122223333"))
        .isEqualTo(
            new Identified(
                new Caller(
                    new CallerArn("arn:aws:iam::111122223333:" + canonical),
                    id.replaceFirst(":.*", ""),
                    session)));
  }

  @ParameterizedTest
  @CsvSource({
    "aws-cn, arn:aws-cn:sts::111122223333:assumed-role/D/s1",
    "aws-us-gov, arn:aws-us-gov:sts::111122223333:assumed-role/D/s1"
  })
  void otherPartitionsStayWhatTheyAre(String partition, String arn) {
    assertThat(identify(arn, "AROAEXAMPLE:s1", "111122223333"))
        .isEqualTo(
            new Identified(
                new Caller(
                    new CallerArn("arn:" + partition + ":iam::111122223333:role/D"),
                    "AROAEXAMPLE",
                    "s1")));
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING, , AROAEXAMPLE:s1, 111122223333",
    "MISSING, arn:aws:iam::111122223333:user/ci, , 111122223333",
    "MISSING, arn:aws:iam::111122223333:user/ci, AIDAEXAMPLE,",
    "ROOT, arn:aws:iam::111122223333:root, 111122223333, 111122223333",
    "FEDERATED, arn:aws:sts::111122223333:federated-user/bob, 111122223333:bob, 111122223333",
    "ACCOUNT_MISMATCH, arn:aws:iam::111122223333:user/ci, AIDAEXAMPLE, 999999999999",
    "MALFORMED, arn:aws:sts::111122223333:assumed-role/D/s1/extra, AROAEXAMPLE:s1/extra,"
        + " 111122223333",
    "MALFORMED, arn:aws:sts::111122223333:assumed-role/D/s1, AROAEXAMPLE:s2, 111122223333",
    "MALFORMED, arn:aws:sts::111122223333:assumed-role/D/s1, AIDAEXAMPLE:s1, 111122223333",
    "MALFORMED, arn:aws:sts::111122223333:assumed-role/D/s1, AROAEXAMPLE, 111122223333",
    "MALFORMED, arn:aws:sts::111122223333:assumed-role/path/D/s1, AROAEXAMPLE:s1, 111122223333",
    "MALFORMED, arn:aws:iam::111122223333:user/ci, AROAEXAMPLE:ci, 111122223333",
    "MALFORMED, arn:aws:iam::111122223333:role/D, AIDAEXAMPLE, 111122223333",
    "MALFORMED, arn:aws:iam::111122223333:user/, AIDAEXAMPLE, 111122223333",
    "MALFORMED, arn:aws:iam::111122223333:user/*, AIDAEXAMPLE, 111122223333",
    "MALFORMED, arn:aws-x:iam::111122223333:user/ci, AIDAEXAMPLE, 111122223333",
    "MALFORMED, arn:aws:iam::1111:user/ci, AIDAEXAMPLE, 1111",
    "MALFORMED, anonymous, anonymous, 111122223333",
  })
  void everythingElseIsRefusedByName(
      Fault fault, @Nullable String arn, @Nullable String caller, @Nullable String account) {
    assertThat(identify(arn, caller, account)).isEqualTo(new Unidentified(fault));
  }

  @Test
  void aNewlineBehindAnArnIsNotOverlooked() {
    assertThat(identify("arn:aws:iam::111122223333:user/ci\n", "AIDAEXAMPLE", "111122223333"))
        .isEqualTo(new Unidentified(Fault.MALFORMED));
  }

  @Test
  void aCognitoIdentityIsRefusedWhateverElseItIs() {
    GatewayIdentity identity =
        new GatewayIdentity(
            "arn:aws:sts::111122223333:assumed-role/D/s1",
            "AROAEXAMPLE:s1",
            "111122223333",
            null,
            true,
            null,
            null,
            null);
    assertThat(Caller.identify(identity)).isEqualTo(new Unidentified(Fault.COGNITO));
  }

  @Test
  void aGrantWrittenWithARolesPathIsForTheRoleWithoutIt() {
    assertThat(CallerArn.parse("arn:aws:iam::111122223333:role/ci/team/Deployer"))
        .contains(new CallerArn("arn:aws:iam::111122223333:role/Deployer"));
  }
}
