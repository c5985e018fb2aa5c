package vended.allowlist;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client role. Only a verified role is vended.
 *
 * @param verified what a probe found; null if the role was never probed, or has drifted since
 * @param probeId the probe that verified it
 * @param drift the probe that found that its trust policy is no longer safe
 * @param awaited what the schedule does until the client has created the role; null once it was
 *     verified or found unsafe, and for roles from before the schedule did so
 */
public record ClientRole(
    @Nullable Verified verified,
    @Nullable String probeId,
    @Nullable String drift,
    @Nullable Awaited awaited) {
  /** A role that was never probed, and that the schedule does not probe. */
  public static final ClientRole UNVERIFIED = new ClientRole(null, null, null);

  /**
   * Checks that only a role is awaited that was never verified and never found unsafe.
   *
   * @throws IllegalArgumentException if not
   */
  public ClientRole {
    if (awaited != null && (verified != null || probeId != null || drift != null)) {
      throw new IllegalArgumentException("a role that is awaited can't be known already");
    }
  }

  /** A role that is not awaited. */
  public ClientRole(@Nullable Verified verified, @Nullable String probeId, @Nullable String drift) {
    this(verified, probeId, drift, null);
  }

  /**
   * A role that the client has yet to create.
   *
   * @param since when it was asked for
   * @param activation on whose behalf it is activated as soon as a probe finds it safe; null to
   *     wait for an administrator then
   * @param readyBy the first probe that found it safe; null if none did yet
   */
  public record Awaited(Instant since, @Nullable Activation activation, @Nullable String readyBy) {
    /** How long the schedule probes a role that does not pass. */
    public static final Duration TIME = Duration.ofDays(14);

    /** Whether the time is over: the schedule no longer probes the role, nor activates it. */
    public boolean isOver(Instant now) {
      return !now.isBefore(since.plus(TIME));
    }

    /** Once a probe found it safe, but nobody may activate it without looking. */
    public Awaited ready(String probeId) {
      return new Awaited(since, activation, probeId);
    }
  }

  /**
   * An administrator's request to activate a role without anybody looking at its probe.
   *
   * @param by the administrator
   * @param request the change with which it was asked for, as the audit has it
   */
  public record Activation(String by, String request) {}

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

  /** A role that the client has yet to create. */
  public static ClientRole awaited(Awaited awaited) {
    return new ClientRole(null, null, null, awaited);
  }

  /** Whether no probe has verified it or found it unsafe. */
  public boolean isNew() {
    return verified == null && probeId == null && drift == null;
  }

  /** The role, awaited without a request to activate it. */
  public ClientRole withoutActivation() {
    return awaited == null || awaited.activation() == null
        ? this
        : awaited(new Awaited(awaited.since(), null, awaited.readyBy()));
  }

  /** The role, once a probe found it unsafe. */
  public ClientRole drifted(String foundBy) {
    return new ClientRole(null, probeId, foundBy);
  }
}
