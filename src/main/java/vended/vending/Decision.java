package vended.vending;

import java.time.Instant;
import java.util.Optional;
import vended.allowlist.AllowList;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Vending;
import vended.audit.Reason;
import vended.identity.Caller;
import vended.identity.RoleArn;

/** Whether a caller may assume a client role. */
public sealed interface Decision {
  /**
   * The caller may.
   *
   * @param client the client
   * @param grant the grant
   * @param verified what the client role's trust policy allows
   */
  record Permitted(Client client, Grant grant, ClientRole.Verified verified) implements Decision {}

  /**
   * The caller may not.
   *
   * @param reason for the audit only; the caller is not told
   */
  record Refused(Reason reason) implements Decision {}

  /**
   * Decides from the rows alone.
   *
   * @param entry the rows, read for this request
   * @param caller who asks
   * @param role the client role
   * @param ownAccount the vendor's own account, twelve digits
   * @param now the time
   */
  static Decision of(
      AllowList.Entry entry, Caller caller, RoleArn role, String ownAccount, Instant now) {
    return switch (entry.vending()) {
      case Row.Corrupt<Vending> corrupt -> new Refused(Reason.CORRUPT_SWITCH);
      case Row.Found<Vending>(Vending vending) when vending.stopped() ->
          new Refused(Reason.VENDING_STOPPED);
      case Row.Found<Vending> running -> whileVending(entry, caller, role, ownAccount, now);
      case Row.Missing<Vending> running -> whileVending(entry, caller, role, ownAccount, now);
    };
  }

  private static Decision whileVending(
      AllowList.Entry entry, Caller caller, RoleArn role, String ownAccount, Instant now) {
    return switch (entry.grant()) {
      case Row.Missing<Grant> none -> new Refused(Reason.NO_GRANT);
      case Row.Corrupt<Grant> corrupt -> new Refused(Reason.CORRUPT_GRANT);
      case Row.Found<Grant>(Grant grant) ->
          refusal(grant, caller, now)
              .<Decision>map(Refused::new)
              .orElseGet(() -> of(entry.client(), grant, role, ownAccount));
    };
  }

  private static Decision of(Row<Client> row, Grant grant, RoleArn role, String ownAccount) {
    return switch (row) {
      case Row.Missing<Client> none -> new Refused(Reason.NO_CLIENT);
      case Row.Corrupt<Client> corrupt -> new Refused(Reason.CORRUPT_CLIENT);
      case Row.Found<Client>(Client client) -> of(client, grant, role, ownAccount);
    };
  }

  private static Decision of(Client client, Grant grant, RoleArn role, String ownAccount) {
    if (client.suspended()) {
      return new Refused(Reason.CLIENT_SUSPENDED);
    }
    // Another account marked as the vendor's own would be entered without an ExternalId.
    if (client.ownAccount() && !client.account().equals(ownAccount)) {
      return new Refused(Reason.NOT_OWN_ACCOUNT);
    }
    ClientRole.Verified verified = client.verified(role);
    return verified == null
        ? new Refused(Reason.ROLE_NOT_VERIFIED)
        : new Permitted(client, grant, verified);
  }

  /** Why the grant is not in force for this caller; empty if it is. */
  static Optional<Reason> refusal(Grant grant, Caller caller, Instant now) {
    if (grant.callerId() != null && !grant.callerId().equals(caller.uniqueId())) {
      return Optional.of(Reason.CALLER_ID_MISMATCH);
    }
    if (grant.disabled()) {
      return Optional.of(Reason.GRANT_DISABLED);
    }
    if (grant.notBefore() != null && now.isBefore(grant.notBefore())) {
      return Optional.of(Reason.GRANT_NOT_YET_VALID);
    }
    if (grant.expiresAt() != null && !now.isBefore(grant.expiresAt())) {
      return Optional.of(Reason.GRANT_EXPIRED);
    }
    return Optional.empty();
  }
}
