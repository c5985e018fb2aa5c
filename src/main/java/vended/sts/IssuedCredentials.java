package vended.sts;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.audit.Reason;

/**
 * The response of STS to AssumeRole, not yet checked. {@link #toString} shows no secret.
 *
 * @param accessKeyId the access key
 * @param secretAccessKey a secret
 * @param sessionToken a secret
 * @param expiration when they expire, by STS's clock
 * @param assumedRoleArn the session's ARN
 * @param assumedRoleId the role's unique ID and the session's name
 * @param packedPolicySize how much of STS's limit for policies and tags is used, in percent
 * @param stsRequestId the ID that STS gave the call
 */
public record IssuedCredentials(
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String sessionToken,
    @Nullable Instant expiration,
    @Nullable String assumedRoleArn,
    @Nullable String assumedRoleId,
    @Nullable Integer packedPolicySize,
    @Nullable String stsRequestId) {
  /** The tolerated difference between STS's clock and ours. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Za-z0-9_]{16,128}");

  /** A role's unique ID has the prefix AROA (IAM user guide, "IAM identifiers"). */
  private static final Pattern ROLE_ID = Pattern.compile("AROA[A-Z0-9]{12,124}");

  /**
   * Why these credentials must not leave, or null if they are what was asked for. Any other
   * response is dropped, whoever sent it: it may come from a stand-in or a proxy, or be a mistake
   * of ours.
   */
  public @Nullable Reason faultAgainst(AssumeRole asked, Instant now) {
    if (!asked.role().sessionArn(asked.sessionName()).equals(assumedRoleArn)
        || knownAssumedRoleId(asked.sessionName()) == null) {
      return Reason.STS_WRONG_ROLE;
    }
    if (isBlank(sessionToken) || isBlank(secretAccessKey) || knownAccessKeyId() == null) {
      return Reason.STS_INCOMPLETE;
    }
    Instant latest = now.plusSeconds(asked.durationSeconds()).plus(CLOCK_SKEW);
    if (expiration == null || !expiration.isAfter(now) || expiration.isAfter(latest)) {
      return Reason.STS_WRONG_EXPIRY;
    }
    return null;
  }

  /** The access key if it has the form of one. */
  public @Nullable String knownAccessKeyId() {
    return accessKeyId != null && ACCESS_KEY_ID.matcher(accessKeyId).matches() ? accessKeyId : null;
  }

  /** The role's unique ID and the session's name, if they are well-formed and of this session. */
  public @Nullable String knownAssumedRoleId(String sessionName) {
    String end = ":" + sessionName;
    if (assumedRoleId == null || !assumedRoleId.endsWith(end)) {
      return null;
    }
    String roleId = assumedRoleId.substring(0, assumedRoleId.length() - end.length());
    return ROLE_ID.matcher(roleId).matches() ? assumedRoleId : null;
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  @Override
  public String toString() {
    return "IssuedCredentials[" + knownAccessKeyId() + ", until " + expiration + "]";
  }
}
