package vended.allowlist;

import java.util.Set;
import vended.identity.RoleArn;

/** Roles that grants name and no client has. */
@FunctionalInterface
public interface DanglingRoles {
  /**
   * Which of some roles no client has: its account has no client, or the client is without the
   * role. What can't be told, since the client's row is corrupt, is left out. Read consistently.
   *
   * @throws AllowListException if the clients could not be read
   */
  Set<RoleArn> among(Set<RoleArn> roles) throws AllowListException;
}
