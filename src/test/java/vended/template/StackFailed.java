package vended.template;

/** What the stand-in for CloudFormation refuses to do, or could not. */
final class StackFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  StackFailed(String message) {
    super(message);
  }

  static void unless(boolean holds, String otherwise) {
    if (!holds) {
      throw new StackFailed(otherwise);
    }
  }
}
