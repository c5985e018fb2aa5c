package vended.iam;

import java.util.regex.Pattern;

/** IAM's patterns: {@code *} for any characters, {@code ?} for one. */
final class Wildcards {
  private static final int ARN_PARTS = 6;

  private Wildcards() {}

  static boolean matches(String pattern, String text) {
    return compile(pattern, Pattern.DOTALL).matcher(text).matches();
  }

  static boolean matchesIgnoringCase(String pattern, String text) {
    return compile(pattern, Pattern.DOTALL | Pattern.CASE_INSENSITIVE).matcher(text).matches();
  }

  /**
   * Part by part, because a wildcard in an ARN doesn't reach over a colon into the next part (IAM
   * User Guide, "IAM JSON policy elements: Resource"). The last part may hold colons of its own.
   */
  static boolean matchesArn(String pattern, String arn) {
    if (pattern.equals("*")) {
      return true;
    }
    var patterns = parts(pattern);
    var parts = parts(arn);
    for (int i = 0; i < ARN_PARTS; i++) {
      if (!matches(patterns[i], parts[i])) {
        return false;
      }
    }
    return true;
  }

  static void checkArn(String pattern) {
    if (!pattern.equals("*")) {
      parts(pattern);
    }
  }

  private static String[] parts(String arn) {
    var parts = arn.split(":", ARN_PARTS);
    if (parts.length != ARN_PARTS || !parts[0].equals("arn")) {
      throw new UnsupportedPolicyException("not an ARN: " + arn);
    }
    return parts;
  }

  private static Pattern compile(String pattern, int flags) {
    var regex = new StringBuilder();
    pattern
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
              }
            });
    return Pattern.compile(regex.toString(), flags);
  }
}
