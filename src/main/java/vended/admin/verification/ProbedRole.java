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
import vended.audit.StoredProbe;
import vended.identity.RoleArn;
import vended.text.Sha256;

/**
 * A probe as it stands in the audit, beside its role as it stands in the allow-list.
 *
 * @param probe what was found
 * @param kept the client of the role's account
 * @param newest whether it passed and no probe of the role started after it
 */
record ProbedRole(StoredProbe probe, Stored<Client> kept, boolean newest) {
  /** How old a probe may be: a trust policy can be changed at any time. */
  private static final Duration MAX_AGE = Duration.ofHours(24);

  /** The role; none where it is none of its client's. */
  @Nullable ClientRole role() {
    return kept.value().roles().get(probe.role());
  }

  /** Why the probe says nothing of the role as it is now, if so. */
  Optional<Refusal> refusal(Instant now) {
    ClientRole role = role();
    if (role == null) {
      return Optional.of(Refusal.ROLE_NOT_KNOWN);
    }
    String externalId = kept.value().externalId();
    if (!Objects.equals(
        probe.externalIdSha256(), externalId == null ? null : Sha256.sha256(externalId))) {
      return Optional.of(Refusal.PROBE_OF_ANOTHER_EXTERNAL_ID);
    }
    boolean old = !now.isBefore(probe.at().plus(MAX_AGE));
    // Otherwise a probe that passed in the morning would undo what one found at noon, even if the
    // row lost that because the role was removed and added again. A probe that found the role open
    // needn't be the newest: one that only started must not keep the role open.
    boolean overtaken = probe.passed() && !newest;
    return old || overtaken || isOlderThan(role.probeId()) || isOlderThan(role.drift())
        ? Optional.of(Refusal.PROBE_TOO_OLD)
        : Optional.empty();
  }

  /** IDs of probes sort as their times do. */
  private boolean isOlderThan(@Nullable String known) {
    return known != null && probe.probeId().value().compareTo(known) < 0;
  }

  /** The role as the probe found it, where it passed. */
  ClientRole verified() {
    return ClientRole.verified(
        probe.at(), probe.probeId().value(), probe.sourceIdentity(), probe.sessionTags());
  }

  /** The client's next version, with the role changed. */
  Stored<Client> with(ClientRole next, Instant now, String by) {
    Map<RoleArn, ClientRole> roles = new LinkedHashMap<>(kept.value().roles());
    roles.put(probe.role(), next);
    return kept.changed(kept.value().withRoles(roles), now.toString(), by);
  }
}
