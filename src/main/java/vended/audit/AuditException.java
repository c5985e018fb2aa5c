package vended.audit;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An audit record could not be stored or read. */
public final class AuditException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** The message contains nothing of the record. */
  public AuditException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
