package vended.identity;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of an IAM role with its path, as AssumeRole takes it. It can't be a pattern: characters
 * that IAM does not allow in a role's name or path are refused, and so are empty parts of a path.
 *
 * @param value for example {@code arn:aws:iam::444455556666:role/vended/deploy}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html">IAM Role</a>
 */
public record RoleArn(String value) {
  private static final Pattern FORM =
      Pattern.compile(Arns.IAM + "role/(?:" + Arns.NAME + "+/)*" + Arns.NAME + "{1,64}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if this is not the ARN of a role
   */
  public RoleArn {
    if (!isRole(value)) {
      throw new IllegalArgumentException("not the ARN of an IAM role");
    }
  }

  /** The text as a role's ARN; empty if it is not one. */
  public static Optional<RoleArn> parse(@Nullable String text) {
    return text != null && isRole(text) ? Optional.of(new RoleArn(text)) : Optional.empty();
  }

  private static boolean isRole(String text) {
    return text.length() <= Arns.MAX_LENGTH && FORM.matcher(text).matches();
  }

  /** The partition: aws, aws-cn or aws-us-gov. */
  public String partition() {
    return value.substring(4, value.indexOf(':', 4));
  }

  /** The account that the role is in: twelve digits. */
  public String account() {
    return Arns.account(value);
  }

  /** The role's name, without its path. */
  public String name() {
    return Arns.name(value);
  }

  /**
   * The ARN of a session of this role, as STS returns it: without the role's path.
   *
   * @param sessionName the RoleSessionName
   */
  public String sessionArn(String sessionName) {
    return "arn:%s:sts::%s:assumed-role/%s/%s"
        .formatted(partition(), account(), name(), sessionName);
  }

  @Override
  public String toString() {
    return value;
  }
}
