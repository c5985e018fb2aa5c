package vended.allowlist;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client.VerifiedRole;
import vended.identity.RoleArn;

/**
 * A client as its administrators see it: with the roles that are known and not verified, too.
 *
 * @param client what vends are decided by; its roles are just the verified ones of {@code roles}
 * @param roles all roles, in order of their ARNs where they were read
 */
public record KnownClient(Client client, Map<RoleArn, KnownRole> roles) {
  /** How many roles a client may have. */
  public static final int MAX_ROLES = 50;

  /**
   * A role of a client.
   *
   * @param verified what a probe found; none if it was never probed, or drifted since
   * @param probeId the probe that verified it
   * @param drift the probe that found that its trust policy no longer holds
   */
  public record KnownRole(
      @Nullable VerifiedRole verified, @Nullable String probeId, @Nullable String drift) {
    /** A role of which nothing is known. */
    public static final KnownRole UNVERIFIED = new KnownRole(null, null, null);

    /** A role that a probe found safe. */
    public static KnownRole verified(
        Instant at, String probeId, boolean sourceIdentity, boolean sessionTags) {
      return new KnownRole(new VerifiedRole(at, sourceIdentity, sessionTags), probeId, null);
    }

    /** The role, once a probe found it unsafe. */
    public KnownRole drifted(String foundBy) {
      return new KnownRole(null, probeId, foundBy);
    }
  }

  /**
   * Copies the roles, in their order.
   *
   * @throws IllegalArgumentException if client and roles do not agree
   */
  public KnownClient {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    if (!client.roles().equals(verified(roles))) {
      throw new IllegalArgumentException("the client's roles must be the verified ones");
    }
    for (RoleArn role : roles.keySet()) {
      if (!role.account().equals(client.account())) {
        throw new IllegalArgumentException("roles must be in the client's account");
      }
    }
  }

  /** A client of these roles; those of {@code base} are not looked at. */
  public static KnownClient of(Client base, Map<RoleArn, KnownRole> roles) {
    Client client =
        new Client(
            base.account(),
            base.name(),
            base.externalId(),
            base.suspended(),
            base.ownAccount(),
            verified(roles),
            base.version());
    return new KnownClient(client, roles);
  }

  /** The next version: with other roles. */
  public KnownClient withRoles(Map<RoleArn, KnownRole> next) {
    return of(next(client.name(), client.suspended(), client.ownAccount()), next);
  }

  /** The next version: with another name and other roles, the vendor's own or not. */
  public KnownClient with(String name, boolean ownAccount, Map<RoleArn, KnownRole> next) {
    return of(next(name, client.suspended(), ownAccount), next);
  }

  /** The next version: suspended or not. */
  public KnownClient withSuspended(boolean suspended) {
    return of(next(client.name(), suspended, client.ownAccount()), roles);
  }

  private Client next(String name, boolean suspended, boolean ownAccount) {
    return new Client(
        client.account(),
        name,
        client.externalId(),
        suspended,
        ownAccount,
        client.roles(),
        client.version() + 1);
  }

  private static Map<RoleArn, VerifiedRole> verified(Map<RoleArn, KnownRole> roles) {
    Map<RoleArn, VerifiedRole> verified = new LinkedHashMap<>();
    roles.forEach(
        (arn, role) -> {
          if (role.verified() != null) {
            verified.put(arn, role.verified());
          }
        });
    return verified;
  }
}
