package vended.probe;

import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;

/**
 * How a trust policy responded to the attempts of a probe.
 *
 * @param right with the client's own ExternalId
 * @param none without an ExternalId
 * @param wrong with another ExternalId
 * @param allowed what it allows in addition, if it lets the vendor in at all
 */
record TrustResult(Attempt right, Attempt none, Attempt wrong, OptionalActions allowed) {
  /**
   * The result for the audit.
   *
   * @param ownAccount whether the role is in the vendor's own account
   * @param isNew whether no probe has passed so far, so that the role may just be too new
   */
  ProbeRecord.Result result(boolean ownAccount, boolean isNew) {
    boolean entered = right.is(Answer.WORKS);
    return new ProbeRecord.Result(
        right.answer(),
        none.answer(),
        wrong.answer(),
        entered && allowed.sourceIdentity(),
        entered && allowed.sessionTags(),
        ownAccount,
        isNew && right.is(Answer.REFUSED));
  }
}
