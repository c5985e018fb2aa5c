package vended.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.allowlist.Kept;
import vended.allowlist.KnownClient;
import vended.allowlist.KnownClient.KnownRole;
import vended.allowlist.Row;
import vended.audit.AdminRecord.Subject;
import vended.audit.AuditException;
import vended.audit.ProbeRecords;
import vended.audit.StoredProbe;
import vended.audit.VendId;
import vended.identity.Hashes;
import vended.identity.RoleArn;

/**
 * Marks a client role as verified, if a probe found it safe, and as drifted, if one found it
 * unsafe. What a probe found is read from the audit and never taken from a request.
 */
public final class ActivateRole {
  /** How old a probe may be: a trust policy can be changed at any time. */
  private static final Duration MAX_AGE = Duration.ofHours(24);

  private static final String ACTION = "clients/activate";

  private final AllowListEditor editor;
  private final ProbeRecords probes;
  private final AuditedChanges changes;
  private final Clock clock;

  /** Of its parts. */
  public ActivateRole(
      AllowListEditor editor, ProbeRecords probes, AuditedChanges changes, Clock clock) {
    this.editor = editor;
    this.probes = probes;
    this.changes = changes;
    this.clock = clock;
  }

  /** Acts on a probe. */
  public AdminResult<Kept<KnownClient>> activate(AdminTrace trace, VendId probeId) {
    try {
      Optional<StoredProbe> probe = probes.find(probeId);
      if (probe.isEmpty()) {
        var subject = new Subject(ACTION, probeId.value(), null, null, null, null, null);
        return changes.refuse(trace, subject, Refusal.NO_PROBE);
      }
      return switch (editor.client(probe.get().role().account())) {
        case Row.Missing<Kept<KnownClient>> none ->
            refuse(trace, probe.get(), null, Refusal.NO_CLIENT);
        case Row.Corrupt<Kept<KnownClient>> corrupt ->
            refuse(trace, probe.get(), null, Refusal.CORRUPT_ROW);
        case Row.Found<Kept<KnownClient>>(Kept<KnownClient> kept) -> act(trace, probe.get(), kept);
      };
    } catch (AllowListException | AuditException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private AdminResult<Kept<KnownClient>> act(
      AdminTrace trace, StoredProbe probe, Kept<KnownClient> kept) {
    KnownClient client = kept.value();
    KnownRole role = client.roles().get(probe.role());
    Optional<Refusal> refusal = refusal(probe, client, role);
    if (role == null || refusal.isPresent()) {
      return refuse(trace, probe, client, refusal.orElse(Refusal.ROLE_NOT_KNOWN));
    }
    if (probe.passed()) {
      KnownRole verified =
          KnownRole.verified(
              probe.at(), probe.probeId().value(), probe.sourceIdentity(), probe.sessionTags());
      return put(trace, probe.role(), verified, kept);
    }
    boolean drifted = probe.unsafe() && role.verified() != null;
    if (!drifted) {
      return refuse(trace, probe, client, Refusal.PROBE_NOT_PASSED);
    }
    AdminResult<Kept<KnownClient>> marked =
        put(trace, probe.role(), role.drifted(probe.probeId().value()), kept);
    return marked instanceof AdminResult.Done
        ? new AdminResult.Refused<>(Refusal.PROBE_NOT_PASSED)
        : marked;
  }

  private AdminResult<Kept<KnownClient>> put(
      AdminTrace trace, RoleArn arn, KnownRole role, Kept<KnownClient> kept) {
    Map<RoleArn, KnownRole> roles = new LinkedHashMap<>(kept.value().roles());
    roles.put(arn, role);
    Kept<KnownClient> next =
        kept.changed(kept.value().withRoles(roles), clock.instant().toString(), trace.by());
    return changes.make(
        trace,
        Subjects.role(ACTION, arn, kept.value(), next.value()),
        new Change.PutClient(next),
        next);
  }

  /** Why the probe says nothing of the role as it is now, if so. */
  private Optional<Refusal> refusal(
      StoredProbe probe, KnownClient client, @Nullable KnownRole role) {
    if (role == null) {
      return Optional.of(Refusal.ROLE_NOT_KNOWN);
    }
    String externalId = client.client().externalId();
    if (!Objects.equals(
        probe.externalIdSha256(), externalId == null ? null : Hashes.sha256(externalId))) {
      return Optional.of(Refusal.PROBE_OF_ANOTHER_EXTERNAL_ID);
    }
    boolean old = !clock.instant().isBefore(probe.at().plus(MAX_AGE));
    // Else a probe that passed in the morning would undo what one found at noon.
    return old || isOlder(probe, role.probeId()) || isOlder(probe, role.drift())
        ? Optional.of(Refusal.PROBE_TOO_OLD)
        : Optional.empty();
  }

  /** IDs of probes sort as their times do. */
  private static boolean isOlder(StoredProbe probe, @Nullable String known) {
    return known != null && probe.probeId().value().compareTo(known) < 0;
  }

  private AdminResult<Kept<KnownClient>> refuse(
      AdminTrace trace, StoredProbe probe, @Nullable KnownClient client, Refusal refusal) {
    return changes.refuse(trace, Subjects.role(ACTION, probe.role(), client, null), refusal);
  }
}
