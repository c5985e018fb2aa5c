package vended.identity;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The canonical ARN of a caller, an IAM user or an IAM role, which grants are made out to. It
 * leaves out a role's path: the ARN of a session has none, and role names are unique in an account
 * whatever their path.
 *
 * @param value for example {@code arn:aws:iam::111122223333:role/Deployer}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM
 *     identifiers</a>
 */
public record CallerArn(String value) {
  private static final Pattern USER =
      Pattern.compile(
          Arns.IAM + "user/(?:[\\x21-\\x2e\\x30-\\x7e]+/){0,64}" + Arns.NAME + "{1,64}");
  private static final Pattern ROLE = Pattern.compile(Arns.IAM + "role/" + Arns.NAME + "{1,64}");
  // The ID becomes the SourceIdentity, of which STS takes 64 characters.
  private static final Pattern ROLE_ID = Pattern.compile("AROA[A-Z0-9]{12,60}");
  private static final Pattern USER_ID = Pattern.compile("AIDA[A-Z0-9]{12,60}");

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
    return text.length() <= Arns.MAX_LENGTH
        && (ROLE.matcher(text).matches() || USER.matcher(text).matches());
  }

  /** The canonical ARN of the user or role that the text names; accepts a role with its path. */
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

  /** The text as a canonical ARN; empty if it is not one, and so for a role with its path. */
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
    return Arns.account(value);
  }

  /** The name of the user or role, without a path. */
  public String name() {
    return Arns.name(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
