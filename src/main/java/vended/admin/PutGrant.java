package vended.admin;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.GrantSlot;
import vended.audit.ChangeRecord.Subject;
import vended.audit.Trace;
import vended.json.JsonError;

/** Makes a grant, or replaces it. */
public final class PutGrant {
  private static final String ACTION = "grants/put";

  private final AllowListEditor editor;
  private final AuditedChanges changes;
  private final Clock clock;

  public PutGrant(AllowListEditor editor, AuditedChanges changes, Clock clock) {
    this.editor = editor;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Makes or changes the grant.
   *
   * @param wanted the grant; its version is ignored
   * @param version the version to replace; null for a new grant
   */
  public AdminResult<Stored<Grant>> put(Trace trace, Grant wanted, @Nullable Long version) {
    return put(trace, wanted, version, () -> editor.slot(wanted.caller(), wanted.role()));
  }

  /** The grant's slot, read now or already. */
  interface SlotSource {
    GrantSlot read() throws AllowListException;
  }

  /** The same, with a slot that may have been read already. */
  AdminResult<Stored<Grant>> put(
      Trace trace, Grant wanted, @Nullable Long version, SlotSource slot) {
    List<JsonError> errors = windowErrors(wanted, clock.instant());
    if (!errors.isEmpty()) {
      return new AdminResult.Invalid<>(errors);
    }
    return AdminResult.reading(
        () -> {
          Optional<Refusal> refusal = refusal(wanted);
          return refusal.isPresent()
              ? refuse(trace, wanted, refusal.get())
              : replace(trace, wanted, version, slot.read());
        });
  }

  private AdminResult<Stored<Grant>> replace(
      Trace trace, Grant wanted, @Nullable Long version, GrantSlot slot) {
    if (version == null && slot.row() instanceof Row.Missing) {
      return make(trace, wanted, slot, null);
    }
    return Refusal.orUse(
        slot.row(),
        Refusal.NO_GRANT,
        refusal -> refuse(trace, wanted, refusal),
        stored -> {
          Grant before = stored.value();
          return version != null && version == before.version()
              ? make(trace, wanted, slot, stored)
              : changes.conflict(trace, subject(before, wanted), before.version());
        });
  }

  private AdminResult<Stored<Grant>> make(
      Trace trace, Grant wanted, GrantSlot slot, @Nullable Stored<Grant> before) {
    // Even a new grant gets a version that no earlier one had.
    Grant after = wanted.withVersion(slot.highest() + 1);
    String now = clock.instant().toString();
    Stored<Grant> next =
        before == null
            ? Stored.made(after, now, trace.by())
            : before.changed(after, now, trace.by());
    var subject = subject(before == null ? null : before.value(), after);
    return changes.make(trace, new Draft.Ready<>(subject, new Change.PutGrant(slot, next), next));
  }

  private AdminResult<Stored<Grant>> refuse(Trace trace, Grant wanted, Refusal refusal) {
    return changes.refuse(trace, subject(null, wanted), refusal);
  }

  private static Subject subject(@Nullable Grant before, Grant after) {
    return ChangeSubjects.grant(ACTION, after.caller(), after.role(), before, after);
  }

  /** A disabled grant may have expired, and its role may be unverified: it lets nobody in. */
  static List<JsonError> windowErrors(Grant grant, Instant now) {
    List<JsonError> errors = new ArrayList<>();
    Instant expiresAt = grant.expiresAt();
    if (expiresAt != null && !grant.disabled() && !expiresAt.isAfter(now)) {
      errors.add(new JsonError("/expiresAt", "must be in the future"));
    }
    if (expiresAt != null && grant.notBefore() != null && !grant.notBefore().isBefore(expiresAt)) {
      errors.add(new JsonError("/notBefore", "must be before expiresAt"));
    }
    return errors;
  }

  /**
   * Why the current state of the allow-list forbids the grant; empty if it does not.
   *
   * @throws AllowListException if the client could not be read
   */
  Optional<Refusal> refusal(Grant grant) throws AllowListException {
    return Refusal.orUse(
        editor.client(grant.role().account()),
        Refusal.NO_CLIENT,
        Optional::of,
        client -> {
          ClientRole role = client.value().roles().get(grant.role());
          if (role == null) {
            return Optional.of(Refusal.ROLE_NOT_KNOWN);
          }
          return role.verified() == null && !grant.disabled()
              ? Optional.of(Refusal.ROLE_NOT_VERIFIED)
              : Optional.empty();
        });
  }
}
