package vended.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ID of an AWS account: twelve digits. It is a string, since it may begin with zeros.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html">AWS
 *     account identifiers</a>
 */
public final class AccountId {
  /** A regular expression, to build those of ARNs with. */
  public static final String REGEX = "[0-9]{12}";

  private static final Pattern FORM = Pattern.compile(REGEX);

  private AccountId() {}

  /** Whether the text has the form of an account's ID. */
  public static boolean matches(@Nullable String text) {
    return text != null && FORM.matcher(text).matches();
  }
}
