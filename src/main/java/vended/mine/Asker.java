package vended.mine;

import java.util.Set;
import java.util.regex.Pattern;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.read.AllowList;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.identity.RoleArn;
import vended.text.Coded;

/** The requester of the client's view. */
public sealed interface Asker {
  /**
   * A principal of a client's account that the vendor can't be.
   *
   * @param client the client
   * @param hold its own suspension, as it was when the request began
   */
  record OfClient(Client client, Row<Hold> hold) implements Asker {}

  /** Anybody else. */
  record Stranger(Why why) implements Asker {}

  /** Why somebody is refused. The codes go to the log; only the last also goes to records. */
  enum Why implements Coded {
    /** The account is not a client's. */
    NOT_A_CLIENT,
    /** The account is the vendor's own, or its row says so. */
    VENDORS_OWN_ACCOUNT,
    /** The client's row can't be read, so nobody can tell which roles are the vendor's. */
    CORRUPT_CLIENT,
    /** A client role, or a session that was vended: the vendor itself may be behind it. */
    CLIENT_ROLE
  }

  /**
   * Finds out who asks, in a consistent read.
   *
   * @param ownAccount the vendor's own account; empty if it is not known, which refuses everybody
   * @throws AllowListException if the client could not be read
   */
  static Asker of(Caller caller, AllowList list, String ownAccount) throws AllowListException {
    String account = caller.arn().account();
    if (ownAccount.isEmpty() || account.equals(ownAccount)) {
      return new Stranger(Why.VENDORS_OWN_ACCOUNT);
    }
    AllowList.Owner owner =
        list.clientsOf(Set.of(account)).owners().getOrDefault(account, AllowList.Owner.NOBODY);
    return switch (owner.client()) {
      case Row.Missing<Client> none -> new Stranger(Why.NOT_A_CLIENT);
      case Row.Corrupt<Client> corrupt -> new Stranger(Why.CORRUPT_CLIENT);
      case Row.Found<Client>(Client client) when client.ownAccount() ->
          new Stranger(Why.VENDORS_OWN_ACCOUNT);
      case Row.Found<Client>(Client client) ->
          isVendors(caller, client)
              ? new Stranger(Why.CLIENT_ROLE)
              : new OfClient(client, owner.hold());
    };
  }

  /**
   * Whether the vendor may be behind the caller. Roles are compared by name, since a session's ARN
   * lacks the path, and without case, since IAM ignores it. A session name that only this service
   * uses shows a vended session even after its role was removed from the client.
   */
  private static boolean isVendors(Caller caller, Client client) {
    boolean clientRole =
        caller.arn().isRole()
            && client.roles().keySet().stream()
                .map(RoleArn::name)
                .anyMatch(name -> name.equalsIgnoreCase(caller.arn().name()));
    return clientRole || (caller.session() != null && VENDED.matcher(caller.session()).matches());
  }

  /** The session name of a vend or a probe: {@code NAME@ID}. */
  Pattern VENDED = Pattern.compile(".*@" + VendId.REGEX, Pattern.DOTALL);
}
