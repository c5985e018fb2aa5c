package vended.mine;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.audit.ChangeRecord.Subject;
import vended.audit.Trace;

/**
 * Lets a client suspend and resume itself: from the next call on, nothing is vended in its account,
 * or as much as the vendor allows. The vendor's own suspension is another row, which this class
 * does not write.
 */
public final class SuspendOneself {
  private final AllowListEditor editor;
  private final AuditedChanges changes;
  private final Clock clock;

  public SuspendOneself(AllowListEditor editor, AuditedChanges changes, Clock clock) {
    this.editor = editor;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Suspends a client, which wins against concurrent changes; or resumes it, unless somebody at the
   * client has suspended it since the request began.
   *
   * @param asker whose principal asks
   * @param version the version to change; null for any
   */
  public AdminResult<Stored<Hold>> suspend(
      Trace trace, Asker.OfClient asker, boolean suspended, @Nullable Long version) {
    Long wanted = version == null && !suspended ? known(asker.hold()) : version;
    return changes.insist(trace, () -> draft(trace, asker.client(), suspended, wanted));
  }

  /** The version that a resumption applies to, as read when the request began. */
  private static @Nullable Long known(Row<Hold> hold) {
    return switch (hold) {
      case Row.Missing<Hold> never -> 0L;
      case Row.Found<Hold>(Hold found) -> found.version();
      case Row.Corrupt<Hold> corrupt -> null;
    };
  }

  /** Refuses and records an attempt by somebody who may be the vendor. */
  public AdminResult<Stored<Hold>> refuse(Trace trace, String account) {
    Subject subject = new Subject("mine/suspend", account, null, account, null, null, null);
    return changes.refuse(trace, subject, Refusal.CLIENT_ROLE);
  }

  private Draft<Stored<Hold>> draft(
      Trace trace, Client client, boolean suspended, @Nullable Long version)
      throws AllowListException {
    return switch (editor.hold(client.account())) {
      // A corrupt row refuses all vends already.
      case Row.Corrupt<Stored<Hold>> corrupt ->
          new Draft.Refused<>(ChangeSubjects.hold(client, null, null), Refusal.CORRUPT_ROW);
      case Row.Missing<Stored<Hold>> never -> {
        Hold before = Hold.unused(client.account());
        Stored<Hold> next = Stored.made(before.next(suspended), now(), trace.by());
        yield draft(client, before, next, new Expected.Absent(), version);
      }
      case Row.Found<Stored<Hold>>(Stored<Hold> stored) -> {
        Hold before = stored.value();
        Stored<Hold> next = stored.changed(before.next(suspended), now(), trace.by());
        yield draft(client, before, next, new Expected.Version(before.version()), version);
      }
    };
  }

  private String now() {
    return clock.instant().toString();
  }

  private static Draft<Stored<Hold>> draft(
      Client client, Hold before, Stored<Hold> next, Expected expected, @Nullable Long version) {
    Subject subject = ChangeSubjects.hold(client, before, next.value());
    return version != null && version != before.version()
        ? new Draft.Stale<>(subject, before.version())
        : new Draft.Ready<>(subject, new Change.PutHold(expected, next), next);
  }
}
