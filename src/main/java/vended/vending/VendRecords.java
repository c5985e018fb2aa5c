package vended.vending;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.audit.Outcome;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Result;
import vended.audit.VendRecord.Subject;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.vending.Decision.Permitted;

/** What is known about a vend so far, and the audit records made from it. */
record VendRecords(
    Trace trace,
    @Nullable VendRequest request,
    @Nullable Permitted permitted,
    @Nullable AssumeRole call,
    VendRecord.@Nullable Issued issued,
    @Nullable String stsRequestId) {

  VendRecords(Trace trace) {
    this(trace, null, null, null, null, null);
  }

  VendRecords about(VendRequest known) {
    return new VendRecords(trace, known, permitted, call, issued, stsRequestId);
  }

  VendRecords about(Permitted known) {
    return new VendRecords(trace, request, known, call, issued, stsRequestId);
  }

  VendRecords about(AssumeRole known) {
    return new VendRecords(trace, request, permitted, known, issued, stsRequestId);
  }

  /** Adds what STS issued for a call; malformed parts are left out. */
  VendRecords about(AssumeRole asked, IssuedCredentials credentials) {
    VendRecord.Issued known =
        new VendRecord.Issued(
            credentials.knownAccessKeyId(),
            credentials.knownAssumedRoleId(asked.sessionName()),
            credentials.expiration(),
            credentials.packedPolicySize());
    return new VendRecords(trace, request, permitted, asked, known, credentials.stsRequestId());
  }

  VendRecords withRequestId(@Nullable String requestId) {
    return new VendRecords(trace, request, permitted, call, issued, requestId);
  }

  VendRecord intent(Instant at) {
    return new VendRecord(trace, at, subject(), null);
  }

  VendRecord granted(Instant at) {
    return outcome(at, Outcome.GRANTED, null);
  }

  VendRecord denied(Reason reason, Instant at) {
    return outcome(at, Outcome.DENIED, reason);
  }

  VendRecord failed(Reason reason, Instant at) {
    return outcome(at, Outcome.FAILED, reason);
  }

  private VendRecord outcome(Instant at, Outcome outcome, @Nullable Reason reason) {
    Result result = new Result(outcome, reason, issued, stsRequestId);
    return new VendRecord(trace, at, subject(), result);
  }

  private Subject subject() {
    if (request == null) {
      return Subject.NONE;
    }
    return new Subject(
        request.role().value(),
        request.role().account(),
        permitted == null ? null : permitted.client().name(),
        call == null ? request.durationSeconds() : Integer.valueOf(call.durationSeconds()),
        call == null ? null : call.sessionName(),
        call == null ? null : call.sourceIdentity(),
        call == null ? null : call.policySha256(),
        permitted == null ? null : permitted.grant().version(),
        request.context());
  }
}
