package vended.report;

import java.util.List;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;

/**
 * The allow-list as it was read.
 *
 * @param vending the switch of all vending
 * @param clients the clients
 * @param grants the grants
 * @param corrupt rows that can't be trusted, and why
 * @param allClients whether all clients were read
 * @param allGrants whether all grants were read
 */
public record AllowListNow(
    Row<Stored<Vending>> vending,
    List<Client> clients,
    List<Stored<Grant>> grants,
    List<String> corrupt,
    boolean allClients,
    boolean allGrants) {
  public AllowListNow {
    clients = List.copyOf(clients);
    grants = List.copyOf(grants);
    corrupt = List.copyOf(corrupt);
  }

  public boolean isWhole() {
    return allClients && allGrants;
  }
}
