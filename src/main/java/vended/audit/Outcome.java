package vended.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a vend ended. */
public enum Outcome {
  /** Credentials were issued, and left unless the answer was lost. */
  GRANTED,
  /** The caller may not have them. STS was not called. */
  DENIED,
  /** The caller may have them, but they could not be had, or were dropped. */
  FAILED;

  /** The word as it stands in records. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome of a record's word; empty if this version does not know the word. */
  public static Optional<Outcome> parse(String code) {
    return Arrays.stream(values()).filter(outcome -> outcome.code().equals(code)).findFirst();
  }
}
