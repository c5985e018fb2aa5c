package vended.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleArnTest {
  @Test
  void anArnTellsItsParts() {
    RoleArn role = new RoleArn("arn:aws-cn:iam::444455556666:role/vended/x/deploy");

    assertThat(role.partition()).isEqualTo("aws-cn");
    assertThat(role.account()).isEqualTo("444455556666");
    assertThat(role.name()).isEqualTo("deploy");
    assertThat(role.sessionArn("s@1"))
        .isEqualTo("arn:aws-cn:sts::444455556666:assumed-role/deploy/s@1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn:aws:iam::444455556666:role/",
        "arn:aws:iam::444455556666:role/*",
        "arn:aws:iam::444455556666:role/vended/*",
        "arn:aws:iam::444455556666:role/vended//deploy",
        "arn:aws:iam::444455556666:role//deploy",
        "arn:aws:iam::444455556666:role/deploy?",
        "arn:aws:iam::444455556666:role/deploy ",
        " arn:aws:iam::444455556666:role/deploy",
        "arn:aws:iam::444455556666:role/deploy\n",
        "arn:aws:iam::44445555666:role/deploy",
        "arn:aws:iam::4444555566667:role/deploy",
        "arn:aws:iam::٤٤٤٤٥٥٥٥٦٦٦٦:role/deploy",
        "arn:aws:iam::*:role/deploy",
        "arn:aws:iam:eu-west-1:444455556666:role/deploy",
        "arn:aws:iam::444455556666:user/deploy",
        "arn:aws:sts::444455556666:assumed-role/deploy/session",
        "arn:aws-iso:iam::444455556666:role/deploy",
        "ARN:aws:iam::444455556666:role/deploy",
        "arn:aws:iam::444455556666:role/déploy",
        "arn:aws:iam::444455556666:role/a#client",
        "arn:aws:iam::444455556666:role/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      })
  void whatIsNotExactlyARolesArnIsNone(String text) {
    assertThat(RoleArn.parse(text)).isEmpty();
    assertThatThrownBy(() -> new RoleArn(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
