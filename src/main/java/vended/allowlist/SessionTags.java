package vended.allowlist;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of STS for session tags, less the two tags that every vend adds.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html">STS Tag</a>
 */
public final class SessionTags {
  /** STS accepts 50. */
  private static final int MAX = 48;

  private static final String CHARACTERS = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";
  private static final Pattern KEY = Pattern.compile(CHARACTERS + "{1,128}");
  private static final Pattern VALUE = Pattern.compile(CHARACTERS + "{0,256}");

  /** The rules of {@link #check}, for people. */
  public static final String RULE =
      "must be at most "
          + MAX
          + ", with keys of 1 to 128 and values of up to 256 letters, digits, spaces and _.:/=+-@;"
          + " keys must differ by more than case, and must not begin with vended: or aws:";

  private SessionTags() {}

  /** Whether STS accepts the text as a tag's value. */
  public static boolean isValue(String text) {
    return VALUE.matcher(text).matches();
  }

  /**
   * Checks a grant's tags. Keys that begin with {@code vended:} are reserved for the service, and
   * {@code aws:} for AWS; STS compares keys case-insensitively.
   *
   * @throws IllegalArgumentException if STS would refuse them, or a key is reserved
   */
  public static void check(Map<String, String> tags) {
    Set<String> keys = new HashSet<>();
    tags.forEach(
        (key, value) -> {
          String lower = key.toLowerCase(Locale.ROOT);
          boolean reserved = lower.startsWith("vended:") || lower.startsWith("aws:");
          boolean accepted = KEY.matcher(key).matches() && isValue(value);
          if (reserved || !accepted || !keys.add(lower)) {
            throw new IllegalArgumentException("tags " + RULE);
          }
        });
    if (keys.size() > MAX) {
      throw new IllegalArgumentException("tags " + RULE);
    }
  }
}
