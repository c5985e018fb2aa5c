package vended.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The roles that the vendor role's own policy lets it assume, as the template's parameters say: STS
 * refuses all others, whatever their trust policies say.
 *
 * @param pattern which roles; null if it is not known, and then all are taken to be
 * @param ownAccount whether roles of the vendor's own account are among them
 */
public record AssumableRoles(@Nullable RolePattern pattern, boolean ownAccount) {
  /** The functions keep the parameters of the deployment that published them. */
  private static final String OUTDATED =
      "; this version of the function knows no later change: see \"After a change of"
          + " ClientRolePattern\" in docs/operations.md";

  /** All roles: for when nothing is known of the vendor role's policy. */
  public static final AssumableRoles ALL = new AssumableRoles(null, true);

  /**
   * Why STS will refuse the role, if it will.
   *
   * @param vendorAccount the vendor's own account, twelve digits
   * @return what the role's ARN must be, as the end of a sentence
   */
  public Optional<String> fault(RoleArn role, String vendorAccount) {
    if (pattern != null && !pattern.matches(role)) {
      return Optional.of(
          ("must match %s, which is all that the vendor role may assume (parameter"
                  + " ClientRolePattern)%s")
              .formatted(pattern, OUTDATED));
    }
    if (!ownAccount && role.account().equals(vendorAccount)) {
      return Optional.of(
          "must not be in the vendor's own account, where the vendor role may assume none"
              + " (parameter AllowOwnAccount)"
              + OUTDATED);
    }
    return Optional.empty();
  }
}
