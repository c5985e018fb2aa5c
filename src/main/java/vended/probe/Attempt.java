package vended.probe;

import org.jspecify.annotations.Nullable;
import vended.audit.ProbeRecord.Answer;
import vended.audit.Reason;

/**
 * One way of assuming the role, tried or not.
 *
 * @param answer how it went
 * @param reason why that is unclear; none where there was no time to try
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
