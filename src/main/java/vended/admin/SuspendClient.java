package vended.admin;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.audit.ChangeRecord.Subject;
import vended.audit.Trace;

/** Stops the vending of one client's roles, or of all, from the next call on, or resumes it. */
public final class SuspendClient {
  private static final String ACTION = "clients/suspend";

  private final AllowListEditor editor;
  private final AuditedChanges changes;
  private final Clock clock;

  public SuspendClient(AllowListEditor editor, AuditedChanges changes, Clock clock) {
    this.editor = editor;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Suspends a client, or resumes it. Without a version, a suspension wins against concurrent
   * changes; a resumption fails if somebody has suspended the client since the request.
   *
   * @param account twelve digits
   * @param version the version to change; null for any, since nobody should have to look one up to
   *     stop something in a hurry
   */
  public AdminResult<Stored<Client>> suspend(
      Trace trace, String account, boolean suspended, @Nullable Long version) {
    return suspended || version != null
        ? changes.insist(trace, () -> draft(trace, account, suspended, version))
        : AdminResult.reading(() -> resume(trace, account, editor.lastSuspension(account)));
  }

  private AdminResult<Stored<Client>> resume(Trace trace, String account, String suspension) {
    return changes.insist(
        trace,
        () -> {
          Draft<Stored<Client>> draft = draft(trace, account, false, null);
          // Read after the client, so that it covers all suspensions up to the expected version.
          boolean same = editor.lastSuspension(account).equals(suspension);
          return draft instanceof Draft.Ready<Stored<Client>>(var subject, var change, var next)
                  && !same
              ? new Draft.Stale<>(subject, next.value().version() - 1)
              : draft;
        });
  }

  private Draft<Stored<Client>> draft(
      Trace trace, String account, boolean suspended, @Nullable Long version)
      throws AllowListException {
    return Refusal.orUse(
        editor.client(account),
        Refusal.NO_CLIENT,
        refusal -> new Draft.Refused<>(ChangeSubjects.client(ACTION, account, null, null), refusal),
        stored -> {
          Client before = stored.value();
          Client after = before.withSuspended(suspended);
          Subject subject = ChangeSubjects.client(ACTION, account, before, after);
          if (version != null && version != before.version()) {
            return new Draft.Stale<>(subject, before.version());
          }
          Stored<Client> next = stored.changed(after, clock.instant().toString(), trace.by());
          Expected expected = Expected.of(stored);
          Change change =
              suspended
                  ? new Change.SuspendClient(expected, next)
                  : new Change.PutClient(expected, next);
          return new Draft.Ready<>(subject, change, next);
        });
  }

  /**
   * Stops all vending, which wins against concurrent changes; or resumes it, unless somebody has
   * used the switch since the request.
   */
  public AdminResult<Vending> stop(Trace trace, boolean stopped) {
    if (stopped) {
      return changes.insist(trace, () -> vendingDraft(trace, true));
    }
    AtomicReference<@Nullable Vending> first = new AtomicReference<>();
    return changes.insist(
        trace,
        () -> {
          Draft<Vending> draft = vendingDraft(trace, false);
          return draft instanceof Draft.Ready<Vending>(var subject, var change, var after)
                  && !first.compareAndSet(null, after)
                  && !after.equals(first.get())
              ? new Draft.Stale<>(subject, after.version() - 1)
              : draft;
        });
  }

  private Draft<Vending> vendingDraft(Trace trace, boolean stopped) throws AllowListException {
    Row<Stored<Vending>> row = editor.vendingSwitch();
    if (row instanceof Row.Corrupt) {
      return new Draft.Refused<>(ChangeSubjects.vending(null, null), Refusal.CORRUPT_ROW);
    }
    Vending before = Vending.UNUSED;
    Expected expected = new Expected.Absent();
    if (row instanceof Row.Found<Stored<Vending>>(Stored<Vending> stored)) {
      before = stored.value();
      expected = new Expected.Version(before.version());
    }
    Vending after = before.next(stopped);
    Stored<Vending> next = Stored.made(after, clock.instant().toString(), trace.by());
    return new Draft.Ready<>(
        ChangeSubjects.vending(before, after), new Change.PutSwitch(expected, next), after);
  }
}
