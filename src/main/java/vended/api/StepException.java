package vended.api;

import java.io.Serial;

/**
 * A failed step of the schedule. The state machine's history shows the message, so it never quotes
 * input or another service's response, and there is no stack trace.
 */
public abstract sealed class StepException extends RuntimeException
    permits StepRefusedException, StepUnavailableException {
  @Serial private static final long serialVersionUID = 1L;

  StepException(String message) {
    super(message, null, false, false);
  }
}
