package vended.probe;

import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;

/**
 * What the tests of a trust policy showed.
 *
 * @param right with the client's own ExternalId
 * @param none without an ExternalId
 * @param wrong with another ExternalId
 * @param allowed what it allows beside, if it lets the vendor in at all
 */
record TrustResult(Attempt right, Attempt none, Attempt wrong, OptionalActions allowed) {
  /**
   * As it stands in the audit.
   *
   * @param ownAccount whether the role is in the vendor's own account
   * @param isNew whether no probe has passed so far, so that a refusal may be for want of time
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
