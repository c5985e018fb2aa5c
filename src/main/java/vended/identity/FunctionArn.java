package vended.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a Lambda function, without the version or alias that was invoked.
 *
 * @param value for example {@code arn:aws:lambda:eu-west-1:111122223333:function:vended-reprobe}
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html">Lambda
 *     FunctionConfiguration</a>
 */
public record FunctionArn(String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "(arn:%s:lambda:[a-z0-9-]+:%s:function:[A-Za-z0-9_-]{1,64})(?::[A-Za-z0-9_$-]{1,128})?"
              .formatted(Arns.PARTITION, AccountId.REGEX));

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if this is not the ARN of a function, or has a qualifier
   */
  public FunctionArn {
    Matcher form = FORM.matcher(value);
    if (!form.matches() || !form.group(1).equals(value)) {
      throw new IllegalArgumentException("not the ARN of a function without a qualifier");
    }
  }

  /**
   * The function that the ARN names, with or without a version or an alias; empty if it is none.
   */
  public static Optional<FunctionArn> parse(@Nullable String text) {
    Matcher form = FORM.matcher(text == null ? "" : text);
    return form.matches() ? Optional.of(new FunctionArn(form.group(1))) : Optional.empty();
  }

  /** The account that the function is in: twelve digits. */
  public String account() {
    return value.split(":", -1)[4];
  }

  /** The function's name: 1 to 64 letters, digits, hyphens and underscores. */
  public String name() {
    return value.substring(value.lastIndexOf(':') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
