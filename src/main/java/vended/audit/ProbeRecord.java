package vended.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import vended.identity.RoleArn;
import vended.text.Coded;

/**
 * What a probe found out about a client role's trust policy. A role is marked as verified because
 * of this record, never because of anything that a request says: the vending function alone can add
 * it, and nobody can change it.
 *
 * @param trace the probe, and who asked for it
 * @param at when, truncated to the millisecond
 * @param target what was probed
 * @param result what was found
 * @param other what was found with the other ExternalId of a rotation; null if none was tried
 */
public record ProbeRecord(
    Trace trace, Instant at, Target target, Result result, @Nullable Other other)
    implements AuditRecord {
  /** The record of a probe without a rotation. */
  public ProbeRecord(Trace trace, Instant at, Target target, Result result) {
    this(trace, at, target, result, null);
  }

  public ProbeRecord {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Kind kind() {
    return Kind.PROBE;
  }

  /** The client role. */
  public RoleArn role() {
    return target.role();
  }

  /**
   * What was probed.
   *
   * @param role the client role
   * @param clientName the client's name
   * @param externalIdSha256 SHA-256, in hexadecimal, of the ExternalId that was used, since the
   *     client may have another one when somebody acts on the record; null in the vendor's own
   *     account
   */
  public record Target(RoleArn role, String clientName, @Nullable String externalIdSha256) {}

  /**
   * What was found with the other ExternalId of a client's rotation: the next one before the
   * switch, and the previous one after it.
   *
   * @param externalIdSha256 SHA-256, in hexadecimal, of the ExternalId that was used
   * @param answer how STS responded
   * @param sourceIdentity whether the trust policy allows {@code sts:SetSourceIdentity} with it
   * @param sessionTags whether it allows {@code sts:TagSession} with it
   */
  public record Other(
      String externalIdSha256, Answer answer, boolean sourceIdentity, boolean sessionTags) {}

  /** Whether the role would be safe to vend with this as the client's ExternalId. */
  public boolean passedWithOther(String externalIdSha256) {
    return other != null
        && other.externalIdSha256().equals(externalIdSha256)
        && other.answer() == Answer.WORKS
        && result.refusesStrangers();
  }

  /** Whether the role refuses this ExternalId for certain. */
  public boolean refusesOther(String externalIdSha256) {
    return other != null
        && other.externalIdSha256().equals(externalIdSha256)
        && other.answer() == Answer.REFUSED;
  }

  /** How STS responded to one way of assuming the role. */
  public enum Answer implements Coded {
    /** It issued credentials, which were dropped. */
    WORKS,
    /** It denied access. */
    REFUSED,
    /** Neither: another error, or no time left to ask. */
    UNCLEAR
  }

  /**
   * What was found.
   *
   * @param withExternalId with the client's own ExternalId
   * @param withoutExternalId without one
   * @param withWrongExternalId with another one
   * @param sourceIdentity whether the trust policy allows {@code sts:SetSourceIdentity}
   * @param sessionTags whether it allows {@code sts:TagSession}
   * @param ownAccount whether the role is in the vendor's own account, where no ExternalId is
   *     needed
   * @param propagating whether the role may just be too new for all of STS to know it
   */
  public record Result(
      Answer withExternalId,
      Answer withoutExternalId,
      Answer withWrongExternalId,
      boolean sourceIdentity,
      boolean sessionTags,
      boolean ownAccount,
      boolean propagating) {
    /** Whether the role may be vended: only if every answer that counts was clear. */
    public boolean passed() {
      return withExternalId == Answer.WORKS && refusesStrangers();
    }

    private boolean refusesStrangers() {
      return ownAccount
          || (withoutExternalId == Answer.REFUSED && withWrongExternalId == Answer.REFUSED);
    }

    /**
     * Whether the role certainly must not be vended. A probe that neither passed nor found this is
     * no reason to stop anybody.
     */
    public boolean unsafe() {
      return !passed()
          && (withExternalId == Answer.REFUSED
              || withoutExternalId == Answer.WORKS
              || withWrongExternalId == Answer.WORKS);
    }

    /** Whether the role certainly admits others than the vendor's client: it must be stopped. */
    public boolean open() {
      return unsafe() && (withoutExternalId == Answer.WORKS || withWrongExternalId == Answer.WORKS);
    }

    /** Whether the role is unsafe for no other reason than that it refuses the vendor. */
    public boolean onlyRefused() {
      return unsafe() && !open();
    }
  }
}
