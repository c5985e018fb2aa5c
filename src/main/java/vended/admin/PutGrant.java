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
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.GrantSlot;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.audit.Trace;
import vended.json.JsonError;

/** Makes a grant, or puts another in its place. */
public final class PutGrant {
  private static final String ACTION = "grants/put";

  private final AllowListEditor editor;
  private final AuditedChanges changes;
  private final Clock clock;

  /** Creates it with its dependencies. */
  public PutGrant(AllowListEditor editor, AuditedChanges changes, Clock clock) {
    this.editor = editor;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Makes or changes the grant.
   *
   * @param wanted the grant, whose version does not matter here
   * @param version the version that is changed; null for a grant that is new
   */
  public AdminResult<Stored<Grant>> put(Trace trace, Grant wanted, @Nullable Long version) {
    List<JsonError> errors = windowErrors(wanted, clock.instant());
    if (!errors.isEmpty()) {
      return new AdminResult.Invalid<>(errors);
    }
    try {
      Optional<Refusal> refusal = refusal(wanted);
      if (refusal.isPresent()) {
        return refuse(trace, wanted, refusal.get());
      }
      GrantSlot slot = editor.slot(wanted.caller(), wanted.role());
      return switch (slot.row()) {
        case Row.Missing<Stored<Grant>> none when version == null ->
            make(trace, null, slot, Stored.made(next(wanted, slot), now(), trace.by()));
        case Row.Missing<Stored<Grant>> none -> refuse(trace, wanted, Refusal.NO_GRANT);
        case Row.Corrupt<Stored<Grant>> corrupt -> refuse(trace, wanted, Refusal.CORRUPT_ROW);
        case Row.Found<Stored<Grant>>(Stored<Grant> kept) ->
            change(trace, wanted, version, slot, kept);
      };
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private AdminResult<Stored<Grant>> change(
      Trace trace, Grant wanted, @Nullable Long version, GrantSlot slot, Stored<Grant> kept) {
    Grant before = kept.value();
    if (version == null || version != before.version()) {
      var subject = ChangeSubjects.grant(ACTION, wanted.caller(), wanted.role(), before, wanted);
      return changes.conflict(trace, subject, before.version());
    }
    return make(trace, before, slot, kept.changed(next(wanted, slot), now(), trace.by()));
  }

  /** Also a grant that is new gets a version that none before it had. */
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

  /** A grant that is switched off may have ended, and its role may be unsafe: it lets nobody in. */
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
   * Why the current state of the allow-list forbids the grant, if it does.
   *
   * @throws AllowListException if the client could not be read
   */
  Optional<Refusal> refusal(Grant grant) throws AllowListException {
    return switch (editor.client(grant.role().account())) {
      case Row.Missing<Stored<Client>> none -> Optional.of(Refusal.NO_CLIENT);
      case Row.Corrupt<Stored<Client>> corrupt -> Optional.of(Refusal.CORRUPT_ROW);
      case Row.Found<Stored<Client>>(Stored<Client> kept) -> {
        ClientRole role = kept.value().roles().get(grant.role());
        if (role == null) {
          yield Optional.of(Refusal.ROLE_NOT_KNOWN);
        }
        yield role.verified() == null && !grant.disabled()
            ? Optional.of(Refusal.ROLE_NOT_VERIFIED)
            : Optional.empty();
      }
    };
  }
}
