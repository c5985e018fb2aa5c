package vended.identity;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The canonical ARN of a caller, an IAM user or an IAM role: what a grant is written for. A role's
 * path is left out, since a session's ARN does not have it and names of roles are unique in an
 * account whatever their path.
 *
 * @param value for example {@code arn:aws:iam::111122223333:role/Deployer}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM
 *     identifiers</a>
 */
public record CallerArn(String value) {
  private static final String NAME = "[A-Za-z0-9_+=,.@-]";
  private static final Pattern USER =
      Pattern.compile(
          "arn:(?:aws|aws-cn|aws-us-gov):iam::[0-9]{12}:user/(?:[\\x21-\\x2e\\x30-\\x7e]+/){0,64}"
              + NAME
              + "{1,64}");
  private static final Pattern ROLE =
      Pattern.compile("arn:(?:aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/" + NAME + "{1,64}");
  // An ID is given to STS as SourceIdentity, which takes 64 characters.
  private static final Pattern ROLE_ID = Pattern.compile("AROA[A-Z0-9]{12,60}");
  private static final Pattern USER_ID = Pattern.compile("AIDA[A-Z0-9]{12,60}");
  private static final int MAX_LENGTH = 640;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if this is not the canonical ARN of a user or role
   */
  public CallerArn {
    if (!isCanonical(value)) {
      throw new IllegalArgumentException("not the canonical ARN of an IAM user or role");
    }
  }

  private static boolean isCanonical(String text) {
    return text.length() <= MAX_LENGTH
        && (ROLE.matcher(text).matches() || USER.matcher(text).matches());
  }

  /** The canonical ARN of the user or role that the text names; a role may be given with a path. */
  public static Optional<CallerArn> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<RoleArn> role = RoleArn.parse(text);
    if (role.isPresent()) {
      return Optional.of(ofRole(role.get()));
    }
    return isCanonical(text) ? Optional.of(new CallerArn(text)) : Optional.empty();
  }

  /**
   * The canonical ARN that the text is, or nothing if it is none: a role's path is not taken off.
   */
  public static Optional<CallerArn> canonical(@Nullable String text) {
    return text != null && isCanonical(text) ? Optional.of(new CallerArn(text)) : Optional.empty();
  }

  private static CallerArn ofRole(RoleArn role) {
    return new CallerArn(
        "arn:%s:iam::%s:role/%s".formatted(role.partition(), role.account(), role.name()));
  }

  /** Whether this is a role; otherwise it is a user. */
  public boolean isRole() {
    return ROLE.matcher(value).matches();
  }

  /** Whether the text has the form of a unique ID of this kind: {@code AROA…} or {@code AIDA…}. */
  public boolean takesId(String uniqueId) {
    return (isRole() ? ROLE_ID : USER_ID).matcher(uniqueId).matches();
  }

  /** The account that the caller is in: twelve digits. */
  public String account() {
    int start = value.indexOf("::") + 2;
    return value.substring(start, start + 12);
  }

  /** The name of the user or role, without a path. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
