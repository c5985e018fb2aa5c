package vended.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.Reason;

/** A probe's findings in words for the client: what to change in the role's trust policy. */
final class Advice {
  private final TrustResult trust;
  private final ProbeRecord.Result result;
  private final String condition;
  private final List<String> texts = new ArrayList<>();

  private Advice(TrustResult trust, ProbeRecord.Result result, ProbeCalls calls) {
    this.trust = trust;
    this.result = result;
    this.condition =
        calls.otherExternalId() == null
            ? "StringEquals sts:ExternalId = \"%s\"".formatted(calls.externalId())
            : "StringEquals sts:ExternalId = [\"%s\", \"%s\"]"
                .formatted(calls.externalId(), calls.otherExternalId());
  }

  static List<String> of(
      TrustResult trust, ProbeRecord.Result result, ProbeCalls calls, Optional<String> fault) {
    Advice findings = new Advice(trust, result, calls);
    if (fault.isPresent() && trust.right().is(Answer.REFUSED)) {
      findings.texts.add(
          "By the stack's parameters, the vendor's own policy does not allow this role. Then no"
              + " change of the client's trust policy can help: the role's ARN %s."
                  .formatted(fault.get()));
    } else {
      findings.entry(calls.externalId() != null);
    }
    if (result.ownAccount()) {
      findings.texts.add(
          "This is the vendor's own account, where a role needs no ExternalId: whether it works"
              + " without one, or with another, was not held against it.");
    } else {
      findings.strangers();
    }
    findings.rotation();
    findings.capabilities();
    if (result.passed()) {
      findings.texts.add(
          "The role can be vended. Whom else its trust policy lets in can't be seen from here: its"
              + " Principal must be the vendor role alone.");
    }
    return List.copyOf(findings.texts);
  }

  private void entry(boolean hasExternalId) {
    if (result.propagating()) {
      texts.add(
          "AWS takes up to 30 seconds until all of STS knows a new role or a change of its trust"
              + " policy. If it was made just now, try again in 30 seconds, before anything else.");
    }
    if (trust.right().is(Answer.REFUSED)) {
      texts.add(
          "The vendor role can't assume this role. Check that the role exists and that the vendor"
              + " may assume roles of its path; then allow sts:AssumeRole in its trust policy, with"
              + " the vendor role as Principal"
              + (hasExternalId ? " and the condition " + condition + "." : "."));
    }
    unclear("with the ExternalId", trust.right());
  }

  private void strangers() {
    if (trust.none().is(Answer.WORKS)) {
      texts.add(
          "The role can be assumed without an ExternalId: add the condition "
              + condition
              + " to each statement that allows sts:AssumeRole, and make sure that its Principal is"
              + " the vendor role and not *.");
    }
    if (trust.wrong().is(Answer.WORKS)) {
      texts.add(
          "The role can be assumed with an ExternalId that is not yours: the condition must be "
              + condition
              + ", not StringLike, with no wildcard and no other value beside it.");
    }
    if (!trust.right().is(Answer.UNCLEAR)) {
      unclear("without an ExternalId", trust.none());
      unclear("with a wrong ExternalId", trust.wrong());
    }
  }

  private void rotation() {
    TrustTrial.Entry other = trust.other();
    if (other == null) {
      return;
    }
    switch (other.attempt().answer()) {
      case WORKS ->
          texts.add("The ExternalId is being rotated, and the role accepts the other one, too.");
      case REFUSED ->
          texts.add("The ExternalId is being rotated, and the role does not accept the other one.");
      case UNCLEAR -> unclear("with the other ExternalId of the rotation", other.attempt());
    }
  }

  private void capabilities() {
    if (!trust.right().is(Answer.WORKS)) {
      return;
    }
    if (!result.sourceIdentity()) {
      texts.add(
          "The trust policy does not allow sts:SetSourceIdentity, so your CloudTrail will not say"
              + " which of the vendor's callers is at work. Allow it to the vendor role; this is"
              + " advice and stops nothing.");
    }
    if (!result.sessionTags()) {
      texts.add(
          "The trust policy does not allow sts:TagSession, so sessions carry no tags. Allow it to"
              + " the vendor role if your policies are to look at them; this is advice and stops"
              + " nothing.");
    }
  }

  private void unclear(String how, Attempt attempt) {
    if (attempt.is(Answer.UNCLEAR)) {
      Reason reason = attempt.reason();
      texts.add(
          reason == null
              ? "There was no time left to try the role " + how + ". Try again."
              : "STS said neither yes nor no to the role %s (%s). Try again; nothing is known of it."
                  .formatted(how, reason.code()));
    }
  }
}
