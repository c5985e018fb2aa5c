package vended.probe;

import org.jspecify.annotations.Nullable;
import vended.audit.ProbeRecord.Answer;
import vended.audit.Reason;

/**
 * One way of assuming the role, tried or not.
 *
 * @param answer how STS responded
 * @param reason why the answer is unclear; null if there was no time to try, or it is clear
 */
record Attempt(Answer answer, @Nullable Reason reason) {
  static final Attempt WORKED = new Attempt(Answer.WORKS, null);
  static final Attempt REFUSED = new Attempt(Answer.REFUSED, null);
  static final Attempt NO_TIME = new Attempt(Answer.UNCLEAR, null);

  static Attempt unclear(Reason reason) {
    return new Attempt(Answer.UNCLEAR, reason);
  }

  boolean is(Answer expected) {
    return answer == expected;
  }
}
