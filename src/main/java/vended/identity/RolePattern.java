package vended.identity;

import java.util.regex.Pattern;

/**
 * A pattern of roles' ARNs in a policy statement's {@code Resource}, matched as IAM does: {@code *}
 * matches any characters and {@code ?} matches one, slashes included, but neither matches across a
 * colon into the next part of the ARN.
 *
 * @param value for example {@code arn:aws:iam::*:role/vended/*}
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">IAM
 *     JSON policy elements: Resource</a>
 */
public record RolePattern(String value) {
  private static final int PARTS = 6;
  private static final Pattern FORM =
      Pattern.compile(
          "arn:[a-z-]+:iam::(?:\\*|%s):role/[A-Za-z0-9_+=,.@/*?-]{1,512}"
              .formatted(AccountId.REGEX));

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if this is not a pattern of roles' ARNs
   */
  public RolePattern {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a pattern of roles' ARNs");
    }
  }

  /** Whether IAM matches the role's ARN. */
  public boolean matches(RoleArn role) {
    String[] patterns = value.split(":", PARTS);
    String[] parts = role.value().split(":", PARTS);
    for (int i = 0; i < PARTS; i++) {
      if (!matches(patterns[i], parts[i])) {
        return false;
      }
    }
    return true;
  }

  /** Not a regular expression: its time could grow exponentially with the number of stars. */
  private static boolean matches(String pattern, String text) {
    int at = 0;
    int star = -1;
    int resume = 0;
    int i = 0;
    while (i < text.length()) {
      char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
      if (wanted == '*') {
        star = at++;
        resume = i;
      } else if (wanted == '?' || wanted == text.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  @Override
  public String toString() {
    return value;
  }
}
