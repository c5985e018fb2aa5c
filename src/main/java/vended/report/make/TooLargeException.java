package vended.report.make;

import java.io.Serial;

/** A period has more of something than a report can hold. A shorter period has less of it. */
public final class TooLargeException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  TooLargeException(String what) {
    super(what);
  }

  /** What there is too much of, for people; never null. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
