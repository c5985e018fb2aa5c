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
 */
public record ProbeRecord(Trace trace, Instant at, Target target, Result result)
    implements AuditRecord {
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
      return withExternalId == Answer.WORKS
          && (ownAccount
              || (withoutExternalId == Answer.REFUSED && withWrongExternalId == Answer.REFUSED));
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
