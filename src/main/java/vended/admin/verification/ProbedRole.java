package vended.admin.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Stored;
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

  /** The client's next version, with another state of the role. */
  Stored<Client> with(ClientRole next, Instant now, String by) {
    Map<RoleArn, ClientRole> roles = new LinkedHashMap<>(client.value().roles());
    roles.put(arn(), next);
    return client.changed(client.value().withRoles(roles), now.toString(), by);
  }
}
