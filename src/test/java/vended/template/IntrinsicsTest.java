package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicsTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Name: {Type: String, Default: audit, AllowedPattern: '^[a-z]+$', ConstraintDescription: letters}
        Days: {Type: Number, Default: 7, MinValue: 1, MaxValue: 9}
        Many: {Type: CommaDelimitedList, Default: 'a, b,c'}
        Wanted: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
      Conditions:
        IsWanted: !Equals [!Ref Wanted, true]
        IsNot: !Not [!Condition IsWanted]
        Both: !And [!Condition IsWanted, !Condition IsNot]
        Either: !Or [!Condition IsWanted, !Condition IsNot]
      Resources:
        Table:
          Type: AWS::DynamoDB::Table
          Properties: {TableName: !Ref Name}
        Role:
          Type: AWS::IAM::Role
          Properties: {Path: /x/}
        Absent:
          Type: AWS::IAM::Role
          Condition: IsNot
      Outputs:
        Value: {Value: GIVEN}
        Gone: {Condition: Both, Value: x}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Ref Name | audit",
        "!Ref Days | 7",
        "!Ref AWS::Region | eu-west-1",
        "!Ref Table | audit",
        "!Ref Role | vended-Role",
        "!GetAtt Role.Arn | arn:aws:iam::111122223333:role/x/vended-Role",
        "!GetAtt [Table, Arn] | arn:aws:dynamodb:eu-west-1:111122223333:table/audit",
        "{'Fn::GetAtt': [Table, Arn]} | arn:aws:dynamodb:eu-west-1:111122223333:table/audit",
        "!Sub '${Name}:${AWS::AccountId}:${Table.Arn}:${!Literal}' |"
            + " audit:111122223333:arn:aws:dynamodb:eu-west-1:111122223333:table/audit:${Literal}",
        "!Sub ['${A}-${Name}', {A: !Ref Days}] | 7-audit",
        "!Join ['/', !Ref Many] | a/b/c",
        "!Join ['', [x, !Ref Name]] | xaudit",
        "!Select [1, !Ref Many] | b",
        "!Select [2, !Split ['-', 1-2-3]] | 3",
        "!If [IsWanted, yes, no] | yes",
        "!If [IsNot, yes, no] | no",
        "!If [Both, yes, no] | no",
        "!If [Either, yes, no] | yes"
      })
  void aFunctionGivesWhatCloudFormationWouldGive(String function, String value) {
    assertThat(read(function, Map.of()).outputs()).containsEntry("Value", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Ref Nothing | Nothing",
        "!GetAtt Table.Color | Color",
        "!ImportValue x | Fn::ImportValue",
        "!If [NoCondition, a, b] | NoCondition",
        "!Sub '${Nothing}' | Nothing",
        "!Ref Many | no text"
      })
  void whatItDoesNotKnowIsAnError(String function, String message) {
    assertThatThrownBy(() -> read(function, Map.of())).hasMessageContaining(message);
  }

  @Test
  void parametersAndPseudoParametersCanBeGiven() {
    var template =
        read("!Sub '${AWS::Region}-${Name}'", Map.of("Name", "log", "AWS::Region", "eu-north-1"));
    assertThat(template.outputs()).containsEntry("Value", "eu-north-1-log");
  }

  @ParameterizedTest
  @CsvSource({"Name, LOG", "Days, 0", "Days, 10", "Wanted, maybe", "Nothing, x"})
  void aParameterThatCloudFormationWouldNotTakeIsNotTaken(String name, String value) {
    assertThatThrownBy(() -> read("x", Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void whatHasAConditionThatDoesNotHoldIsNotThere() {
    var template = read("x", Map.of());
    assertThat(template.outputs()).doesNotContainKey("Gone");
    assertThat(template.resources()).doesNotContainKey("Absent");
    assertThat(read("x", Map.of("Wanted", "false")).resources()).containsKey("Absent");
  }

  @Test
  void noValueTakesTheMemberAway() {
    var template =
        Template.parse(
            """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  Path: !Ref AWS::NoValue
                  ManagedPolicyArns: [a, !Ref AWS::NoValue, b]
            """,
            Map.of());
    assertThat(template.properties("Role"))
        .isEqualTo(Map.of("ManagedPolicyArns", List.of("a", "b")));
  }

  @Test
  void aKeyThatStandsTwiceIsAnError() {
    assertThatThrownBy(() -> Template.parse("Resources: {}\nResources: {}\n", Map.of()))
        .hasMessageContaining("twice");
  }

  private static Template read(String value, Map<String, String> given) {
    return Template.parse(TEMPLATE.replace("GIVEN", value), given);
  }
}
