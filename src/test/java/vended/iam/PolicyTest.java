package vended.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static final String CALLER = "arn:aws:iam::111122223333:role/Deployer";
  private static final String TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/Audit";

  @Test
  void whatNoStatementAllowsIsDenied() {
    assertThat(decide(allow("dynamodb:GetItem", TABLE), "dynamodb:PutItem", TABLE))
        .isEqualTo(Decision.IMPLICIT_DENY);
    assertThat(decide(allow("dynamodb:GetItem", TABLE), "dynamodb:GetItem", TABLE + "2"))
        .isEqualTo(Decision.IMPLICIT_DENY);
  }

  @Test
  void anExplicitDenyWinsOverAnAllowWhateverTheOrder() {
    var allow = "{\"Effect\":\"Allow\",\"Action\":\"dynamodb:*\",\"Resource\":\"*\"}";
    var deny = "{\"Effect\":\"Deny\",\"Action\":\"dynamodb:PutItem\",\"Resource\":\"*\"}";
    for (var statements : List.of(allow + "," + deny, deny + "," + allow)) {
      var policy = Policy.identity(document(statements));
      assertThat(decide(policy, "dynamodb:PutItem", TABLE)).isEqualTo(Decision.EXPLICIT_DENY);
      assertThat(decide(policy, "dynamodb:GetItem", TABLE)).isEqualTo(Decision.ALLOW);
    }
  }

  @Test
  void aDenyInOnePolicyWinsOverAnAllowInAnother() {
    var deny =
        Policy.identity(
            document("{\"Effect\":\"Deny\",\"Action\":\"dynamodb:Get*\",\"Resource\":\"*\"}"));
    var allow = allow("*", "*");
    assertThat(
            Policy.evaluate(
                List.of(allow, deny), AccessRequest.of(CALLER, "dynamodb:GetItem", TABLE)))
        .isEqualTo(Decision.EXPLICIT_DENY);
    assertThat(Policy.evaluate(List.of(), AccessRequest.of(CALLER, "dynamodb:GetItem", TABLE)))
        .isEqualTo(Decision.IMPLICIT_DENY);
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:GetItem, true",
    "DYNAMODB:getitem, true",
    "dynamodb:Get*, true",
    "dynamodb:*, true",
    "*, true",
    "dynamodb:GetIte?, true",
    "dynamodb:GetItem?, false",
    "dynamodb:Get, false",
    "dynamodb:BatchGetItem, false",
    "dynamodb:*Items, false",
    "s3:*, false"
  })
  void actionsMatchByPatternAndWithoutRegardToCase(String pattern, boolean matches) {
    assertThat(decide(allow(pattern, "*"), "dynamodb:GetItem", TABLE).allowed()).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:dynamodb:eu-west-1:111122223333:table/Audit, true",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/A*, true",
    "arn:aws:dynamodb:*:111122223333:table/Audi?, true",
    "arn:*:dynamodb:*:*:*, true",
    "*, true",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/audit, false",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/Audit/*, false",
    "arn:aws:dynamodb:eu-west-1:*:Audit, false",
    "arn:aws:dynamodb:*:table/Audit:x:y, false",
    "arn:aws:dynamodb:eu-west-1:11112222333:table/Audit, false",
    "arn:aws:dynamodb:eu-west-1:111122223333:table.Audit, false"
  })
  void resourcesMatchPartByPartAndWithRegardToCase(String pattern, boolean matches) {
    assertThat(decide(allow("dynamodb:GetItem", pattern), "dynamodb:GetItem", TABLE).allowed())
        .isEqualTo(matches);
  }

  @Test
  void aWildcardInAnArnDoesNotReachOverAColon() {
    var roles = allow("sts:AssumeRole", "arn:aws:iam::*:role/vended/*");
    assertThat(
            decide(roles, "sts:AssumeRole", "arn:aws:iam::444455556666:role/vended/a/b").allowed())
        .isTrue();
    assertThat(decide(roles, "sts:AssumeRole", "arn:aws:iam:x:4:role/vended/a").allowed())
        .isFalse();
    assertThat(decide(roles, "sts:AssumeRole", "arn:aws:iam::4:x:role/vended/a").allowed())
        .isFalse();
  }

  @Test
  void notActionAndNotResourceMeanAllOthers() {
    var notAction =
        Policy.identity(
            document("{\"Effect\":\"Allow\",\"NotAction\":\"iam:*\",\"Resource\":\"*\"}"));
    assertThat(decide(notAction, "dynamodb:GetItem", TABLE).allowed()).isTrue();
    assertThat(decide(notAction, "iam:PassRole", CALLER).allowed()).isFalse();

    var notResource =
        Policy.identity(
            document(
                "{\"Effect\":\"Allow\",\"Action\":\"dynamodb:GetItem\",\"NotResource\":\"%s\"}"
                    .formatted(TABLE)));
    assertThat(decide(notResource, "dynamodb:GetItem", TABLE).allowed()).isFalse();
    assertThat(decide(notResource, "dynamodb:GetItem", TABLE + "2").allowed()).isTrue();
  }

  @Test
  void aPolicyCanBeATreeAsWellAsText() {
    var tree =
        Map.of(
            "Version",
            "2012-10-17",
            "Statement",
            Map.of("Effect", "Allow", "Action", List.of("dynamodb:GetItem"), "Resource", TABLE));
    assertThat(decide(Policy.identity(tree), "dynamodb:GetItem", TABLE).allowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Effect\":\"allow\",\"Action\":\"a:b\",\"Resource\":\"*\"}",
        "{\"Action\":\"a:b\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a:b\"}",
        "{\"Effect\":\"Allow\",\"Action\":[],\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a:b\",\"NotAction\":\"a:c\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"get\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a*:b\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a:b\",\"Resource\":\"*\",\"Principal\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a:b\",\"Resource\":\"arn:aws:s3:::x/${aws:username}\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a:b\",\"Resource\":\"*\",\"Conditions\":{}}",
        "{\"Effect\":\"Allow\",\"Effect\":\"Deny\",\"Action\":\"a:b\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":{\"a\":\"b\"},\"Resource\":\"*\"}",
        "null",
        ""
      })
  void aStatementThatIsNotUnderstoodIsRefused(String statement) {
    assertThatThrownBy(() -> Policy.identity(document(statement)))
        .isInstanceOf(UnsupportedPolicyException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
        "{\"Version\":\"2008-10-17\",\"Statement\":%s}",
        "{\"Statement\":%s}",
        "{\"Version\":\"2012-10-17\",\"Statement\":%s,\"More\":1}",
        "{\"Version\":\"2012-10-17\",\"Statement\":%s} {}",
        "{\"Version\":\"2012-10-17\",\"Statement\":%s"
      })
  void aDocumentThatIsNotUnderstoodIsRefused(String document) {
    var statement = "{\"Effect\":\"Allow\",\"Action\":\"a:b\",\"Resource\":\"*\"}";
    assertThatThrownBy(() -> Policy.identity(document.replace("%s", statement)))
        .isInstanceOf(UnsupportedPolicyException.class);
  }

  @Test
  void aResourceThatIsNoArnIsRefusedWhenItMatters() {
    var policy = allow("execute-api:Invoke", "execute-api:/*");
    assertThatThrownBy(() -> decide(policy, "execute-api:Invoke", TABLE))
        .isInstanceOf(UnsupportedPolicyException.class);
  }

  private static Policy allow(String action, String resource) {
    return Policy.identity(
        document(
            "{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
                .formatted(action, resource)));
  }

  private static String document(String statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
  }

  private static Decision decide(Policy policy, String action, String resource) {
    return policy.evaluate(AccessRequest.of(CALLER, action, resource));
  }
}
