package vended.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a probe found of a client role's trust policy. A role is marked as verified by this record,
 * and by nothing that a request says.
 *
 * @param trace the probe, and who asked for it
 * @param at when, truncated to the millisecond
 * @param target what was probed
 * @param result what was found
 */
public record ProbeRecord(Trace trace, Instant at, Target target, Result result)
    implements AuditRecord {
  /** Truncates the time. */
  public ProbeRecord {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Kind kind() {
    return Kind.PROBE;
  }

  /**
   * What was probed.
   *
   * @param roleArn the client role
   * @param clientAccount the client's account
   * @param clientName the client's name
   * @param externalIdSha256 SHA-256, in hexadecimal, of the ExternalId that the role was tried
   *     with, since the client may have another one by the time that somebody acts on the record
   */
  public record Target(
      String roleArn, String clientAccount, String clientName, @Nullable String externalIdSha256) {}

  /** How STS answered to one way of assuming the role. */
  public enum Answer {
    /** It issued credentials, which were dropped. */
    WORKS,
    /** It denied access. */
    REFUSED,
    /** It said neither yes nor no, or was not asked for want of time. */
    UNCLEAR;

    /** The word as it stands in records. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was found.
   *
   * @param withExternalId with the client's own ExternalId
   * @param withoutExternalId with none
   * @param withWrongExternalId with another one
   * @param sourceIdentity whether the trust policy allows {@code sts:SetSourceIdentity}
   * @param sessionTags whether it allows {@code sts:TagSession}
   * @param ownAccount whether the role is in the vendor's own account, where no ExternalId is
   *     needed
   * @param propagating whether the role may only be too new to be known to all of STS
   */
  public record Result(
      Answer withExternalId,
      Answer withoutExternalId,
      Answer withWrongExternalId,
      boolean sourceIdentity,
      boolean sessionTags,
      boolean ownAccount,
      boolean propagating) {
    /** Whether the role may be vended: only where STS said yes and no in so many words. */
    public boolean passed() {
      return withExternalId == Answer.WORKS
          && (ownAccount
              || (withoutExternalId == Answer.REFUSED && withWrongExternalId == Answer.REFUSED));
    }
  }
}
