package vended.admin;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.audit.AdminLog;
import vended.audit.AdminRecord;
import vended.audit.AdminRecord.AdminOutcome;
import vended.audit.AdminRecord.Kind;
import vended.audit.AdminRecord.Result;
import vended.audit.AdminRecord.Subject;
import vended.audit.AuditException;
import vended.audit.AuditRecord.Requester;
import vended.audit.VendId;
import vended.telemetry.Telemetry;

/**
 * The only way to change the allow-list: the record of a change stands before it is made, and that
 * of its outcome before the administrator is answered.
 */
public final class AuditedChanges {
  private final AllowListEditor editor;
  private final AdminLog log;
  private final Telemetry telemetry;
  private final Clock clock;

  /** Of its parts. */
  public AuditedChanges(AllowListEditor editor, AdminLog log, Telemetry telemetry, Clock clock) {
    this.editor = editor;
    this.log = log;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /**
   * Makes a change, unless it can't be recorded.
   *
   * @param value what is answered once it is made
   */
  <T> AdminResult<T> make(AdminTrace trace, Subject subject, Change change, T value) {
    if (!append(trace.vendId(), trace.requester(), subject, null)) {
      return new AdminResult.Unavailable<>();
    }
    try {
      return switch (editor.make(change)) {
        case Change.Done done ->
            conclude(
                trace,
                subject,
                new Result(AdminOutcome.MADE, null),
                new AdminResult.Done<>(value),
                new AdminResult.Unsure<>());
        case Change.Conflict(long currentVersion) -> conflict(trace, subject, currentVersion);
        case Change.ExternalIdTaken taken -> refuse(trace, subject, Refusal.EXTERNAL_ID_TAKEN);
      };
    } catch (AllowListException e) {
      AdminResult<T> unsure = new AdminResult.Unsure<>();
      return conclude(
          trace,
          subject,
          new Result(AdminOutcome.FAILED, AdminReasons.ALLOW_LIST_UNAVAILABLE),
          unsure,
          unsure);
    }
  }

  /** Refuses, for what stands in the allow-list. */
  <T> AdminResult<T> refuse(AdminTrace trace, Subject subject, Refusal refusal) {
    return denied(trace, subject, refusal.code(), new AdminResult.Refused<>(refusal));
  }

  /** Refuses, since the row is not of the version that the administrator knows. */
  <T> AdminResult<T> conflict(AdminTrace trace, Subject subject, long currentVersion) {
    return denied(
        trace, subject, AdminReasons.VERSION_CONFLICT, new AdminResult.Conflict<>(currentVersion));
  }

  /**
   * Refuses an identity.
   *
   * @param action the route without its first slash: {@code grants/put}
   * @param reason why: a word of a closed set
   */
  public <T> AdminResult<T> forbid(
      VendId vendId, Requester requester, String action, String reason) {
    Subject subject = new Subject(action, null, null, null, null, null, null);
    Result result = new Result(AdminOutcome.DENIED, reason);
    return append(vendId, requester, subject, result)
        ? new AdminResult.Forbidden<>()
        : new AdminResult.Unavailable<>();
  }

  private <T> AdminResult<T> denied(
      AdminTrace trace, Subject subject, String reason, AdminResult<T> answer) {
    return conclude(
        trace,
        subject,
        new Result(AdminOutcome.DENIED, reason),
        answer,
        new AdminResult.Unavailable<>());
  }

  private <T> AdminResult<T> conclude(
      AdminTrace trace,
      Subject subject,
      Result result,
      AdminResult<T> recorded,
      AdminResult<T> unrecorded) {
    return append(trace.vendId(), trace.requester(), subject, result) ? recorded : unrecorded;
  }

  private boolean append(
      VendId vendId, Requester requester, Subject subject, @Nullable Result result) {
    Kind kind = result == null ? Kind.ADMIN : Kind.ADMIN_OUTCOME;
    try {
      log.append(new AdminRecord(vendId, kind, clock.instant(), requester, subject, result));
      return true;
    } catch (AuditException e) {
      telemetry.auditFailed(vendId, e);
      return false;
    }
  }
}
