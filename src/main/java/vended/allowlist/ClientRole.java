package vended.allowlist;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client role. Only a verified role is vended.
 *
 * @param verified what a probe found; null if the role was never probed, or has drifted since
 * @param probeId the probe that verified it
 * @param drift the probe that found that its trust policy is no longer safe
 */
public record ClientRole(
    @Nullable Verified verified, @Nullable String probeId, @Nullable String drift) {
  /** A role that was never probed. */
  public static final ClientRole UNVERIFIED = new ClientRole(null, null, null);

  /**
   * What the probe that verified the role found.
   *
   * @param verifiedAt when
   * @param sourceIdentity whether the trust policy allows {@code sts:SetSourceIdentity}
   * @param sessionTags whether it allows {@code sts:TagSession}
   */
  public record Verified(Instant verifiedAt, boolean sourceIdentity, boolean sessionTags) {}

  /** A role that a probe found safe. */
  public static ClientRole verified(
      Instant at, String probeId, boolean sourceIdentity, boolean sessionTags) {
    return new ClientRole(new Verified(at, sourceIdentity, sessionTags), probeId, null);
  }

  /** The role, once a probe found it unsafe. */
  public ClientRole drifted(String foundBy) {
    return new ClientRole(null, probeId, foundBy);
  }
}
