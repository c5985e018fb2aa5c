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
    Subject subject,
    AuditRecord.@Nullable Issued issued,
    @Nullable String stsRequestId) {

  VendRecords(VendTrace trace) {
    this(trace, Subject.NONE, null, null);
  }

  VendRecords about(VendRequest request) {
    return with(
        new Subject(
            request.role().value(),
            request.role().account(),
            null,
            request.durationSeconds(),
            null,
            null,
            null,
            null,
            request.context()));
  }

  VendRecords about(Permitted permitted) {
    return with(
        new Subject(
            subject.roleArn(),
            subject.clientAccount(),
            permitted.client().name(),
            subject.durationSeconds(),
            null,
            null,
            null,
            permitted.grant().version(),
            subject.claimed()));
  }

  VendRecords about(AssumeRole call) {
    return with(
        new Subject(
            subject.roleArn(),
            subject.clientAccount(),
            subject.clientName(),
            call.durationSeconds(),
            call.sessionName(),
            call.sourceIdentity(),
            call.policySha256(),
            subject.grantVersion(),
            subject.claimed()));
  }

  VendRecords about(IssuedCredentials credentials) {
    AuditRecord.Issued known =
        new AuditRecord.Issued(
            credentials.knownAccessKeyId(),
            credentials.assumedRoleId(),
            credentials.expiration(),
            credentials.packedPolicySize());
    return new VendRecords(trace, subject, known, credentials.stsRequestId());
  }

  VendRecords withRequestId(@Nullable String requestId) {
    return new VendRecords(trace, subject, issued, requestId);
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
    return new AuditRecord(trace.vendId(), kind, at, trace.requester(), subject, result);
  }

  private VendRecords with(Subject changed) {
    return new VendRecords(trace, changed, issued, stsRequestId);
  }
}
