package vended.report.html;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of an IAM ARN.
 *
 * @param name the name of the user or role
 * @param account the account
 * @param path the kind and the path: {@code role/vended/}, {@code user/}
 * @param partition the partition, such as {@code aws}
 */
public record ArnParts(String name, String account, String path, String partition) {
  private static final Pattern FORM =
      Pattern.compile("arn:([a-z-]+):[a-z]+::([0-9]{12}):((?:[!-~]*/)?)([!-.0-~]+)");

  /** The parts of an ARN; empty if the text is none. */
  public static Optional<ArnParts> of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(new ArnParts(form.group(4), form.group(2), form.group(3), form.group(1)));
  }

  /**
   * What the name leaves open: {@code 444455556666}, of a role without a path, {@code 444455556666
   * user/ci/}, {@code aws-cn 444455556666}.
   */
  public String place() {
    String where = partition.equals("aws") ? account : partition + " " + account;
    return path.equals("role/") ? where : (where + " " + path).strip();
  }

  /** The name in an ARN, or the text if it is none. */
  public static String nameOf(String text) {
    return of(text).map(ArnParts::name).orElse(text);
  }

  /** The account in an ARN; empty if the text is none. */
  public static String accountOf(String text) {
    return of(text).map(ArnParts::account).orElse("");
  }
}
