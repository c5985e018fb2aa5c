package vended.identity;

import java.util.regex.Pattern;

/**
 * The ARNs of roles that a statement's {@code Resource} names, matched as IAM matches them: {@code
 * *} stands for any characters and {@code ?} for one, slashes included, but neither reaches over a
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
      Pattern.compile("arn:[a-z-]+:iam::(?:\\*|[0-9]{12}):role/[A-Za-z0-9_+=,.@/*?-]{1,512}");

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

  /** Whether IAM takes the role for one that is meant. */
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

  /** By hand and not by a regular expression, whose time could grow with the number of stars. */
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
