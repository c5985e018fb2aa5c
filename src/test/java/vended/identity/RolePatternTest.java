package vended.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolePatternTest {
  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::*:role/vended/*, arn:aws:iam::444455556666:role/vended/deploy, true",
    "arn:aws:iam::*:role/vended/*, arn:aws:iam::444455556666:role/vended/team/deploy, true",
    "arn:aws:iam::*:role/vended/*, arn:aws:iam::444455556666:role/Vended/deploy, false",
    "arn:aws:iam::*:role/vended/*, arn:aws:iam::444455556666:role/vended-deploy, false",
    "arn:aws:iam::*:role/vended/*, arn:aws:iam::444455556666:role/x/vended/deploy, false",
    "arn:aws:iam::*:role/vended/*, arn:aws-cn:iam::444455556666:role/vended/deploy, false",
    "arn:aws:iam::444455556666:role/*, arn:aws:iam::444455556666:role/a/b/c, true",
    "arn:aws:iam::444455556666:role/*, arn:aws:iam::444455556667:role/a, false",
    "arn:aws:iam::*:role/v?nded/*-x, arn:aws:iam::444455556666:role/vended/a-x-x, true",
    "arn:aws:iam::*:role/v?/x, arn:aws:iam::444455556666:role/v//x, true",
    "arn:aws:iam::*:role/*a*b*c, arn:aws:iam::444455556666:role/xaxbxaxc, true",
    "arn:aws:iam::*:role/*a*b*c, arn:aws:iam::444455556666:role/xbxaxc, false",
    "arn:aws:iam::*:role/a.b, arn:aws:iam::444455556666:role/aXb, false"
  })
  void matchesAsIamDoes(String pattern, String role, boolean matches) {
    RoleArn.parse(role)
        .ifPresentOrElse(
            arn -> assertThat(new RolePattern(pattern).matches(arn)).isEqualTo(matches),
            () -> assertThat(role).contains("//"));
  }

  @Test
  void manyStarsTakeNoTime() {
    RolePattern stars = new RolePattern("arn:aws:iam::*:role/" + "*a".repeat(200) + "*b");
    RoleArn role = new RoleArn("arn:aws:iam::444455556666:role/" + "a/".repeat(200) + "c");

    assertThat(stars.matches(role)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "arn:aws:iam::*:user/x", "arn:aws:iam::*:role/", "*:role/vended/*"})
  void whatNamesNoRolesIsNoPattern(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RolePattern(text));
  }
}
