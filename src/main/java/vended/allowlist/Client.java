package vended.allowlist;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.identity.AccountId;
import vended.identity.RoleArn;

/**
 * A client: one AWS account, with the client roles in it.
 *
 * @param account twelve digits
 * @param name for people; no decision depends on it
 * @param externalId the ExternalId that the client roles' trust policies require: one per client,
 *     made by the vendor; null only for the vendor's own account
 * @param suspended whether all vends of this client are refused
 * @param ownAccount whether this is the vendor's own account
 * @param roles all roles, verified or not, in the order given
 * @param version optimistic-lock version, 1 for a new row
 */
public record Client(
    String account,
    String name,
    @Nullable String externalId,
    boolean suspended,
    boolean ownAccount,
    Map<RoleArn, ClientRole> roles,
    long version) {
  /** How many roles a client may have. */
  public static final int MAX_ROLES = 50;

  /** STS takes 2 to 1,224 characters; under 16, an ExternalId could be guessed. */
  private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{16,1224}");

  /**
   * Checks the invariants of every client.
   *
   * @throws IllegalArgumentException if one is violated
   */
  public Client {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    if (!AccountId.matches(account)) {
      throw new IllegalArgumentException("account must have twelve digits");
    }
    if (externalId == null && !ownAccount) {
      throw new IllegalArgumentException("externalId is missing");
    }
    if (externalId != null) {
      checkExternalId(externalId);
    }
    for (RoleArn role : roles.keySet()) {
      if (!role.account().equals(account)) {
        throw new IllegalArgumentException("roles must be in the client's account");
      }
    }
  }

  static void checkExternalId(String externalId) {
    if (!EXTERNAL_ID.matcher(externalId).matches()) {
      throw new IllegalArgumentException(
          "externalId must have 16 to 1224 of A-Z a-z 0-9 _+=,.@:/-");
    }
  }

  /** What the probe that verified the role found; null if the role must not be vended. */
  public ClientRole.@Nullable Verified verified(RoleArn role) {
    ClientRole known = roles.get(role);
    return known == null ? null : known.verified();
  }

  /** The next version, with other roles. */
  public Client withRoles(Map<RoleArn, ClientRole> next) {
    return with(name, ownAccount, next);
  }

  /** The next version, with all that {@code /clients/put} can change. */
  public Client with(String name, boolean ownAccount, Map<RoleArn, ClientRole> roles) {
    return new Client(account, name, externalId, suspended, ownAccount, roles, version + 1);
  }

  /**
   * The next version, with another ExternalId and what is known of the roles by it. Nothing that a
   * probe found with the previous one may be among it.
   */
  public Client withExternalId(String next, Map<RoleArn, ClientRole> known) {
    return new Client(account, name, next, suspended, ownAccount, known, version + 1);
  }

  /**
   * The next version, suspended or not. Whoever suspends a client wants nothing to become active by
   * itself, so requests to activate roles end with it, and don't come back with a resumption.
   */
  public Client withSuspended(boolean suspended) {
    Map<RoleArn, ClientRole> kept = new LinkedHashMap<>(roles);
    if (suspended) {
      kept.replaceAll((arn, role) -> role.withoutActivation());
    }
    return new Client(account, name, externalId, suspended, ownAccount, kept, version + 1);
  }

  /** Omits the ExternalId, which only the client and the vendor may know. */
  @Override
  public String toString() {
    return "Client[%s, version %d, suspended %s, %s]".formatted(account, version, suspended, roles);
  }
}
