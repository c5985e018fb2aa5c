package vended.api;

import java.io.Serial;

/** A transient failure of a step. The state machine in {@code template.yaml} retries it by name. */
public final class StepUnavailableException extends StepException {
  @Serial private static final long serialVersionUID = 1L;

  public StepUnavailableException(String message) {
    super(message);
  }
}
