package vended.admin.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.ChangeRecord;
import vended.audit.ChangeRecord.AdminOutcome;
import vended.audit.ChangeRecord.Result;
import vended.audit.ChangeRecord.Subject;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.telemetry.Telemetry;

/**
 * The only way to change the allow-list: the record of a change stands before it is made, and that
 * of its outcome before the administrator is answered.
 */
public final class AuditedChanges {
  /**
   * More than people stop one thing at the same moment; each try that fails is another's change.
   */
  private static final int MAX_TRIES = 16;

  /** When the last try may begin. It is far more than they take, and leaves time for records. */
  private static final Duration PERSISTENCE = Duration.ofSeconds(5);

  private final AllowListEditor editor;
  private final AuditLog log;
  private final Telemetry telemetry;
  private final Clock clock;

  /** Creates it with its dependencies. */
  public AuditedChanges(AllowListEditor editor, AuditLog log, Telemetry telemetry, Clock clock) {
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
  public <T> AdminResult<T> make(Trace trace, Subject subject, Change change, T value) {
    Draft.Ready<T> draft = new Draft.Ready<>(subject, change, value);
    return begin(trace, draft, () -> draft, 1);
  }

  /**
   * Makes a change that must not lose to others: if somebody else changed the row since it was
   * read, it is read again and the change is made of what stands there now, until it holds, some
   * times over. It has one record before it, of what was read first, and one after it, of what was
   * changed in the end.
   *
   * @param drafts the change, made up anew of each reading
   */
  public <T> AdminResult<T> insist(Trace trace, Draft.Source<T> drafts) {
    try {
      return switch (drafts.read()) {
        case Draft.Ready<T> ready -> begin(trace, ready, drafts, MAX_TRIES);
        case Draft.Refused<T>(Subject subject, Refusal refusal) -> refuse(trace, subject, refusal);
        case Draft.Outrun<T>(Subject subject, long version) -> conflict(trace, subject, version);
      };
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private <T> AdminResult<T> begin(
      Trace trace, Draft.Ready<T> first, Draft.Source<T> drafts, int tries) {
    Instant end = clock.instant().plus(PERSISTENCE);
    return append(trace, first.subject(), null)
        ? attempt(trace, first, new Tries<>(drafts, tries, end))
        : new AdminResult.Unavailable<>();
  }

  /** Where drafts come from, how many may be tried, and until when one may be begun. */
  private record Tries<T>(Draft.Source<T> drafts, int left, Instant end) {
    boolean haveOneMore(Instant now) {
      return left > 1 && now.isBefore(end);
    }

    Tries<T> less() {
      return new Tries<>(drafts, left - 1, end);
    }
  }

  private <T> AdminResult<T> attempt(Trace trace, Draft.Ready<T> draft, Tries<T> tries) {
    Subject subject = draft.subject();
    try {
      return switch (editor.make(draft.change())) {
        case Change.Done done ->
            conclude(
                trace,
                subject,
                new Result(AdminOutcome.MADE, null),
                new AdminResult.Done<>(draft.value(), true),
                new AdminResult.Unsure<>());
        case Change.Conflict conflict when tries.haveOneMore(clock.instant()) ->
            again(trace, subject, tries.less());
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

  private <T> AdminResult<T> again(Trace trace, Subject before, Tries<T> tries) {
    Draft<T> draft;
    try {
      draft = tries.drafts().read();
    } catch (AllowListException e) {
      return denied(
          trace, before, AdminReasons.ALLOW_LIST_UNAVAILABLE, new AdminResult.Unavailable<>());
    }
    return switch (draft) {
      case Draft.Ready<T> ready -> attempt(trace, ready, tries);
      case Draft.Refused<T>(Subject subject, Refusal refusal) -> refuse(trace, subject, refusal);
      case Draft.Outrun<T>(Subject subject, long version) -> conflict(trace, subject, version);
    };
  }

  /** Refuses, for what stands in the allow-list. */
  public <T> AdminResult<T> refuse(Trace trace, Subject subject, Refusal refusal) {
    return denied(trace, subject, refusal.code(), new AdminResult.Refused<>(refusal));
  }

  /** Refuses, since the row is not of the version that the administrator knows. */
  public <T> AdminResult<T> conflict(Trace trace, Subject subject, long currentVersion) {
    return denied(
        trace, subject, AdminReasons.VERSION_CONFLICT, new AdminResult.Conflict<>(currentVersion));
  }

  /**
   * Refuses an identity.
   *
   * @param action the route without its first slash: {@code grants/put}
   */
  public <T> AdminResult<T> forbid(Trace trace, String action, Reason reason) {
    Subject subject = new Subject(action, null, null, null, null, null, null);
    Result result = new Result(AdminOutcome.DENIED, reason.code());
    return append(trace, subject, result)
        ? new AdminResult.Forbidden<>()
        : new AdminResult.Unavailable<>();
  }

  private <T> AdminResult<T> denied(
      Trace trace, Subject subject, String reason, AdminResult<T> answer) {
    return conclude(
        trace,
        subject,
        new Result(AdminOutcome.DENIED, reason),
        answer,
        new AdminResult.Unavailable<>());
  }

  private <T> AdminResult<T> conclude(
      Trace trace,
      Subject subject,
      Result result,
      AdminResult<T> recorded,
      AdminResult<T> unrecorded) {
    return append(trace, subject, result) ? recorded : unrecorded;
  }

  private boolean append(Trace trace, Subject subject, @Nullable Result result) {
    try {
      log.append(new ChangeRecord(trace, clock.instant(), subject, result));
      return true;
    } catch (AuditException e) {
      telemetry.auditFailed(trace.vendId(), e);
      return false;
    }
  }
}
