package vended.report.make;

import java.util.List;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;

/**
 * The allow-list, as far as it was read.
 *
 * @param vending the switch of all vending
 * @param corrupt the corrupt rows, and what is wrong with each
 * @param allClients whether every client was read
 * @param allGrants whether every grant was read
 */
record AllowListNow(
    Row<Stored<Vending>> vending,
    List<Client> clients,
    List<Stored<Grant>> grants,
    List<String> corrupt,
    boolean allClients,
    boolean allGrants) {
  boolean isWhole() {
    return allClients && allGrants;
  }
}
