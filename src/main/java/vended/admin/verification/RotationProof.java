package vended.admin.verification;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Awaited;
import vended.audit.AuditException;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecords;
import vended.identity.RoleArn;
import vended.text.Sha256;

/**
 * What the newest probes of a client's roles prove for a rotation. Each probe tried the client's
 * ExternalId and the rotation's other one. A probe counts only if it is less than a day old, and no
 * other probe of the role has started since.
 */
final class RotationProof {
  private final ProbeRecords probes;
  private final Clock clock;

  RotationProof(ProbeRecords probes, Clock clock) {
    this.probes = probes;
    this.clock = clock;
  }

  /**
   * The client's roles as they are to be known once vends use the other ExternalId.
   *
   * @param other the ExternalId to switch to
   * @return empty if a role that is vended was not found safe with it
   */
  Optional<Map<RoleArn, ClientRole>> rolesAccepting(Client client, String other)
      throws AuditException {
    String sha256 = Sha256.sha256(other);
    Map<RoleArn, ClientRole> roles = new LinkedHashMap<>();
    for (Map.Entry<RoleArn, ClientRole> role : client.roles().entrySet()) {
      if (role.getValue().verified() == null) {
        // The switch lets nobody in who was not let in before.
        roles.put(role.getKey(), unverified(role.getValue()));
        continue;
      }
      Optional<ClientRole> known = verified(role.getKey(), role.getValue(), client, sha256);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      roles.put(role.getKey(), known.get());
    }
    return Optional.of(roles);
  }

  /** A probe that found a new role safe did so with the previous ExternalId. */
  private static ClientRole unverified(ClientRole role) {
    Awaited awaited = role.awaited();
    return awaited == null
        ? role
        : ClientRole.awaited(new Awaited(awaited.since(), awaited.activation(), null));
  }

  private Optional<ClientRole> verified(
      RoleArn arn, ClientRole role, Client client, String otherSha256) throws AuditException {
    return newest(arn, client)
        .filter(probe -> probe.passedWithOther(otherSha256))
        .filter(probe -> !isOlder(probe, role.probeId()) && !isOlder(probe, role.drift()))
        .flatMap(
            probe ->
                Optional.ofNullable(probe.other())
                    .map(
                        found ->
                            ClientRole.verified(
                                probe.at(),
                                probe.vendId().value(),
                                found.sourceIdentity(),
                                found.sessionTags())));
  }

  private static boolean isOlder(ProbeRecord probe, @Nullable String known) {
    return known != null && probe.vendId().value().compareTo(known) < 0;
  }

  /**
   * Whether all of the client's roles refuse the previous ExternalId, also those that are not
   * vended: each may still accept it. A role that is vended must let the vendor in with the new
   * one: if it refuses both, the reason may be another one, such as the vendor's own policy, and
   * then nothing is known of the previous one.
   */
  boolean allRefuse(Client client, String previous) throws AuditException {
    String sha256 = Sha256.sha256(previous);
    for (Map.Entry<RoleArn, ClientRole> role : client.roles().entrySet()) {
      boolean vended = role.getValue().verified() != null;
      if (newest(role.getKey(), client)
          .filter(probe -> probe.refusesOther(sha256))
          .filter(probe -> !vended || probe.result().withExternalId() == Answer.WORKS)
          .isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The newest probe of a role, if it is less than a day old and used the client's ExternalId. */
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
}
