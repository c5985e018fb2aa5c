package vended.credentials;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Decision.Permitted;
import vended.audit.AuditRecord;
import vended.audit.AuditRecord.Kind;
import vended.audit.AuditRecord.Result;
import vended.audit.AuditRecord.Subject;
import vended.audit.Outcome;
import vended.audit.Reason;

/** What is known of a vend so far, and the audit records that it gives. */
record VendRecords(
    VendTrace trace,
    @Nullable VendRequest request,
    @Nullable Permitted permitted,
    @Nullable AssumeRole call,
    AuditRecord.@Nullable Issued issued,
    @Nullable String stsRequestId) {

  VendRecords(VendTrace trace) {
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

  /** What STS issued for a call; anything malformed is left out. */
  VendRecords about(AssumeRole asked, IssuedCredentials credentials) {
    AuditRecord.Issued known =
        new AuditRecord.Issued(
            credentials.knownAccessKeyId(),
            credentials.knownAssumedRoleId(asked.sessionName()),
            credentials.expiration(),
            credentials.packedPolicySize());
    return new VendRecords(trace, request, permitted, asked, known, credentials.stsRequestId());
  }

  VendRecords withRequestId(@Nullable String requestId) {
    return new VendRecords(trace, request, permitted, call, issued, requestId);
  }

  AuditRecord intent(Instant at) {
    return auditRecord(Kind.INTENT, at, null);
  }

  AuditRecord granted(Instant at) {
    return outcome(at, Outcome.GRANTED, null);
  }

  AuditRecord denied(Reason reason, Instant at) {
    return outcome(at, Outcome.DENIED, reason);
  }

  AuditRecord failed(Reason reason, Instant at) {
    return outcome(at, Outcome.FAILED, reason);
  }

  private AuditRecord outcome(Instant at, Outcome outcome, @Nullable Reason reason) {
    return auditRecord(Kind.OUTCOME, at, new Result(outcome, reason, issued, stsRequestId));
  }

  private AuditRecord auditRecord(Kind kind, Instant at, @Nullable Result result) {
    return new AuditRecord(trace.vendId(), kind, at, trace.requester(), subject(), result);
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
