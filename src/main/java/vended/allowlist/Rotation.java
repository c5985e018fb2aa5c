package vended.allowlist;

import vended.identity.AccountId;

/**
 * A change of a client's ExternalId that has not ended. The client's row has the ExternalId that
 * vends use; this is the other one: at first the next, and after the switch the previous one. No
 * vend depends on it.
 *
 * @param account the client's account, twelve digits
 * @param externalId the other ExternalId, which the client's trust policies are to accept at first,
 *     and to refuse in the end
 * @param switched whether vends use the new one, so that this is the previous one
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html">access
 *     for third parties</a>
 */
public record Rotation(String account, String externalId, boolean switched) {
  /**
   * Checks the account and the ExternalId.
   *
   * @throws IllegalArgumentException if one is malformed
   */
  public Rotation {
    if (!AccountId.matches(account)) {
      throw new IllegalArgumentException("account must have twelve digits");
    }
    Client.checkExternalId(externalId);
  }

  /** Omits the ExternalId, which only the client and the vendor may know. */
  @Override
  public String toString() {
    return "Rotation[%s, switched %s]".formatted(account, switched);
  }
}
