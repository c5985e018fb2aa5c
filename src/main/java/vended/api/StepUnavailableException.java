package vended.api;

import java.io.Serial;

/** A step that may go better in a while. The state machine in {@code template.yaml} retries it. */
public final class StepUnavailableException extends StepException {
  @Serial private static final long serialVersionUID = 1L;

  public StepUnavailableException(String message) {
    super(message);
  }
}
