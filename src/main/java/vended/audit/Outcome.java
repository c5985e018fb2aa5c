package vended.audit;

import java.util.Arrays;
import java.util.Optional;
import vended.text.Coded;

/** How a vend ended. */
public enum Outcome implements Coded {
  /** Credentials were issued, and sent to the caller. */
  GRANTED,
  /** The caller may not have credentials. STS was not called. */
  DENIED,
  /** The caller may have them, but STS did not issue them, or they were dropped. */
  FAILED;

  /** The outcome of a record's word; empty if this version does not know the word. */
  public static Optional<Outcome> parse(String code) {
    return Arrays.stream(values()).filter(outcome -> outcome.code().equals(code)).findFirst();
  }
}
