package vended.probe;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;
import vended.identity.RoleArn;
import vended.sts.AssumeRole;

/**
 * The AssumeRole calls of one probe: all with one session name, for the shortest time that STS
 * accepts, and with a session policy that denies everything.
 *
 * @param probeId the probe's ID
 * @param prober for whom the role is probed
 * @param role the client role
 * @param externalId the client's; null only for the vendor's own account
 * @param otherExternalId the other one of the client's rotation; null without one
 */
record ProbeCalls(
    VendId probeId,
    Prober prober,
    RoleArn role,
    @Nullable String externalId,
    @Nullable String otherExternalId) {
  static final int SECONDS = 900;
  static final String DENY_ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":"
          + "[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

  AssumeRole with(@Nullable String anExternalId, OptionalActions allowed) {
    return new AssumeRole(
        role,
        AssumeRole.sessionName(prober.name(), probeId),
        SECONDS,
        anExternalId,
        allowed.sourceIdentity() ? prober.sourceIdentity() : null,
        allowed.sessionTags() ? AssumeRole.tags(probeId, prober.arn(), Map.of()) : Map.of(),
        DENY_ALL,
        List.of());
  }

  /**
   * An ExternalId that nobody has. It starts like the right one, so that a policy that accepts
   * {@code acme-*} is found as well as one that accepts {@code *}.
   *
   * @param right the client's ExternalId or the other one of a rotation
   */
  static String wrongExternalId(@Nullable String right, RandomGenerator random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String start = right == null ? "" : right.substring(0, right.length() / 2);
    return start + HexFormat.of().formatHex(bytes);
  }

  /** Omits the ExternalIds, which only the client and the vendor may know. */
  @Override
  public String toString() {
    return "ProbeCalls[%s, %s]".formatted(probeId, role);
  }
}
