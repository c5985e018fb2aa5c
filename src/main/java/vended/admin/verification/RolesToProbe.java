package vended.admin.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.allowlist.Client;
import vended.allowlist.ClientPages;
import vended.allowlist.Stored;
import vended.identity.RoleArn;

/**
 * Lists the verified roles, those of suspended clients included: the schedule probes them again and
 * again.
 */
public final class RolesToProbe {
  /** A role's ARN has up to 640 characters, and Step Functions carries 256 KiB. */
  private static final int MAX_ROLES = 100;

  private static final int MAX_CLIENTS = 100;

  private final ClientPages pages;

  public RolesToProbe(ClientPages pages) {
    this.pages = pages;
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
    // Roles of a corrupt row are not probed, but not vended either.
    List<RoleArn> roles = new ArrayList<>();
    String last = null;
    for (Stored<Client> client : clients.rows()) {
      List<RoleArn> next = verified(client.value());
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
