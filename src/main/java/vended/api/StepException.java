package vended.api;

import java.io.Serial;

/**
 * A step of the schedule that failed, in words that may stand in the state machine's history.
 * Nothing that was read or answered elsewhere is in it, and no place in the code.
 */
public abstract sealed class StepException extends RuntimeException
    permits StepRefusedException, StepUnavailableException {
  @Serial private static final long serialVersionUID = 1L;

  StepException(String message) {
    super(message, null, false, false);
  }
}
