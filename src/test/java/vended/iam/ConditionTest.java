package vended.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final AccessRequest REQUEST =
      AccessRequest.of(
          "arn:aws:iam::111122223333:role/Deployer",
          "sts:AssumeRole",
          "arn:aws:iam::444455556666:role/vended/deploy");

  @ParameterizedTest
  @CsvSource({
    "StringEquals, abc, abc, true",
    "StringEquals, abc, ABC, false",
    "StringEquals, a*, abc, false",
    "StringEqualsIgnoreCase, abc, ABC, true",
    "StringNotEquals, abc, abd, true",
    "StringNotEquals, abc, abc, false",
    "StringNotEqualsIgnoreCase, abc, ABC, false",
    "StringLike, a*c, abbbc, true",
    "StringLike, a?c, abbc, false",
    "StringLike, A*, abc, false",
    "StringLike, a.c, abc, false",
    "StringNotLike, a*, abc, false",
    "ArnEquals, arn:aws:iam::*:role/x, arn:aws:iam::111122223333:role/x, true",
    "ArnLike, arn:aws:iam::*:role/x, arn:aws:iam::111122223333:role/y, false",
    "ArnNotLike, arn:aws:iam::*:role/x, arn:aws:iam::111122223333:role/y, true",
    "ArnNotEquals, arn:aws:iam::*:role/x, arn:aws:iam::111122223333:role/x, false",
    "Bool, true, true, true",
    "Bool, true, false, false",
    "NumericEquals, 900, 900.0, true",
    "NumericNotEquals, 900, 901, true",
    "NumericLessThan, 3600, 3599, true",
    "NumericLessThan, 3600, 3600, false",
    "NumericLessThanEquals, 3600, 3600, true",
    "NumericGreaterThan, 900, 1000, true",
    "NumericGreaterThanEquals, 900, 899, false",
    "DateLessThan, 2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, true",
    "DateLessThanEquals, 2026-01-02T00:00:00Z, 2026-01-02T00:00:00Z, true",
    "DateGreaterThan, 2026-01-02T00:00:00Z, 2026-01-02T00:00:00Z, false",
    "DateGreaterThanEquals, 2026-01-02T00:00:00Z, 2026-01-02T00:00:00Z, true"
  })
  void anOperatorComparesAsIamDoes(String operator, String wanted, String actual, boolean holds) {
    assertThat(holds(operator, List.of(wanted), REQUEST.with("a:key", actual))).isEqualTo(holds);
  }

  @Test
  void valuesAreAlternatives() {
    assertThat(holds("StringEquals", List.of("a", "b"), REQUEST.with("a:key", "b"))).isTrue();
    assertThat(holds("StringNotEquals", List.of("a", "b"), REQUEST.with("a:key", "b"))).isFalse();
    assertThat(holds("StringNotEquals", List.of("a", "b"), REQUEST.with("a:key", "c"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, false",
    "StringLike, false",
    "StringNotEquals, true",
    "StringNotLike, true",
    "StringEqualsIfExists, true",
    "StringNotEqualsIfExists, true",
    "ForAllValues:StringEquals, true",
    "ForAnyValue:StringEquals, false",
    "ForAnyValue:StringEqualsIfExists, true"
  })
  void aKeyThatIsNotInTheRequestFailsPositiveOperatorsOnly(String operator, boolean holds) {
    assertThat(holds(operator, List.of("a"), REQUEST)).isEqualTo(holds);
  }

  @Test
  void aKeyThatIsInTheRequestIsComparedWithIfExistsToo() {
    assertThat(holds("StringEqualsIfExists", List.of("a"), REQUEST.with("a:key", "b"))).isFalse();
    assertThat(holds("StringEqualsIfExists", List.of("a"), REQUEST.with("a:key", "a"))).isTrue();
  }

  @Test
  void nullAsksWhetherTheKeyIsThere() {
    assertThat(holds("Null", List.of("true"), REQUEST)).isTrue();
    assertThat(holds("Null", List.of("false"), REQUEST)).isFalse();
    assertThat(holds("Null", List.of("true"), REQUEST.with("a:key", "x"))).isFalse();
    assertThat(holds("Null", List.of("false"), REQUEST.with("a:key", "x"))).isTrue();
  }

  @Test
  void forAllValuesWantsEachValueOfTheRequestToMatch() {
    var wanted = List.of("vended:*", "team");
    assertThat(holds("ForAllValues:StringLike", wanted, REQUEST.with("a:key", "vended:id", "team")))
        .isTrue();
    assertThat(holds("ForAllValues:StringLike", wanted, REQUEST.with("a:key", "vended:id", "x")))
        .isFalse();
    assertThat(holds("ForAllValues:StringNotLike", wanted, REQUEST.with("a:key", "x", "team")))
        .isFalse();
  }

  @Test
  void forAnyValueWantsOneValueOfTheRequestToMatch() {
    assertThat(holds("ForAnyValue:StringEquals", List.of("b"), REQUEST.with("a:key", "a", "b")))
        .isTrue();
    assertThat(holds("ForAnyValue:StringEquals", List.of("c"), REQUEST.with("a:key", "a", "b")))
        .isFalse();
    assertThat(holds("ForAnyValue:StringNotEquals", List.of("a"), REQUEST.with("a:key", "a", "b")))
        .isTrue();
  }

  @Test
  void aKeyWithoutAValueIsMissing() {
    var empty = REQUEST.with("a:key", List.of());

    assertThat(holds("Null", List.of("true"), empty)).isTrue();
    assertThat(holds("Null", List.of("false"), empty)).isFalse();
    assertThat(holds("Null", List.of("false"), REQUEST.with("a:key", "x"))).isTrue();
  }

  @Test
  void severalValuesWithoutASetOperatorAreRefused() {
    assertThatThrownBy(() -> holds("StringEquals", List.of("a"), REQUEST.with("a:key", "a", "b")))
        .isInstanceOf(UnsupportedPolicyException.class);
  }

  @Test
  void keysAreNotCaseSensitive() {
    assertThat(holds("StringEquals", List.of("x"), REQUEST.with("A:KEY", "x"))).isTrue();
    assertThatThrownBy(
            () ->
                new AccessRequest(
                    REQUEST.principals(),
                    REQUEST.action(),
                    REQUEST.resource(),
                    Map.of("a:key", List.of("1"), "A:Key", List.of("2"))))
        .hasMessageContaining("two spellings");
  }

  @Test
  void allOperatorsAndAllKeysMustHold() {
    var condition =
        Map.of(
            "StringEquals", Map.of("a:one", "1", "a:two", "2"),
            "NumericLessThan", Map.of("a:three", 3));
    var all = REQUEST.with("a:one", "1").with("a:two", "2").with("a:three", "2");
    assertThat(allows(condition, all)).isTrue();
    assertThat(allows(condition, all.with("a:one", "2"))).isFalse();
    assertThat(allows(condition, all.with("a:two", "1"))).isFalse();
    assertThat(allows(condition, all.with("a:three", "3"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IpAddress",
        "BinaryEquals",
        "stringEquals",
        "StringEquals ",
        "NullIfExists",
        "ForAllValues:Null",
        "ForSomeValues:StringEquals"
      })
  void anUnknownOperatorIsRefused(String operator) {
    assertThatThrownBy(() -> holds(operator, List.of("true"), REQUEST))
        .isInstanceOf(UnsupportedPolicyException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, ${aws:username}",
    "Bool, yes",
    "Null, 1",
    "NumericLessThan, many",
    "DateLessThan, tomorrow",
    "ArnLike, role/x"
  })
  void aValueThatTheOperatorCannotReadIsRefusedEvenWhereTheKeyIsMissing(
      String operator, String value) {
    assertThatThrownBy(() -> holds(operator, List.of(value), REQUEST))
        .isInstanceOf(UnsupportedPolicyException.class);
  }

  private static boolean holds(String operator, List<String> wanted, AccessRequest request) {
    return allows(Map.of(operator, Map.of("a:Key", wanted)), request);
  }

  private static boolean allows(Object condition, AccessRequest request) {
    var statement =
        Map.of("Effect", "Allow", "Action", "sts:*", "Resource", "*", "Condition", condition);
    return Policy.identity(Map.of("Version", "2012-10-17", "Statement", List.of(statement)))
        .evaluate(request)
        .allowed();
  }
}
