package vended.admin.verification;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.audit.AuditException;
import vended.audit.ChangeRecord.Subject;
import vended.audit.ProbeRecords;
import vended.audit.StoredProbe;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.telemetry.Telemetry;

/**
 * Puts what a probe found into its client's row. What it found is read from the audit and never
 * taken from a request.
 */
final class ProbedRoles {
  private final AllowListEditor editor;
  private final ProbeRecords probes;
  private final AuditedChanges changes;
  private final RoleMarks marks;
  private final Clock clock;
  private final String action;

  /**
   * Reads from the editor and the probes.
   *
   * @param ids names changes that have no request of their own
   * @param action what the audit calls the changes
   */
  ProbedRoles(
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
    this.marks = new RoleMarks(editor, probes, changes, telemetry, clock, ids, action);
    this.clock = clock;
    this.action = action;
  }

  /** Reads the probe and its client, and acts on them; refuses where one of them is missing. */
  <T> AdminResult<T> act(Trace trace, VendId probeId, Function<ProbedRole, AdminResult<T>> act) {
    try {
      Optional<StoredProbe> probe = probes.find(probeId);
      if (probe.isEmpty()) {
        var subject = new Subject(action, probeId.value(), null, null, null, null, null);
        return changes.refuse(trace, subject, Refusal.NO_PROBE);
      }
      return switch (editor.client(probe.get().role().account())) {
        case Row.Missing<Stored<Client>> none ->
            refuse(trace, probe.get(), null, Refusal.NO_CLIENT);
        case Row.Corrupt<Stored<Client>> corrupt ->
            refuse(trace, probe.get(), null, Refusal.CORRUPT_ROW);
        case Row.Found<Stored<Client>>(Stored<Client> kept) ->
            act.apply(new ProbedRole(probe.get(), kept, isNewest(probe.get())));
      };
    } catch (AllowListException | AuditException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  /**
   * Must be read after the client's row: a probe that changes the row later makes the write fail by
   * its version. A probe that doesn't change the row is noticed after the write ({@link
   * RoleMarks}).
   */
  private boolean isNewest(StoredProbe probe) throws AuditException {
    return probe.passed() && probes.isNewest(probe.probeId(), probe.role());
  }

  /** Why the probe says nothing of the role as it is now, if so. */
  Optional<Refusal> refusal(ProbedRole probed) {
    return probed.refusal(clock.instant());
  }

  <T> AdminResult<T> refuse(Trace trace, ProbedRole probed, Refusal refusal) {
    return refuse(trace, probed.probe(), probed.kept().value(), refusal);
  }

  private <T> AdminResult<T> refuse(
      Trace trace, StoredProbe probe, @Nullable Client client, Refusal refusal) {
    return changes.refuse(trace, ChangeSubjects.role(action, probe.role(), client, null), refusal);
  }

  /** Marks the role as verified, with what the probe found it to take. */
  AdminResult<Stored<Client>> verify(Trace trace, ProbedRole probed) {
    return marks.verify(trace, probed);
  }

  /** Marks the role as drifted: it is refused from the next call. */
  AdminResult<Stored<Client>> drift(Trace trace, ProbedRole probed, ClientRole role) {
    return marks.drift(trace, probed, role);
  }
}
