package vended.audit;

import java.util.Locale;

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
}
