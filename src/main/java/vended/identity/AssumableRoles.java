package vended.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The roles that the vendor role's own policy allows it to assume, according to the template's
 * parameters. STS refuses all others, whatever their trust policies say.
 *
 * @param pattern which roles; null if unknown, which means all
 * @param ownAccount whether they include roles of the vendor's own account
 */
public record AssumableRoles(@Nullable RolePattern pattern, boolean ownAccount) {
  /** All roles: used when the vendor role's policy is unknown. */
  public static final AssumableRoles ALL = new AssumableRoles(null, true);

  /**
   * Why STS will refuse the role; empty if it won't.
   *
   * @param vendorAccount the vendor's own account, twelve digits
   * @return the rule that the role's ARN breaks, starting with "must"
   */
  public Optional<String> fault(RoleArn role, String vendorAccount) {
    if (pattern != null && !pattern.matches(role)) {
      return Optional.of(
          ("must match %s, the only roles that the vendor role may assume (parameter"
                  + " ClientRolePattern)")
              .formatted(pattern));
    }
    if (!ownAccount && role.account().equals(vendorAccount)) {
      return Optional.of(
          "must not be in the vendor's own account, where the vendor role may assume no roles"
              + " (parameter AllowOwnAccount)");
    }
    return Optional.empty();
  }
}
