package vended.exploration;

import java.util.function.Function;

/**
 * A remote call that a request is about to make.
 *
 * @param name for the trace of a violation
 * @param kind decides which faults the call can meet
 * @param effect what it does to the world, and what it answers
 */
record Call(String name, Kind kind, Function<World, Effect> effect) {
  enum Kind {
    /** Fails without an effect, or works. */
    READ,
    /** Its answer can also be lost after it worked. */
    WRITE,
    /** A transaction, which can also be throttled. */
    TRANSACTION,
    /** A write of a row that nobody else reads, so its order among other calls changes nothing. */
    OWN_ROW,
    /** AssumeRole: only the role's trust policy decides it. */
    STS,
    /** Not a call of the service: what a client does to its own role. */
    OUTSIDE
  }

  /**
   * The effect of a call.
   *
   * @param after the world after it
   * @param answer what the request gets
   */
  record Effect(World after, Object answer) {}

  /** What a request gets instead of an answer: the port's own exception. */
  record Failure(String what) {}
}
