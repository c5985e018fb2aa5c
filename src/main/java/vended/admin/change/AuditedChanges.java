package vended.admin.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.ChangeRecord;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.audit.ChangeRecord.Result;
import vended.audit.ChangeRecord.Subject;
import vended.audit.Reason;
import vended.audit.Trace;

/**
 * The only way to change the allow-list. The intent is recorded before the change is made, and the
 * outcome before the administrator gets an answer.
 */
public final class AuditedChanges {
  /** More attempts than there can be concurrent changes of one row. */
  private static final int MAX_TRIES = 16;

  /** How long attempts may be started: longer than they take, and early enough for the records. */
  private static final Duration PERSISTENCE = Duration.ofSeconds(5);

  private final AllowListEditor editor;
  private final AuditLog log;
  private final Clock clock;
  private final Backoff backoff;

  public AuditedChanges(AllowListEditor editor, AuditLog log, Clock clock, Backoff backoff) {
    this.editor = editor;
    this.log = log;
    this.clock = clock;
    this.backoff = backoff;
  }

  /** Makes a change once, unless it can't be recorded; waits while the table is throttled. */
  public <T> AdminResult<T> make(Trace trace, Draft.Ready<T> draft) {
    return begin(trace, draft, () -> draft, 1);
  }

  /**
   * Makes a change that must win against concurrent changes: on a conflict, or after a pause if
   * another transaction has the row, the row is read and the change is drafted again, up to {@value
   * #MAX_TRIES} times. The record before it has the first draft, and the one after it the last.
   */
  public <T> AdminResult<T> insist(Trace trace, Draft.Source<T> drafts) {
    return AdminResult.reading(
        () -> decide(trace, drafts.read(), ready -> begin(trace, ready, drafts, MAX_TRIES)));
  }

  private <T> AdminResult<T> decide(
      Trace trace, Draft<T> draft, Function<Draft.Ready<T>, AdminResult<T>> make) {
    return switch (draft) {
      case Draft.Ready<T> ready -> make.apply(ready);
      case Draft.Refused<T>(Subject subject, Refusal refusal) -> refuse(trace, subject, refusal);
      case Draft.Stale<T>(Subject subject, long version) -> conflict(trace, subject, version);
    };
  }

  private <T> AdminResult<T> begin(
      Trace trace, Draft.Ready<T> first, Draft.Source<T> drafts, int tries) {
    Instant end = clock.instant().plus(PERSISTENCE);
    return append(trace, first.subject(), null)
        ? attempt(trace, first, new Tries<>(drafts, tries, 0, end))
        : new AdminResult.Unavailable<>();
  }

  /**
   * The attempts at a change.
   *
   * @param left how many are left; a throttled one does not count
   * @param waits how often the change has waited
   * @param end until when one may start
   */
  private record Tries<T>(Draft.Source<T> drafts, int left, int waits, Instant end) {
    boolean haveOneMore(Instant now) {
      return left > 1 && now.isBefore(end);
    }

    Tries<T> less() {
      return new Tries<>(drafts, left - 1, waits, end);
    }

    Tries<T> afterWaiting() {
      return new Tries<>(drafts, left, waits + 1, end);
    }
  }

  private <T> AdminResult<T> attempt(Trace trace, Draft.Ready<T> draft, Tries<T> tries) {
    Subject subject = draft.subject();
    try {
      return switch (editor.make(draft.change())) {
        case Change.Done done ->
            append(trace, subject, new Result(ChangeOutcome.MADE, null))
                ? new AdminResult.Done<>(draft.value(), true)
                : new AdminResult.Unsure<>();
        case Change.Conflict conflict when tries.haveOneMore(clock.instant()) ->
            again(trace, subject, tries.less());
        case Change.Conflict(long currentVersion) -> conflict(trace, subject, currentVersion);
        case Change.Busy busy when tries.haveOneMore(clock.instant()) -> {
          backoff.pause(tries.waits());
          yield again(trace, subject, tries.less().afterWaiting());
        }
        case Change.Busy busy -> unavailable(trace, subject);
        case Change.Throttled throttled when clock.instant().isBefore(tries.end()) -> {
          backoff.pause(tries.waits());
          yield attempt(trace, draft, tries.afterWaiting());
        }
        case Change.Throttled throttled -> unavailable(trace, subject);
        case Change.ExternalIdTaken taken -> refuse(trace, subject, Refusal.EXTERNAL_ID_TAKEN);
      };
    } catch (AllowListException e) {
      append(trace, subject, new Result(ChangeOutcome.FAILED, AdminReasons.ALLOW_LIST_UNAVAILABLE));
      return new AdminResult.Unsure<>();
    }
  }

  private <T> AdminResult<T> again(Trace trace, Subject before, Tries<T> tries) {
    Draft<T> draft;
    try {
      draft = tries.drafts().read();
    } catch (AllowListException e) {
      return unavailable(trace, before);
    }
    return decide(trace, draft, ready -> attempt(trace, ready, tries));
  }

  private <T> AdminResult<T> unavailable(Trace trace, Subject subject) {
    return denied(
        trace, subject, AdminReasons.ALLOW_LIST_UNAVAILABLE, new AdminResult.Unavailable<>());
  }

  /** Refuses and records a change that the allow-list forbids. */
  public <T> AdminResult<T> refuse(Trace trace, Subject subject, Refusal refusal) {
    return denied(trace, subject, refusal.code(), new AdminResult.Refused<>(refusal));
  }

  /** Refuses and records a change of another version than the row has. */
  public <T> AdminResult<T> conflict(Trace trace, Subject subject, long currentVersion) {
    return denied(
        trace, subject, AdminReasons.VERSION_CONFLICT, new AdminResult.Conflict<>(currentVersion));
  }

  /**
   * Refuses and records an identity.
   *
   * @param action the route without its first slash: {@code grants/put}
   */
  public <T> AdminResult<T> forbid(Trace trace, String action, Reason reason) {
    Subject subject = new Subject(action, null, null, null, null, null, null);
    return denied(trace, subject, reason.code(), new AdminResult.Forbidden<>());
  }

  private <T> AdminResult<T> denied(
      Trace trace, Subject subject, String reason, AdminResult<T> answer) {
    return append(trace, subject, new Result(ChangeOutcome.DENIED, reason))
        ? answer
        : new AdminResult.Unavailable<>();
  }

  private boolean append(Trace trace, Subject subject, @Nullable Result result) {
    try {
      log.append(new ChangeRecord(trace, clock.instant(), subject, result));
      return true;
    } catch (AuditException e) {
      return false;
    }
  }
}
