package vended.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.identity.RoleArn;

/**
 * What stands in the audit of a probe: believed, since the vending function alone can add it and
 * nobody can change it.
 *
 * @param probeId its name
 * @param at when it was made
 * @param role the client role
 * @param passed whether the role can be assumed with its ExternalId, and not otherwise
 * @param unsafe whether it was found for certain that it can't, or that it can otherwise, too; a
 *     probe that did not pass and found nothing is no reason to stop anybody
 * @param sourceIdentity whether the trust policy allows {@code sts:SetSourceIdentity}
 * @param sessionTags whether it allows {@code sts:TagSession}
 * @param externalIdSha256 of the ExternalId that it was made with; none in the vendor's own account
 */
public record StoredProbe(
    VendId probeId,
    Instant at,
    RoleArn role,
    boolean passed,
    boolean unsafe,
    boolean sourceIdentity,
    boolean sessionTags,
    @Nullable String externalIdSha256) {
  /** Checks that it is not both. */
  public StoredProbe {
    if (passed && unsafe) {
      throw new IllegalArgumentException("a probe can't have passed and found a role unsafe");
    }
  }
}
