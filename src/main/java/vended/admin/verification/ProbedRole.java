package vended.admin.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.admin.change.ChangeSubjects;
import vended.admin.change.Draft;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Stored;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.audit.ProbeRecord;
import vended.identity.RoleArn;
import vended.text.Sha256;

/**
 * A probe from the audit with the current client of its role.
 *
 * @param action what the audit calls a change because of the probe
 * @param probe what was found
 * @param client the client of the role's account
 * @param newest whether the probe passed and no probe of the role started after it
 */
record ProbedRole(String action, ProbeRecord probe, Stored<Client> client, boolean newest) {
  /** The maximum age of a probe: a trust policy can change at any time. */
  static final Duration MAX_AGE = Duration.ofHours(24);

  /** The same, for a change that the audit calls otherwise. */
  ProbedRole as(String otherAction) {
    return new ProbedRole(otherAction, probe, client, newest);
  }

  RoleArn arn() {
    return probe.role();
  }

  /** What the client knows of the role; null if the client does not have it. */
  @Nullable ClientRole role() {
    return client.value().roles().get(arn());
  }

  /** Why the probe says nothing about the current role; empty if it does. */
  Optional<Refusal> refusal(Instant now) {
    ClientRole role = role();
    if (role == null) {
      return Optional.of(Refusal.ROLE_NOT_KNOWN);
    }
    if (!isOfThisExternalId()) {
      return Optional.of(Refusal.PROBE_OF_ANOTHER_EXTERNAL_ID);
    }
    boolean old = !now.isBefore(probe.at().plus(MAX_AGE));
    // Otherwise a probe that passed in the morning could override one that failed at noon, even if
    // the row has lost the later one because the role was removed and added again. A probe that
    // found the role open needn't be the newest: one that only started must not keep it open.
    boolean overtaken = probe.result().passed() && !newest;
    return old || overtaken || isOlderThan(role.probeId()) || isOlderThan(role.drift())
        ? Optional.of(Refusal.PROBE_TOO_OLD)
        : Optional.empty();
  }

  /**
   * A role that admits strangers does so whatever the client's ExternalId is: a probe that found
   * this just before the rotation's switch counts after it.
   */
  private boolean isOfThisExternalId() {
    String externalId = client.value().externalId();
    String sha256 = externalId == null ? null : Sha256.sha256(externalId);
    ProbeRecord.Other other = probe.other();
    return Objects.equals(probe.target().externalIdSha256(), sha256)
        || (probe.result().open() && other != null && other.externalIdSha256().equals(sha256));
  }

  /** The IDs of probes sort by time. */
  private boolean isOlderThan(@Nullable String known) {
    return known != null && probe.vendId().value().compareTo(known) < 0;
  }

  /** The role as found by a probe that passed. */
  ClientRole verified() {
    return ClientRole.verified(
        probe.at(),
        probe.vendId().value(),
        probe.result().sourceIdentity(),
        probe.result().sessionTags());
  }

  /** The same probe with the client as it is now. It need not be the newest probe any more. */
  ProbedRole of(Stored<Client> current) {
    return new ProbedRole(action, probe, current, false);
  }

  /** Whether the role is verified, by this very probe. */
  boolean isVerifiedByThis() {
    ClientRole role = role();
    return role != null && role.verified() != null && probe.vendId().value().equals(role.probeId());
  }

  /**
   * The role if its verification is taken back. A new role stays awaited, but a request to activate
   * it does not come back: somebody may have suspended the client in between, which ends such
   * requests.
   */
  ClientRole unverified() {
    ClientRole role = role();
    ClientRole.Awaited awaited = role == null ? null : role.awaited();
    return awaited == null
        ? ClientRole.UNVERIFIED
        : ClientRole.awaited(new ClientRole.Awaited(awaited.since(), null, null));
  }

  /** The change of the client that gives the role another state. */
  Draft.Ready<Stored<Client>> draft(ClientRole next, Instant now, String by) {
    Map<RoleArn, ClientRole> roles = new LinkedHashMap<>(client.value().roles());
    roles.put(arn(), next);
    Stored<Client> changed = client.changed(client.value().withRoles(roles), now.toString(), by);
    return new Draft.Ready<>(
        ChangeSubjects.role(action, arn(), client.value(), changed.value()),
        new Change.PutClient(Expected.of(client), changed),
        changed);
  }
}
