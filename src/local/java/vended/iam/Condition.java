package vended.iam;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * One key of one operator in a statement's Condition. Values are alternatives (IAM User Guide, "IAM
 * JSON policy elements: Condition operators", and "Set operators for multi-valued context keys").
 *
 * @param key in lower case
 */
public record Condition(
    Quantifier quantifier, Operator operator, boolean ifExists, String key, List<String> values) {

  enum Quantifier {
    ONE,
    FOR_ALL_VALUES,
    FOR_ANY_VALUE
  }

  public Condition {
    values = List.copyOf(values);
    for (var value : values) {
      if (value.contains("${")) {
        throw new UnsupportedPolicyException("policy variables are not supported: " + value);
      }
      operator.check(value);
    }
  }

  static Condition parse(String spelling, String key, List<String> values) {
    var quantifier = Quantifier.ONE;
    var name = spelling;
    if (name.startsWith("ForAllValues:")) {
      quantifier = Quantifier.FOR_ALL_VALUES;
      name = name.substring("ForAllValues:".length());
    } else if (name.startsWith("ForAnyValue:")) {
      quantifier = Quantifier.FOR_ANY_VALUE;
      name = name.substring("ForAnyValue:".length());
    }
    boolean ifExists = name.endsWith("IfExists");
    if (ifExists) {
      name = name.substring(0, name.length() - "IfExists".length());
    }
    var operator = Operator.named(name);
    if (operator == Operator.NULL && (ifExists || quantifier != Quantifier.ONE)) {
      throw new UnsupportedPolicyException("IAM has no operator " + spelling);
    }
    return new Condition(quantifier, operator, ifExists, key.toLowerCase(Locale.ROOT), values);
  }

  boolean holds(AccessRequest request) {
    var actual = request.context().get(key);
    if (operator == Operator.NULL) {
      // A key without a value counts as missing ("Set operators for multi-valued context keys").
      return values.contains(String.valueOf(actual == null || actual.isEmpty()));
    }
    if (actual == null || actual.isEmpty()) {
      return holdsWithoutKey();
    }
    Predicate<String> matches = value -> operator.matches(values, value);
    return switch (quantifier) {
      case FOR_ALL_VALUES -> actual.stream().allMatch(matches);
      case FOR_ANY_VALUE -> actual.stream().anyMatch(matches);
      case ONE -> matches.test(single(actual));
    };
  }

  private boolean holdsWithoutKey() {
    return switch (quantifier) {
      case FOR_ALL_VALUES -> true;
      case FOR_ANY_VALUE -> ifExists;
      // A negated operator holds for a key that isn't there: nothing equals the forbidden value.
      case ONE -> ifExists || operator.negated();
    };
  }

  private String single(List<String> actual) {
    if (actual.size() != 1) {
      throw new UnsupportedPolicyException(
          key + " has several values, which needs ForAllValues or ForAnyValue");
    }
    return actual.getFirst();
  }
}
