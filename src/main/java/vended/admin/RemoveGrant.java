package vended.admin;

import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.allowlist.Grant;
import vended.allowlist.GrantSlot;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.audit.Trace;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Takes a grant away. The next call of its caller is refused. */
public final class RemoveGrant {
  private static final String ACTION = "grants/remove";

  private final AllowListEditor editor;
  private final AuditedChanges changes;

  /** Creates it with its dependencies. */
  public RemoveGrant(AllowListEditor editor, AuditedChanges changes) {
    this.editor = editor;
    this.changes = changes;
  }

  /**
   * Takes it away. Without a version, it goes whoever else changes it at the same time.
   *
   * @param version the version that is taken away; null for whichever it has
   * @return done with the grant that was
   */
  public AdminResult<Grant> remove(
      Trace trace, CallerArn caller, RoleArn role, @Nullable Long version) {
    return changes.insist(trace, () -> draft(caller, role, version));
  }

  private Draft<Grant> draft(CallerArn caller, RoleArn role, @Nullable Long version)
      throws AllowListException {
    GrantSlot slot = editor.slot(caller, role);
    return switch (slot.row()) {
      case Row.Missing<Stored<Grant>> none -> refused(caller, role, Refusal.NO_GRANT);
      case Row.Corrupt<Stored<Grant>> corrupt -> refused(caller, role, Refusal.CORRUPT_ROW);
      case Row.Found<Stored<Grant>>(Stored<Grant> kept) -> {
        Grant before = kept.value();
        var subject = ChangeSubjects.grant(ACTION, caller, role, before, null);
        yield version != null && version != before.version()
            ? new Draft.Outrun<>(subject, before.version())
            : new Draft.Ready<>(subject, new Change.RemoveGrant(caller, role, slot), before);
      }
    };
  }

  private static Draft<Grant> refused(CallerArn caller, RoleArn role, Refusal refusal) {
    return new Draft.Refused<>(ChangeSubjects.grant(ACTION, caller, role, null, null), refusal);
  }
}
