package vended.allowlist;

import vended.identity.RoleArn;

/** The clients, to those who look at a role before any caller may have it. */
public interface Clients {
  /**
   * The client whose account a role is in, in a consistent read.
   *
   * @throws AllowListException if it could not be read
   */
  Row<ClientOfRole> clientOf(RoleArn role) throws AllowListException;
}
