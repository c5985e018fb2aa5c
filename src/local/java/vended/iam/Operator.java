package vended.iam;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;

/** The condition operators that are understood; a policy with any other is refused. */
enum Operator {
  STRING_EQUALS("StringEquals"),
  STRING_NOT_EQUALS("StringNotEquals"),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase"),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase"),
  STRING_LIKE("StringLike"),
  STRING_NOT_LIKE("StringNotLike"),
  ARN_EQUALS("ArnEquals"),
  ARN_NOT_EQUALS("ArnNotEquals"),
  ARN_LIKE("ArnLike"),
  ARN_NOT_LIKE("ArnNotLike"),
  BOOL("Bool"),
  NULL("Null"),
  NUMERIC_EQUALS("NumericEquals"),
  NUMERIC_NOT_EQUALS("NumericNotEquals"),
  NUMERIC_LESS("NumericLessThan"),
  NUMERIC_LESS_EQUALS("NumericLessThanEquals"),
  NUMERIC_GREATER("NumericGreaterThan"),
  NUMERIC_GREATER_EQUALS("NumericGreaterThanEquals"),
  DATE_LESS("DateLessThan"),
  DATE_LESS_EQUALS("DateLessThanEquals"),
  DATE_GREATER("DateGreaterThan"),
  DATE_GREATER_EQUALS("DateGreaterThanEquals");

  private final String spelling;

  Operator(String spelling) {
    this.spelling = spelling;
  }

  static Operator named(String name) {
    return Arrays.stream(values())
        .filter(operator -> operator.spelling.equals(name))
        .findFirst()
        .orElseThrow(() -> new UnsupportedPolicyException("the condition operator " + name));
  }

  boolean negated() {
    return spelling.contains("Not");
  }

  /** A positive operator wants one of the values, a negated one none of them. */
  boolean matches(List<String> wanted, String actual) {
    return negated() != wanted.stream().anyMatch(value -> matches(value, actual));
  }

  /** The comparison itself, without a Not in the name. */
  private boolean matches(String wanted, String actual) {
    return switch (this) {
      case STRING_EQUALS, STRING_NOT_EQUALS -> wanted.equals(actual);
      case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
          wanted.equalsIgnoreCase(actual);
      case STRING_LIKE, STRING_NOT_LIKE -> Wildcards.matches(wanted, actual);
      // IAM treats the two alike, wildcards included.
      case ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE ->
          Wildcards.matchesArn(wanted, actual);
      case BOOL -> truth(wanted) == truth(actual);
      case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS -> compare(actual, wanted) == 0;
      case NUMERIC_LESS -> compare(actual, wanted) < 0;
      case NUMERIC_LESS_EQUALS -> compare(actual, wanted) <= 0;
      case NUMERIC_GREATER -> compare(actual, wanted) > 0;
      case NUMERIC_GREATER_EQUALS -> compare(actual, wanted) >= 0;
      case DATE_LESS -> time(actual).isBefore(time(wanted));
      case DATE_LESS_EQUALS -> !time(actual).isAfter(time(wanted));
      case DATE_GREATER -> time(actual).isAfter(time(wanted));
      case DATE_GREATER_EQUALS -> !time(actual).isBefore(time(wanted));
      case NULL -> throw new IllegalStateException("Null asks for the key, not for its value");
    };
  }

  /** A value that the operator can't read is found when the policy is read, not when it matters. */
  void check(String value) {
    if (this == BOOL || this == NULL) {
      truth(value);
    } else if (spelling.startsWith("Numeric")) {
      number(value);
    } else if (spelling.startsWith("Date")) {
      time(value);
    } else if (spelling.startsWith("Arn")) {
      Wildcards.checkArn(value);
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new UnsupportedPolicyException("neither true nor false: " + text);
    };
  }

  private static int compare(String left, String right) {
    return number(left).compareTo(number(right));
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new UnsupportedPolicyException("not a number: " + text);
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UnsupportedPolicyException("not a time: " + text);
    }
  }
}
