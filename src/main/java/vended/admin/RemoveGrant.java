package vended.admin;

import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Grant;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.GrantSlot;
import vended.audit.Trace;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Removes a grant. The next call of its caller is refused. */
public final class RemoveGrant {
  private static final String ACTION = "grants/remove";

  private final AllowListEditor editor;
  private final AuditedChanges changes;

  public RemoveGrant(AllowListEditor editor, AuditedChanges changes) {
    this.editor = editor;
    this.changes = changes;
  }

  /**
   * Removes the grant. Without a version, it wins against concurrent changes.
   *
   * @param version the version to remove; null for any
   * @return done with the removed grant
   */
  public AdminResult<Grant> remove(
      Trace trace, CallerArn caller, RoleArn role, @Nullable Long version) {
    return changes.insist(trace, () -> draft(caller, role, version));
  }

  private Draft<Grant> draft(CallerArn caller, RoleArn role, @Nullable Long version)
      throws AllowListException {
    GrantSlot slot = editor.slot(caller, role);
    return Refusal.orUse(
        slot.row(),
        Refusal.NO_GRANT,
        refusal ->
            new Draft.Refused<>(ChangeSubjects.grant(ACTION, caller, role, null, null), refusal),
        stored -> {
          Grant before = stored.value();
          var subject = ChangeSubjects.grant(ACTION, caller, role, before, null);
          return version != null && version != before.version()
              ? new Draft.Stale<>(subject, before.version())
              : new Draft.Ready<>(subject, new Change.RemoveGrant(caller, role, slot), before);
        });
  }
}
