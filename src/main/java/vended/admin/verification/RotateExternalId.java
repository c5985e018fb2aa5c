package vended.admin.verification;

import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
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
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.audit.AuditException;
import vended.audit.ChangeRecord.Subject;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecords;
import vended.audit.Trace;
import vended.identity.RoleArn;
import vended.text.Sha256;

/**
 * Replaces a client's ExternalId in steps, so that there is no moment in which a vend fails: while
 * the client's trust policies accept two, one write changes which one vends use. What a step
 * depends on is read from the audit: the newest probe of each role, which tried both ExternalIds.
 */
public final class RotateExternalId {
  private static final String ACTION = "clients/rotate";
  private static final int EXTERNAL_ID_BYTES = 16;

  private final AllowListEditor editor;
  private final ProbeRecords probes;
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
    this.probes = probes;
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
    AdminResult<Rotating> isDone = new AdminResult.Done<>(new Rotating(client, rotation));
    return switch (step) {
      case START -> switched ? refuse(trace, client, Refusal.ROTATION_SWITCHED) : isDone;
      case SWITCH -> switched ? isDone : swap(trace, client, rotation);
      case BACK -> switched ? swap(trace, client, rotation) : isDone;
      case FINISH ->
          switched
              ? finish(trace, client, rotation.value())
              : refuse(trace, client, Refusal.ROTATION_NOT_SWITCHED);
      case CANCEL ->
          switched ? refuse(trace, client, Refusal.ROTATION_SWITCHED) : end(trace, client);
    };
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
    String next = rotation.value().externalId();
    Map<RoleArn, ClientRole> roles = new LinkedHashMap<>();
    for (Map.Entry<RoleArn, ClientRole> role : before.roles().entrySet()) {
      if (role.getValue().verified() == null) {
        // The switch lets nobody in who was not let in before.
        roles.put(role.getKey(), unverified(role.getValue()));
        continue;
      }
      Optional<ClientRole> known = verified(role.getKey(), role.getValue(), before, next);
      if (known.isEmpty()) {
        return refuse(trace, client, Refusal.EXTERNAL_ID_NOT_ACCEPTED);
      }
      roles.put(role.getKey(), known.get());
    }
    String previous = before.externalId();
    if (previous == null) {
      return refuse(trace, client, Refusal.NO_ROTATION);
    }
    Rotation after = new Rotation(before.account(), previous, !rotation.value().switched());
    return write(
        trace,
        client,
        before.withExternalId(next, roles),
        rotation.changed(after, clock.instant().toString(), trace.by()),
        null);
  }

  /** A probe that found a new role safe did so with the previous ExternalId. */
  private static ClientRole unverified(ClientRole role) {
    Awaited awaited = role.awaited();
    return awaited == null
        ? role
        : new ClientRole(
            null, null, null, new Awaited(awaited.since(), awaited.activation(), null));
  }

  /**
   * The role as verified with the other ExternalId; empty if its newest probe does not show that.
   */
  private Optional<ClientRole> verified(
      RoleArn arn, ClientRole role, Client client, String externalId) throws AuditException {
    return newest(arn, client)
        .filter(probe -> probe.passedWithOther(Sha256.sha256(externalId)))
        .filter(probe -> !isOlder(probe, role.probeId()) && !isOlder(probe, role.drift()))
        .flatMap(
            probe ->
                Optional.ofNullable(probe.other())
                    .map(
                        other ->
                            ClientRole.verified(
                                probe.at(),
                                probe.vendId().value(),
                                other.sourceIdentity(),
                                other.sessionTags())));
  }

  /** The newest probe of a role, if it is of today, and made with this client's ExternalId. */
  private Optional<ProbeRecord> newest(RoleArn arn, Client client) throws AuditException {
    String externalId = client.externalId();
    Instant oldest = clock.instant().minus(ProbedRole.MAX_AGE);
    Optional<ProbeRecord> newest =
        probes
            .newest(arn)
            .filter(probe -> probe.at().isAfter(oldest))
            .filter(
                probe ->
                    externalId != null
                        && Sha256.sha256(externalId).equals(probe.target().externalIdSha256()));
    // One that has started since may find the role open.
    return newest.isPresent() && probes.isNewest(newest.get().vendId(), arn)
        ? newest
        : Optional.empty();
  }

  private static boolean isOlder(ProbeRecord probe, @Nullable String known) {
    return known != null && probe.vendId().value().compareTo(known) < 0;
  }

  /**
   * All roles count, also those that are not vended: each may still accept the previous one. A role
   * that is vended must let the vendor in with the new one: if it refuses both, the reason may be
   * another one, such as the vendor's own policy, and then nothing is known of the previous one.
   */
  private AdminResult<Rotating> finish(Trace trace, Stored<Client> client, Rotation rotation)
      throws AuditException {
    String previous = Sha256.sha256(rotation.externalId());
    for (Map.Entry<RoleArn, ClientRole> role : client.value().roles().entrySet()) {
      boolean vended = role.getValue().verified() != null;
      if (newest(role.getKey(), client.value())
          .filter(probe -> probe.refusesOther(previous))
          .filter(probe -> !vended || probe.result().withExternalId() == Answer.WORKS)
          .isEmpty()) {
        return refuse(trace, client, Refusal.EXTERNAL_ID_NOT_REFUSED);
      }
    }
    return end(trace, client);
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
