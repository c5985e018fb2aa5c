package vended.audit;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ID of one vend, probe or change, generated here and never taken from a request: a ULID, which
 * is 48 bits of time in milliseconds and 80 random bits, as 26 characters of Crockford's base 32.
 * It joins the answer, the audit records, the log and the client's CloudTrail, where it ends the
 * session's name.
 *
 * @param value 26 characters
 * @see <a href="https://github.com/ulid/spec">the ULID specification</a>
 */
public record VendId(String value) {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

  /**
   * Checks the format.
   *
   * @throws IllegalArgumentException if this is not a ULID
   */
  public VendId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a vend's ID");
    }
  }

  /** The ID in a text; empty if it is not a ULID. */
  public static Optional<VendId> parse(@Nullable String text) {
    return text != null && FORM.matcher(text).matches()
        ? Optional.of(new VendId(text))
        : Optional.empty();
  }

  /** Generates IDs from a clock and an unpredictable source of random bits. */
  public static Supplier<VendId> source(Clock clock, RandomGenerator random) {
    return () -> of(clock.millis(), random.nextLong(), random.nextLong());
  }

  private static VendId of(long millis, long high, long low) {
    char[] digits = new char[26];
    long time = millis;
    for (int i = 9; i >= 0; i--, time >>>= 5) {
      digits[i] = DIGITS.charAt((int) (time & 31));
    }
    for (int i = 0; i < 8; i++) {
      digits[10 + i] = DIGITS.charAt((int) (high >>> (5 * i) & 31));
      digits[18 + i] = DIGITS.charAt((int) (low >>> (5 * i) & 31));
    }
    return new VendId(new String(digits));
  }

  @Override
  public String toString() {
    return value;
  }
}
