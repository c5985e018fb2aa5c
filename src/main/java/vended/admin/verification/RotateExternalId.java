package vended.admin.verification;

import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.audit.AuditException;
import vended.audit.ChangeRecord.Subject;
import vended.audit.ProbeRecords;
import vended.audit.Trace;
import vended.identity.RoleArn;

/**
 * Replaces a client's ExternalId in steps, so that there is no moment in which a vend fails: while
 * the client's trust policies accept two, one write changes which one vends use. What a step
 * depends on is read from the audit: see {@link RotationProof}.
 */
public final class RotateExternalId {
  private static final String ACTION = "clients/rotate";
  private static final int EXTERNAL_ID_BYTES = 16;

  private final AllowListEditor editor;
  private final RotationProof proof;
  private final AuditedChanges changes;
  private final RandomGenerator random;
  private final Clock clock;

  /**
   * The use case on its ports.
   *
   * @param random a cryptographic source of random bits
   */
  public RotateExternalId(
      AllowListEditor editor,
      ProbeRecords probes,
      AuditedChanges changes,
      RandomGenerator random,
      Clock clock) {
    this.editor = editor;
    this.proof = new RotationProof(probes, clock);
    this.changes = changes;
    this.random = random;
    this.clock = clock;
  }

  /** What to do; a step that is done already changes nothing. */
  public enum Step {
    /** Makes the next ExternalId, for the client to accept as well. */
    START,
    /** Lets vends use the next one, if all roles that are vended accept it. */
    SWITCH,
    /** Takes the switch back, if all roles that are vended accept the previous one. */
    BACK,
    /** Ends the rotation, once all roles refuse the previous one. */
    FINISH,
    /** Ends a rotation before its switch. */
    CANCEL
  }

  /**
   * A client after a step.
   *
   * @param rotation null if there is none
   */
  public record Rotating(Stored<Client> client, @Nullable Stored<Rotation> rotation) {}

