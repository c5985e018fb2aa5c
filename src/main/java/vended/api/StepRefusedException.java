package vended.api;

import java.io.Serial;

/** A step that would fail again. The state machine knows it by name: see {@code template.yaml}. */
public final class StepRefusedException extends StepException {
  @Serial private static final long serialVersionUID = 1L;

  public StepRefusedException(String message) {
    super(message);
  }
}
