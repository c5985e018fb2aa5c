package vended.admin;

import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.ChangedClient;
import vended.admin.change.Draft;
import vended.admin.change.GrantsOfRoles;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.audit.ChangeRecord.Subject;
import vended.audit.Trace;
import vended.identity.AssumableRoles;
import vended.identity.RoleArn;
import vended.json.JsonError;

/** Makes a client, or changes its name and roles. */
public final class PutClient {
  private static final String ACTION = "clients/put";

  /** 128 bits, which can't be guessed. */
  private static final int EXTERNAL_ID_BYTES = 16;

  private final AllowListEditor editor;
  private final AllowListPages pages;
  private final AuditedChanges changes;
  private final RolesOfPut roles;
  private final GrantsOfRoles grants;
  private final RandomGenerator random;
  private final Clock clock;

  /**
   * @param assumable the roles that a client may have
   * @param random a cryptographic source of random bits
   */
  public PutClient(
      AllowListEditor editor,
      AllowListPages pages,
      AuditedChanges changes,
      AssumableRoles assumable,
      RandomGenerator random,
      Clock clock) {
    this.editor = editor;
    this.pages = pages;
    this.changes = changes;
    this.roles = new RolesOfPut(assumable, clock);
    this.grants = new GrantsOfRoles(pages, clock);
    this.random = random;
    this.clock = clock;
  }

  /**
   * What an administrator asks for.
   *
   * @param account twelve digits
   * @param name for people
   * @param roles all client roles; null leaves them unchanged
   * @param ownAccount whether this is the vendor's own account
   * @param importExternalId the ExternalId of a client from before this service; null makes one
   * @param activateWhenSafe whether the schedule activates those of the roles that were never
   *     verified and never unsafe, as soon as they pass; null leaves that as it is
   * @param version the version to change; null for a new client
   */
  public record Request(
      String account,
      String name,
      @Nullable List<RoleArn> roles,
      boolean ownAccount,
      @Nullable String importExternalId,
      @Nullable Boolean activateWhenSafe,
      @Nullable Long version) {
    public Request {
      roles = roles == null ? null : List.copyOf(roles);
    }
  }

  /**
   * Makes or changes the client. Idempotent: a request that names the stored version and changes
   * nothing writes neither the row nor the audit.
   *
   * @param ownAccount the vendor's own account, twelve digits
   */
  public AdminResult<ChangedClient> put(Trace trace, Request request, String ownAccount) {
    // A client's account marked as the vendor's own would be assumed without an ExternalId.
    if (request.ownAccount() != request.account().equals(ownAccount)) {
      return new AdminResult.Invalid<>(
          List.of(
              new JsonError(
                  "/ownAccount", "must be true for the vendor's own account, and only for it")));
    }
    return AdminResult.reading(
        () -> {
          Row<Stored<Client>> row = editor.client(request.account());
          if (request.version() == null && row instanceof Row.Missing) {
            List<JsonError> errors = roles.errors(request, Set.of(), ownAccount);
            return errors.isEmpty() ? make(trace, request) : new AdminResult.Invalid<>(errors);
          }
          return Refusal.orUse(
              row,
              Refusal.NO_CLIENT,
              refusal -> refuse(trace, request, refusal),
              stored -> change(trace, request, stored, ownAccount));
        });
  }

  private AdminResult<ChangedClient> make(Trace trace, Request request) throws AllowListException {
    String imported = request.importExternalId();
    if (imported != null && pages.hasExternalId(imported)) {
      return refuse(trace, request, Refusal.EXTERNAL_ID_TAKEN);
    }
    Client client =
        new Client(
            request.account(),
            request.name(),
            imported == null ? externalId() : imported,
            false,
            request.ownAccount(),
            roles.after(trace, request, Map.of()),
            // A change that was planned for a client that was removed must not hit its successor.
            editor.lastVersion(request.account()) + 1);
    return write(trace, null, Stored.made(client, clock.instant().toString(), trace.by()));
  }

  private AdminResult<ChangedClient> change(
      Trace trace, Request request, Stored<Client> stored, String vendorAccount) {
    Client before = stored.value();
    List<JsonError> errors = roles.errors(request, before.roles().keySet(), vendorAccount);
    if (!errors.isEmpty()) {
      return new AdminResult.Invalid<>(errors);
    }
    Client after =
        before.with(
            request.name(), request.ownAccount(), roles.after(trace, request, before.roles()));
    if (request.version() == null || request.version() != before.version()) {
      return changes.conflict(trace, subject(before, after), before.version());
    }
    if (request.importExternalId() != null) {
      return new AdminResult.Invalid<>(
          List.of(new JsonError("/importExternalId", "must be left out, except for a new client")));
    }
    if (after.equals(before.withRoles(before.roles()))) {
      return new AdminResult.Done<>(ChangedClient.unchanged(stored));
    }
    return write(trace, stored, stored.changed(after, clock.instant().toString(), trace.by()));
  }

  private AdminResult<ChangedClient> write(
      Trace trace, @Nullable Stored<Client> stored, Stored<Client> next) {
    Client before = stored == null ? null : stored.value();
    Expected expected = stored == null ? new Expected.Absent() : Expected.of(stored);
    Set<RoleArn> rolesBefore = before == null ? Set.of() : before.roles().keySet();
    Change change = new Change.PutClient(expected, next);
    return changes
        .make(trace, new Draft.Ready<>(subject(before, next.value()), change, next))
        .map(made -> grants.affectedBy(made, rolesBefore));
  }

  private static Subject subject(@Nullable Client before, Client after) {
    return ChangeSubjects.client(ACTION, after.account(), before, after);
  }

  private AdminResult<ChangedClient> refuse(Trace trace, Request request, Refusal refusal) {
    return changes.refuse(
        trace, ChangeSubjects.client(ACTION, request.account(), null, null), refusal);
  }

  private String externalId() {
    byte[] bytes = new byte[EXTERNAL_ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
