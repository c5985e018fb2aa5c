package vended.audit;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An audit record could not be added or read. */
public final class AuditException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With what went wrong, without anything of the record. */
  public AuditException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
