package vended.allowlist;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.identity.RoleArn;

/**
 * A client: one AWS account, with the roles in it that were found safe to assume.
 *
 * @param account twelve digits
 * @param name for people; never decided by
 * @param externalId what the client roles' trust policies demand, one per client, made by the
 *     vendor; none only for the vendor's own account
 * @param suspended whether all vends of this client are refused
 * @param ownAccount whether this is the vendor's own account
 * @param roles the verified roles
 * @param version counts the changes
 */
public record Client(
    String account,
    String name,
    @Nullable String externalId,
    boolean suspended,
    boolean ownAccount,
    Map<RoleArn, VerifiedRole> roles,
    long version) {
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** STS takes 2–1224 characters; under 16, an ExternalId could be guessed. */
  private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{16,1224}");

  /**
   * A role that a probe found safe.
   *
   * @param verifiedAt when
   * @param sourceIdentity whether the trust policy allows {@code sts:SetSourceIdentity}
   * @param sessionTags whether it allows {@code sts:TagSession}
   */
  public record VerifiedRole(Instant verifiedAt, boolean sourceIdentity, boolean sessionTags) {}

  /**
   * Checks what must hold of every client.
   *
   * @throws IllegalArgumentException if it does not
   */
  public Client {
    roles = Map.copyOf(roles);
    if (!ACCOUNT.matcher(account).matches()) {
      throw new IllegalArgumentException("account must have twelve digits");
    }
    if (externalId == null && !ownAccount) {
      throw new IllegalArgumentException("externalId is missing");
    }
    if (externalId != null && !EXTERNAL_ID.matcher(externalId).matches()) {
      throw new IllegalArgumentException(
          "externalId must have 16 to 1224 of A-Z a-z 0-9 _+=,.@:/-");
    }
    for (RoleArn role : roles.keySet()) {
      if (!role.account().equals(account)) {
        throw new IllegalArgumentException("roles must be in the client's account");
      }
    }
  }
}
