package vended.probe;

import org.jspecify.annotations.Nullable;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;

/**
 * How a trust policy responded to the attempts of a probe.
 *
 * @param right with the client's own ExternalId
 * @param none without an ExternalId
 * @param wrong with another ExternalId
 * @param allowed what it allows in addition, if it lets the vendor in at all
 * @param other with the other ExternalId of a rotation; null without one
 */
record TrustResult(
    Attempt right,
    Attempt none,
    Attempt wrong,
    OptionalActions allowed,
    TrustTrial.@Nullable Entry other) {
  /**
   * What was found with the other ExternalId, for the audit.
   *
   * @param sha256 that of the other ExternalId; null without a rotation
   */
  ProbeRecord.@Nullable Other other(@Nullable String sha256) {
    if (other == null || sha256 == null) {
      return null;
    }
    boolean entered = other.attempt().is(Answer.WORKS);
    return new ProbeRecord.Other(
        sha256,
        other.attempt().answer(),
        entered && other.allowed().sourceIdentity(),
        entered && other.allowed().sessionTags());
  }

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
