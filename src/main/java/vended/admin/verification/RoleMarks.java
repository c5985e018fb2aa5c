package vended.admin.verification;

import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.allowlist.Change.Expected;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.audit.AuditException;
import vended.audit.ProbeRecords;
import vended.audit.StoredProbe;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.telemetry.Telemetry;

/**
 * Marks roles in their client's row as verified or drifted. A verification is taken back if a newer
 * probe was recorded before the row was written: no DynamoDB transaction can require that a probe
 * is absent.
 */
final class RoleMarks {
  private final AllowListEditor editor;
  private final ProbeRecords probes;
  private final AuditedChanges changes;
  private final Telemetry telemetry;
  private final Clock clock;
  private final Supplier<VendId> ids;
  private final String action;

  /**
   * Writes through {@code changes}.
   *
   * @param ids names the changes that take a verification back
   * @param action what the audit calls the changes
   */
  RoleMarks(
      AllowListEditor editor,
      ProbeRecords probes,
      AuditedChanges changes,
      Telemetry telemetry,
      Clock clock,
      Supplier<VendId> ids,
      String action) {
    this.editor = editor;
    this.probes = probes;
    this.changes = changes;
    this.telemetry = telemetry;
    this.clock = clock;
    this.ids = ids;
    this.action = action;
  }

  /**
   * Verifies the role by a probe that was the newest when the client's row had been read.
   *
   * @return refused as too old if the verification was taken back
   */
  AdminResult<Stored<Client>> verify(Trace trace, ProbedRole probed) {
    AdminResult<Stored<Client>> result = put(trace, probed, probed.verified());
    if (!mayStand(result) || isStillNewest(probed.probe())) {
      return result;
    }
    ClientRole before = probed.role();
    AdminResult<Stored<Client>> undone = takeBack(trace, probed.probe());
    boolean wasVended = before != null && before.verified() != null;
    if (wasVended || undone instanceof AdminResult.Unsure) {
      telemetry.roleDrifted(trace.vendId(), probed.probe().probeId(), probed.probe().role());
    }
    return undone;
  }

  /** False if it can't be read: a role in doubt is not vended. */
  private boolean isStillNewest(StoredProbe probe) {
    try {
      return probes.isNewest(probe.probeId(), probe.role());
    } catch (AuditException e) {
      return false;
    }
  }

  /** Under its own name, since the audit keeps one change per name. */
  private AdminResult<Stored<Client>> takeBack(Trace trace, StoredProbe probe) {
    Trace own = trace.withId(ids.get());
    AdminResult<Stored<Client>> result = changes.insist(own, () -> undoing(own, probe));
    return switch (result) {
      case AdminResult.Done<Stored<Client>> done ->
          new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD);
      case AdminResult.Refused<Stored<Client>> refused -> refused;
      default -> new AdminResult.Unsure<>();
    };
  }

  /** Refused if somebody else has ended the verification since. */
  private Draft<Stored<Client>> undoing(Trace own, StoredProbe probe) throws AllowListException {
    if (editor.client(probe.role().account())
            instanceof Row.Found<Stored<Client>>(Stored<Client> kept)
        && isVerifiedBy(kept.value().roles().get(probe.role()), probe)) {
      return draft(own, new ProbedRole(probe, kept, false), ClientRole.UNVERIFIED);
    }
    return new Draft.Refused<>(
        ChangeSubjects.role(action, probe.role(), null, null), Refusal.PROBE_TOO_OLD);
  }

  private static boolean isVerifiedBy(@Nullable ClientRole role, StoredProbe probe) {
    return role != null
        && role.verified() != null
        && probe.probeId().value().equals(role.probeId());
  }

  /** Marks the role as drifted. Operators are told if it was vended before. */
  AdminResult<Stored<Client>> drift(Trace trace, ProbedRole probed, ClientRole role) {
    StoredProbe probe = probed.probe();
    AdminResult<Stored<Client>> result = put(trace, probed, role.drifted(probe.probeId().value()));
    if (role.verified() != null && mayStand(result)) {
      telemetry.roleDrifted(trace.vendId(), probe.probeId(), probe.role());
    }
    return result;
  }

  /** Includes a change that is uncertain: an alarm too many is better than one too few. */
  private static boolean mayStand(AdminResult<?> result) {
    return result instanceof AdminResult.Done || result instanceof AdminResult.Unsure;
  }

  private AdminResult<Stored<Client>> put(Trace trace, ProbedRole probed, ClientRole role) {
    Draft.Ready<Stored<Client>> draft = draft(trace, probed, role);
    return changes.make(trace, draft.subject(), draft.change(), draft.value());
  }

  private Draft.Ready<Stored<Client>> draft(Trace trace, ProbedRole probed, ClientRole role) {
    Stored<Client> next = probed.with(role, clock.instant(), trace.by());
    return new Draft.Ready<>(
        ChangeSubjects.role(action, probed.probe().role(), probed.kept().value(), next.value()),
        new Change.PutClient(Expected.of(probed.kept()), next),
        next);
  }
}
