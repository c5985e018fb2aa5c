package vended.admin;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.audit.Trace;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.GrantSlot;
import vended.allowlist.Row;
import vended.allowlist.Stored;
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
    List<JsonError> errors = windowErrors(wanted, clock.instant());
    if (!errors.isEmpty()) {
      return new AdminResult.Invalid<>(errors);
    }
    return AdminResult.reading(
        () -> {
          Optional<Refusal> refusal = refusal(wanted);
          return refusal.isPresent()
              ? refuse(trace, wanted, refusal.get())
              : put(trace, wanted, version, editor.slot(wanted.caller(), wanted.role()));
        });
  }

  private AdminResult<Stored<Grant>> put(
      Trace trace, Grant wanted, @Nullable Long version, GrantSlot slot) {
    if (version == null && slot.row() instanceof Row.Missing) {
      return make(trace, null, slot, Stored.made(next(wanted, slot), now(), trace.by()));
    }
    return Refusal.orUse(
        slot.row(),
        Refusal.NO_GRANT,
        refusal -> refuse(trace, wanted, refusal),
        stored -> change(trace, wanted, version, slot, stored));
  }

  private AdminResult<Stored<Grant>> change(
      Trace trace,
      Grant wanted,
      @Nullable Long version,
      GrantSlot slot,
      Stored<Grant> stored) {
    Grant before = stored.value();
    if (version == null || version != before.version()) {
      var subject = ChangeSubjects.grant(ACTION, wanted.caller(), wanted.role(), before, wanted);
      return changes.conflict(trace, subject, before.version());
    }
    return make(trace, before, slot, stored.changed(next(wanted, slot), now(), trace.by()));
  }

  /** Even a new grant gets a version that none before it had. */
  private static Grant next(Grant wanted, GrantSlot slot) {
    return wanted.withVersion(slot.highest() + 1);
  }

  private String now() {
    return clock.instant().toString();
  }

  private AdminResult<Stored<Grant>> make(
      Trace trace, @Nullable Grant before, GrantSlot slot, Stored<Grant> next) {
    Grant after = next.value();
    return changes.make(
        trace,
        ChangeSubjects.grant(ACTION, after.caller(), after.role(), before, after),
        new Change.PutGrant(slot, next),
        next);
  }

  private AdminResult<Stored<Grant>> refuse(Trace trace, Grant wanted, Refusal refusal) {
    var subject = ChangeSubjects.grant(ACTION, wanted.caller(), wanted.role(), null, wanted);
    return changes.refuse(trace, subject, refusal);
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
