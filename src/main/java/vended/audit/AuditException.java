package vended.audit;

import java.io.Serial;

/** An audit record could not be added. */
public final class AuditException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** With what went wrong, without anything of the record. */
  public AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
