package vended.allowlist;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The allow-list could not be read or changed. */
public final class AllowListException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public AllowListException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
