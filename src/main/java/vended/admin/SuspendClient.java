package vended.admin;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.allowlist.Expected;
import vended.allowlist.Kept;
import vended.allowlist.KnownClient;
import vended.allowlist.Row;
import vended.allowlist.Vending;
import vended.audit.AdminRecord.Subject;

/**
 * Stops the vending of one client's roles, or of all, from the next call on; and starts it again.
 */
public final class SuspendClient {
  private static final String ACTION = "clients/suspend";

  private final AllowListEditor editor;
  private final AuditedChanges changes;
  private final Clock clock;

  /** Creates it with its dependencies. */
  public SuspendClient(AllowListEditor editor, AuditedChanges changes, Clock clock) {
    this.editor = editor;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Suspends a client, or lets it be served again. Without a version, a suspension is made whoever
   * else changes the client at the same time; a client is let be served again only if nobody
   * suspended it since this was asked.
   *
   * @param account twelve digits
   * @param version the version that is changed; null for whichever it has, since who stops
   *     something in a hurry should not have to look
   */
  public AdminResult<Kept<KnownClient>> suspend(
      AdminTrace trace, String account, boolean suspended, @Nullable Long version) {
    return changes.insist(
        trace,
        suspended || version != null
            ? () -> draft(trace, account, suspended, version)
            : new Resumption(trace, account));
  }

  private Draft<Kept<KnownClient>> draft(
      AdminTrace trace, String account, boolean suspended, @Nullable Long version)
      throws AllowListException {
    return switch (editor.client(account)) {
      case Row.Missing<Kept<KnownClient>> none -> refused(account, Refusal.NO_CLIENT);
      case Row.Corrupt<Kept<KnownClient>> corrupt -> refused(account, Refusal.CORRUPT_ROW);
      case Row.Found<Kept<KnownClient>>(Kept<KnownClient> kept) -> {
        KnownClient before = kept.value();
        KnownClient after = before.withSuspended(suspended);
        Subject subject = Subjects.client(ACTION, account, before, after);
        if (version != null && version != before.client().version()) {
          yield new Draft.Outrun<>(subject, before.client().version());
        }
        Kept<KnownClient> next = kept.changed(after, clock.instant().toString(), trace.by());
        Expected expected = Expected.of(kept);
        Change change =
            suspended
                ? new Change.StopClient(expected, next)
                : new Change.PutClient(expected, next);
        yield new Draft.Ready<>(subject, change, next);
      }
    };
  }

  private static <T> Draft<T> refused(String account, Refusal refusal) {
    return new Draft.Refused<>(Subjects.client(ACTION, account, null, null), refusal);
  }

  /** Lets a client be served again, in the state that it was in when that was asked. */
  private final class Resumption implements Draft.Source<Kept<KnownClient>> {
    private final AdminTrace trace;
    private final String account;
    private @Nullable String suspension;

    private Resumption(AdminTrace trace, String account) {
      this.trace = trace;
      this.account = account;
    }

    @Override
    public Draft<Kept<KnownClient>> read() throws AllowListException {
      if (suspension == null) {
        suspension = editor.lastSuspension(account);
      }
      Draft<Kept<KnownClient>> draft = draft(trace, account, false, null);
      // Read after the client, so it has each suspension up to the version that must stand still.
      boolean same = editor.lastSuspension(account).equals(suspension);
      return draft instanceof Draft.Ready<Kept<KnownClient>>(var subject, var change, var next)
              && !same
          ? new Draft.Outrun<>(subject, next.value().client().version() - 1)
          : draft;
    }
  }

  /**
   * Stops all vending, whoever else moves the switch at the same time; or starts it again, if
   * nobody moved it since this was asked.
   */
  public AdminResult<Vending> stop(AdminTrace trace, boolean stopped) {
    return changes.insist(trace, stopped ? () -> vendingDraft(trace, true) : new Restart(trace));
  }

  private Draft<Vending> vendingDraft(AdminTrace trace, boolean stopped) throws AllowListException {
    return switch (editor.vendingSwitch()) {
      case Row.Missing<Kept<Vending>> none ->
          vendingDraft(trace, new Expected.Absent(), Vending.UNUSED, stopped);
      case Row.Found<Kept<Vending>>(Kept<Vending> kept) ->
          vendingDraft(trace, new Expected.Version(kept.value().version()), kept.value(), stopped);
      case Row.Corrupt<Kept<Vending>> corrupt ->
          new Draft.Refused<>(Subjects.vending(null, null), Refusal.CORRUPT_ROW);
    };
  }

  private Draft<Vending> vendingDraft(
      AdminTrace trace, Expected expected, Vending before, boolean stopped) {
    Vending after = before.next(stopped);
    Kept<Vending> next = Kept.made(after, clock.instant().toString(), trace.by());
    return new Draft.Ready<>(
        Subjects.vending(before, after), new Change.PutSwitch(expected, next), after);
  }

  /** Starts vending again, from the version of the switch that was read first. */
  private final class Restart implements Draft.Source<Vending> {
    private final AdminTrace trace;
    private @Nullable Vending first;

    private Restart(AdminTrace trace) {
      this.trace = trace;
    }

    @Override
    public Draft<Vending> read() throws AllowListException {
      Draft<Vending> draft = vendingDraft(trace, false);
      if (!(draft instanceof Draft.Ready<Vending>(var subject, var change, var after))) {
        return draft;
      }
      if (first == null) {
        first = after;
      }
      return after.equals(first) ? draft : new Draft.Outrun<>(subject, after.version() - 1);
    }
  }
}
