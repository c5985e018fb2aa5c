package vended.admin.verification;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.write.AllowListEditor;
import vended.audit.AuditException;
import vended.audit.ChangeRecord.Subject;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecords;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.telemetry.ScheduleTelemetry;

/**
 * Marks roles in their client's row as verified or drifted, by what a probe found. The findings are
 * read from the audit, never taken from a request.
 *
 * <p>A verification is taken back if a newer probe was recorded before the row was written: no
 * DynamoDB transaction can require that a probe is absent.
 */
public final class ProbedRoles {
  private final AllowListEditor editor;
  private final ProbeRecords probes;
  private final AuditedChanges changes;
  private final ScheduleTelemetry telemetry;
  private final Clock clock;
  private final Supplier<VendId> ids;

  /**
   * Writes through {@code changes}.
   *
   * @param ids names the changes that take a verification back
   */
  public ProbedRoles(
      AllowListEditor editor,
      ProbeRecords probes,
      AuditedChanges changes,
      ScheduleTelemetry telemetry,
      Clock clock,
      Supplier<VendId> ids) {
    this.editor = editor;
    this.probes = probes;
    this.changes = changes;
    this.telemetry = telemetry;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Reads the probe and its client, and acts on them; refuses if one of them is missing.
   *
   * @param action what the audit calls the changes
   */
  <T> AdminResult<T> act(
      String action, Trace trace, VendId probeId, Function<ProbedRole, AdminResult<T>> act) {
    try {
      Optional<ProbeRecord> found = probes.find(probeId);
      if (found.isEmpty()) {
        var subject = new Subject(action, probeId.value(), null, null, null, null, null);
        return changes.refuse(trace, subject, Refusal.NO_PROBE);
      }
      ProbeRecord probe = found.get();
      Row<Stored<Client>> client = editor.client(probe.role().account());
      // Must be read after the client's row: a probe that changes the row later makes the write
      // fail by its version. One that doesn't change the row is noticed after the write.
      boolean newest = client instanceof Row.Found && isNewest(probe);
      return Refusal.orUse(
          client,
          Refusal.NO_CLIENT,
          refusal ->
              changes.refuse(trace, ChangeSubjects.role(action, probe.role(), null, null), refusal),
          stored -> act.apply(new ProbedRole(action, probe, stored, newest)));
    } catch (AllowListException | AuditException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private boolean isNewest(ProbeRecord probe) throws AuditException {
    return probe.result().passed() && probes.isNewest(probe.vendId(), probe.role());
  }

  /** Why the probe says nothing about the current role; empty if it does. */
  Optional<Refusal> refusal(ProbedRole probed) {
    return probed.refusal(clock.instant());
  }

  <T> AdminResult<T> refuse(Trace trace, ProbedRole probed, Refusal refusal) {
    Client client = probed.client().value();
    return changes.refuse(
        trace, ChangeSubjects.role(probed.action(), probed.arn(), client, null), refusal);
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
    AdminResult<Stored<Client>> undone = takeBack(trace, probed);
    boolean wasVended = before != null && before.verified() != null;
    if (wasVended || undone instanceof AdminResult.Unsure) {
      reportDrift(trace, probed);
    }
    return undone;
  }

  /** False if it can't be read: a role in doubt is not vended. */
  private boolean isStillNewest(ProbeRecord probe) {
    try {
      return probes.isNewest(probe.vendId(), probe.role());
    } catch (AuditException e) {
      return false;
    }
  }

  /** Under a name of its own, since the audit has room for one change per name. */
  private AdminResult<Stored<Client>> takeBack(Trace trace, ProbedRole probed) {
    Trace own = trace.withId(ids.get());
    AdminResult<Stored<Client>> result = changes.insist(own, () -> undoing(own, probed));
    return switch (result) {
      case AdminResult.Done<Stored<Client>> done ->
          new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD);
      case AdminResult.Refused<Stored<Client>> refused -> refused;
      default -> new AdminResult.Unsure<>();
    };
  }

  /** Refused if somebody else has ended the verification since. */
  private Draft<Stored<Client>> undoing(Trace own, ProbedRole probed) throws AllowListException {
    if (editor.client(probed.arn().account())
            instanceof Row.Found<Stored<Client>>(Stored<Client> client)
        && probed.of(client).isVerifiedByThis()) {
      return probed.of(client).draft(probed.unverified(), clock.instant(), own.by());
    }
    return new Draft.Refused<>(
        ChangeSubjects.role(probed.action(), probed.arn(), null, null), Refusal.PROBE_TOO_OLD);
  }

  /**
   * Marks the role as drifted: it is refused from the next call. Operators are told if it was
   * vended before.
   */
  AdminResult<Stored<Client>> drift(Trace trace, ProbedRole probed, ClientRole role) {
    AdminResult<Stored<Client>> result =
        put(trace, probed, role.drifted(probed.probe().vendId().value()));
    if (role.verified() != null && mayStand(result)) {
      reportDrift(trace, probed);
    }
    return result;
  }

  /** Verifies a new role without an administrator, and tells operators that it is ready. */
  AdminResult<Stored<Client>> activate(Trace trace, ProbedRole probed) {
    AdminResult<Stored<Client>> result = verify(trace, probed);
    if (result instanceof AdminResult.Done) {
      telemetry.roleReady(trace.vendId(), probed.arn(), true);
    }
    return result;
  }

  /**
   * Notes that the probe found an awaited role safe, and tells operators that it waits for them.
   */
  AdminResult<Stored<Client>> ready(Trace trace, ProbedRole probed, ClientRole.Awaited awaited) {
    ClientRole next = ClientRole.awaited(awaited.ready(probed.probe().vendId().value()));
    AdminResult<Stored<Client>> result = put(trace, probed, next);
    if (mayStand(result)) {
      telemetry.roleReady(trace.vendId(), probed.arn(), false);
    }
    return result;
  }

  private void reportDrift(Trace trace, ProbedRole probed) {
    telemetry.roleDrifted(trace.vendId(), probed.probe().vendId(), probed.arn());
  }

  /** True for an uncertain change too: a false alarm is better than a missed one. */
  private static boolean mayStand(AdminResult<?> result) {
    return result instanceof AdminResult.Done || result instanceof AdminResult.Unsure;
  }

  private AdminResult<Stored<Client>> put(Trace trace, ProbedRole probed, ClientRole role) {
    return changes.make(trace, probed.draft(role, clock.instant(), trace.by()));
  }
}
