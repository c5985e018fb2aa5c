package vended.identity;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of an IAM role, path and all, as AssumeRole takes it. There are no patterns in it: what
 * IAM does not allow in a role's name or path is refused, and so is an empty part of a path.
 *
 * @param value for example {@code arn:aws:iam::444455556666:role/vended/deploy}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html">IAM Role</a>
 */
public record RoleArn(String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:(?:aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/(?:[A-Za-z0-9_+=,.@-]+/)*"
              + "[A-Za-z0-9_+=,.@-]{1,64}");

  /** IAM allows a path of 512 characters and a name of 64. */
  private static final int MAX_LENGTH = 640;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if this is not the ARN of a role
   */
  public RoleArn {
    if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not the ARN of an IAM role");
    }
  }

  /** The role ARN that the text is, or nothing if it is none. */
  public static Optional<RoleArn> parse(@Nullable String text) {
    if (text == null || text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(new RoleArn(text));
  }

  /** The partition: aws, aws-cn or aws-us-gov. */
  public String partition() {
    return value.substring(4, value.indexOf(':', 4));
  }

  /** The account that the role is in: twelve digits. */
  public String account() {
    int start = value.indexOf("::") + 2;
    return value.substring(start, start + 12);
  }

  /** The role's name, without its path. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /**
   * The ARN of a session of this role, as STS answers it. AWS leaves a role's path out there.
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