  /**
   * Takes a step.
   *
   * @param account twelve digits
   * @param version the client's version to change; null for any
   */
  public AdminResult<Rotating> take(
      Trace trace, String account, Step step, @Nullable Long version) {
    try {
      Row<Stored<Client>> client = editor.client(account);
      // After the client: a rotation that changes later changes the client's version as well.
      Row<Stored<Rotation>> rotation = editor.rotation(account);
      return Refusal.orUse(
          client,
          Refusal.NO_CLIENT,
          refusal ->
              changes.refuse(trace, ChangeSubjects.client(ACTION, account, null, null), refusal),
          stored -> {
            Subject now = ChangeSubjects.rotation(ACTION, stored.value(), stored.value(), null);
            if (version != null && version != stored.value().version()) {
              return changes.conflict(trace, now, stored.value().version());
            }
            return switch (rotation) {
              case Row.Corrupt<Stored<Rotation>> corrupt ->
                  changes.refuse(trace, now, Refusal.CORRUPT_ROW);
              case Row.Missing<Stored<Rotation>> none -> take(trace, step, stored, null);
              case Row.Found<Stored<Rotation>>(Stored<Rotation> found) ->
                  take(trace, step, stored, found);
            };
          });
    } catch (AllowListException | AuditException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private AdminResult<Rotating> take(
      Trace trace, Step step, Stored<Client> client, @Nullable Stored<Rotation> rotation)
      throws AuditException {
    if (rotation == null) {
      return step == Step.START ? start(trace, client) : refuse(trace, client, Refusal.NO_ROTATION);
    }
    boolean switched = rotation.value().switched();
    return switch (step) {
      case START ->
          switched
              ? refuse(trace, client, Refusal.ROTATION_SWITCHED)
              : isDone(trace, client, rotation);
      case SWITCH -> switched ? isDone(trace, client, rotation) : swap(trace, client, rotation);
      case BACK -> switched ? swap(trace, client, rotation) : isDone(trace, client, rotation);
      case FINISH ->
          switched
              ? finish(trace, client, rotation.value())
              : refuse(trace, client, Refusal.ROTATION_NOT_SWITCHED);
      case CANCEL ->
          switched ? refuse(trace, client, Refusal.ROTATION_SWITCHED) : end(trace, client);
    };
  }

  /**
   * The step was taken before. If it was taken between the reads of the two rows, they don't belong
   * together: the answer would call the ExternalId that vends use the one to give up.
   */
  private AdminResult<Rotating> isDone(
      Trace trace, Stored<Client> stored, Stored<Rotation> rotation) {
    Client client = stored.value();
    return AdminResult.reading(
        () -> {
          long version =
              editor.client(client.account())
                      instanceof Row.Found<Stored<Client>>(Stored<Client> now)
                  ? now.value().version()
                  : 0;
          return version == client.version()
              ? new AdminResult.Done<>(new Rotating(stored, rotation))
              : changes.conflict(
                  trace, ChangeSubjects.client(ACTION, client.account(), client, null), version);
        });
  }

  private AdminResult<Rotating> start(Trace trace, Stored<Client> client) {
    Client before = client.value();
    // A role of the vendor's own account needs no ExternalId, so nothing could be proven of one.
    if (before.ownAccount() || before.externalId() == null) {
      return refuse(trace, client, Refusal.NO_ROTATION);
    }
    byte[] bytes = new byte[EXTERNAL_ID_BYTES];
    random.nextBytes(bytes);
    String next = HexFormat.of().formatHex(bytes);
    Stored<Rotation> rotation =
        Stored.made(
            new Rotation(before.account(), next, false), clock.instant().toString(), trace.by());
    return write(trace, client, before.withRoles(before.roles()), rotation, next);
  }

  /** One write: the ExternalId of all vends from then on, and what the probes found with it. */
  private AdminResult<Rotating> swap(Trace trace, Stored<Client> client, Stored<Rotation> rotation)
      throws AuditException {
    Client before = client.value();
    String previous = before.externalId();
    if (previous == null) {
      return refuse(trace, client, Refusal.NO_ROTATION);
    }
    String next = rotation.value().externalId();
    Optional<Map<RoleArn, ClientRole>> roles = proof.rolesAccepting(before, next);
    if (roles.isEmpty()) {
      return refuse(trace, client, Refusal.EXTERNAL_ID_NOT_ACCEPTED);
    }
    Rotation after = new Rotation(before.account(), previous, !rotation.value().switched());
    return write(
        trace,
        client,
        before.withExternalId(next, roles.get()),
        rotation.changed(after, clock.instant().toString(), trace.by()),
        null);
  }

  private AdminResult<Rotating> finish(Trace trace, Stored<Client> client, Rotation rotation)
      throws AuditException {
    return proof.allRefuse(client.value(), rotation.externalId())
        ? end(trace, client)
        : refuse(trace, client, Refusal.EXTERNAL_ID_NOT_REFUSED);
  }

  private AdminResult<Rotating> end(Trace trace, Stored<Client> client) {
    Client before = client.value();
    return write(trace, client, before.withRoles(before.roles()), null, null);
  }

  private AdminResult<Rotating> write(
      Trace trace,
      Stored<Client> before,
      Client after,
      @Nullable Stored<Rotation> rotation,
      @Nullable String reserved) {
    Stored<Client> next = before.changed(after, clock.instant().toString(), trace.by());
    Subject subject =
        ChangeSubjects.rotation(
            ACTION, before.value(), after, rotation == null ? null : rotation.value());
    Change change = new Change.Rotate(before, next, rotation, reserved);
    return changes.make(trace, new Draft.Ready<>(subject, change, new Rotating(next, rotation)));
  }

  private AdminResult<Rotating> refuse(Trace trace, Stored<Client> client, Refusal refusal) {
    Client now = client.value();
    return changes.refuse(trace, ChangeSubjects.client(ACTION, now.account(), now, null), refusal);
  }
}
