package vended.api;

import java.io.Serial;

/** A step that would fail again. The state machine in {@code template.yaml} knows its name. */
public final class StepRefusedException extends StepException {
  @Serial private static final long serialVersionUID = 1L;

  public StepRefusedException(String message) {
    super(message);
  }
}
