package vended.audit;

import java.time.Clock;
import java.time.Instant;
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

  /** STS allows 64 characters: 37 for the name, one {@code @}, 26 for the vend's ID. */
  private static final int MAX_NAME = 37;

  /** 48 bits. */
  private static final long MAX_MILLIS = (1L << 48) - 1;

  private static final int TIME_DIGITS = 10;

  /** Matches an ID, and nothing else of its length. */
  public static final String REGEX = "[0-7][0-9A-HJKMNP-TV-Z]{25}";

  private static final Pattern FORM = Pattern.compile(REGEX);

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

  /** The least ID of a time: IDs made earlier are less, those made at or after it are not. */
  public static VendId least(Instant time) {
    return of(Math.clamp(time.toEpochMilli(), 0, MAX_MILLIS), 0, 0);
  }

  /**
   * What the names of a caller's sessions begin with: the caller's name, truncated.
   *
   * @param name the name of an IAM role or user
   */
  public static String sessionPrefix(String name) {
    return name.substring(0, Math.min(name.length(), MAX_NAME)) + "@";
  }

  /** When the ID was made, to the millisecond. */
  public Instant time() {
    long millis = 0;
    for (int i = 0; i < TIME_DIGITS; i++) {
      millis = millis << 5 | DIGITS.indexOf(value.charAt(i));
    }
    return Instant.ofEpochMilli(millis);
  }

  /** The name of the session that this vend begins; a client's CloudTrail shows it. */
  public String sessionName(String name) {
    return sessionPrefix(name) + value;
  }

  private static VendId of(long millis, long high, long low) {
    char[] digits = new char[26];
    long time = millis;
    for (int i = TIME_DIGITS - 1; i >= 0; i--, time >>>= 5) {
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
