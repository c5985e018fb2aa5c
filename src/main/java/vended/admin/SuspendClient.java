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

/**
 * Stops the vending of one client's roles, or of all, from the next call on; and starts it again.
 */
public final class SuspendClient {
  private static final String ACTION = "clients/suspend";

  private final AllowListEditor editor;
  private final AuditedChanges changes;
  private final Clock clock;

  /** Of its parts. */
  public SuspendClient(AllowListEditor editor, AuditedChanges changes, Clock clock) {
    this.editor = editor;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Suspends a client, or lets it be served again.
   *
   * @param account twelve digits
   * @param version the version that is changed; null for whichever it has, since who stops
   *     something in a hurry should not have to look
   */
  public AdminResult<Kept<KnownClient>> suspend(
      AdminTrace trace, String account, boolean suspended, @Nullable Long version) {
    try {
      return switch (editor.client(account)) {
        case Row.Missing<Kept<KnownClient>> none -> refuse(trace, account, Refusal.NO_CLIENT);
        case Row.Corrupt<Kept<KnownClient>> corrupt -> refuse(trace, account, Refusal.CORRUPT_ROW);
        case Row.Found<Kept<KnownClient>>(Kept<KnownClient> kept) -> {
          KnownClient before = kept.value();
          KnownClient after = before.withSuspended(suspended);
          var subject = Subjects.client(ACTION, account, before, after);
          if (version != null && version != before.client().version()) {
            yield changes.conflict(trace, subject, before.client().version());
          }
          Kept<KnownClient> next = kept.changed(after, clock.instant().toString(), trace.by());
          yield changes.make(
              trace, subject, new Change.PutClient(Expected.of(kept), next), next);
        }
      };
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private AdminResult<Kept<KnownClient>> refuse(AdminTrace trace, String account, Refusal refusal) {
    return changes.refuse(trace, Subjects.client(ACTION, account, null, null), refusal);
  }

  /** Stops all vending, or starts it again. */
  public AdminResult<Vending> stop(AdminTrace trace, boolean stopped) {
    try {
      return switch (editor.vendingSwitch()) {
        case Row.Missing<Kept<Vending>> none ->
            set(trace, new Expected.Absent(), Vending.UNUSED, stopped);
        case Row.Found<Kept<Vending>>(Kept<Vending> kept) ->
            set(trace, new Expected.Version(kept.value().version()), kept.value(), stopped);
        case Row.Corrupt<Kept<Vending>> corrupt ->
            changes.refuse(trace, Subjects.vending(null, null), Refusal.CORRUPT_ROW);
      };
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private AdminResult<Vending> set(
      AdminTrace trace, Expected expected, Vending before, boolean stopped) {
    Vending after = before.next(stopped);
    Kept<Vending> next = Kept.made(after, clock.instant().toString(), trace.by());
    return changes.make(trace, Subjects.vending(before, after), new Change.PutSwitch(expected, next), after);
  }
}
