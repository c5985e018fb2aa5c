package vended.allowlist;

/**
 * The client whose account a role is in.
 *
 * @param client the client, with its verified roles
 * @param known whether the role is among the client's roles, verified or not
 */
public record ClientOfRole(Client client, boolean known) {}
