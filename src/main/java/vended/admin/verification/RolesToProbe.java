package vended.admin.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.allowlist.Client;
import vended.allowlist.ClientPages;
import vended.allowlist.HoldPages;
import vended.allowlist.Stored;
import vended.identity.RoleArn;

/**
 * Lists the verified roles, which the schedule probes again and again: also those of suspended
 * clients, but not those of clients that have suspended themselves, since a probe enters the
 * client's account.
 */
public final class RolesToProbe {
  /** A role's ARN has up to 640 characters, and Step Functions carries 256 KiB. */
  private static final int MAX_ROLES = 100;

  private static final int MAX_CLIENTS = 100;

  private final ClientPages pages;
  private final HoldPages holds;

  public RolesToProbe(ClientPages pages, HoldPages holds) {
    this.pages = pages;
    this.holds = holds;
  }

  /**
   * A page of roles.
   *
   * @param roles 0 to 100
   * @param last the account after which the next page starts; null on the last page
   */
  public record Page(List<RoleArn> roles, @Nullable String last) {
    public Page {
      roles = List.copyOf(roles);
    }
  }

  /**
   * The page after an account.
   *
   * @param after twelve digits; null for the first page
   * @throws AllowListException if it could not be read
   */
  public Page page(@Nullable String after) throws AllowListException {
    AllowListPages.Page<Client, String> clients = pages.clients(after, MAX_CLIENTS);
    Set<String> held = HoldPages.standing(holds.holds());
    // Roles of a corrupt row are not probed, but not vended either.
    List<RoleArn> roles = new ArrayList<>();
    String last = null;
    for (Stored<Client> client : clients.rows()) {
      List<RoleArn> next =
          held.contains(client.value().account()) ? List.of() : verified(client.value());
      if (roles.size() + next.size() > MAX_ROLES) {
        return new Page(roles, last);
      }
      roles.addAll(next);
      last = client.value().account();
    }
    return new Page(roles, clients.last());
  }

  /** At most 50, so that a page always has room for one client. */
  private static List<RoleArn> verified(Client client) {
    return client.roles().entrySet().stream()
        .filter(role -> role.getValue().verified() != null)
        .map(Map.Entry::getKey)
        .toList();
  }
}
