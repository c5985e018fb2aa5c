package vended.iam;

/** A policy that this evaluator can't tell the meaning of, or that IAM would refuse. */
public final class UnsupportedPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedPolicyException(String message) {
    super(message);
  }
}
