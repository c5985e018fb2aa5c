package vended.admin.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.ClientPages;
import vended.allowlist.read.HoldPages;
import vended.identity.RoleArn;

/**
 * Lists the roles that the schedule probes: the verified ones again and again, and new ones until
 * they pass, often at first. Those of clients that have suspended themselves are left out, since a
 * probe enters the client's account.
 */
public final class RolesToProbe {
  /** A role's ARN has up to 640 characters, and Step Functions carries 256 KiB. */
  private static final int MAX_ROLES = 100;

  private static final int MAX_CLIENTS = 100;

  /**
   * Few of the clients have new roles, and the list is read every hour: a page of it costs five
   * steps of the state machine.
   */
  private static final int MAX_CLIENTS_OF_NEW = 1000;

  private static final Duration OFTEN = Duration.ofDays(1);
  private static final int SELDOM_HOURS = 6;

  private final ClientPages pages;
  private final HoldPages holds;
  private final Clock clock;

  public RolesToProbe(ClientPages pages, HoldPages holds, Clock clock) {
    this.pages = pages;
    this.holds = holds;
    this.clock = clock;
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
   * The page of verified roles after an account.
   *
   * @param after twelve digits; null for the first page
   * @throws AllowListException if it could not be read
   */
  public Page page(@Nullable String after) throws AllowListException {
    return page(pages.clients(after, MAX_CLIENTS), held(), RolesToProbe::verified);
  }

  /**
   * The page of new roles that are due in this hour, after an account.
   *
   * @param after twelve digits; null for the first page
   * @throws AllowListException if it could not be read
   */
  public NewRoles newRoles(@Nullable String after) throws AllowListException {
    Instant now = clock.instant();
    AllowListPages.Page<Client, String> clients = pages.clients(after, MAX_CLIENTS_OF_NEW);
    Set<String> held = held();
    Page page = page(clients, held, client -> matching(client, awaited -> isDue(awaited, now)));
    List<RoleArn> overdue =
        clients.rows().stream()
            .map(Stored::value)
            .filter(client -> !held.contains(client.account()))
            .filter(client -> page.last() == null || client.account().compareTo(page.last()) <= 0)
            .flatMap(client -> matching(client, awaited -> isOverdue(awaited, now)).stream())
            .toList();
    return new NewRoles(page, overdue);
  }

  /**
   * A page of new roles.
   *
   * @param overdue those that have not passed within the time, for a day
   */
  public record NewRoles(Page page, List<RoleArn> overdue) {
    public NewRoles {
      overdue = List.copyOf(overdue);
    }
  }

  /** Every hour on the first day, and then every six hours. */
  private static boolean isDue(Awaited awaited, Instant now) {
    Duration age = Duration.between(awaited.since(), now);
    return !awaited.isOver(now) && (age.compareTo(OFTEN) < 0 || age.toHours() % SELDOM_HOURS == 0);
  }

  private static boolean isOverdue(Awaited awaited, Instant now) {
    return awaited.readyBy() == null
        && awaited.isOver(now)
        && now.isBefore(awaited.since().plus(Awaited.TIME).plus(OFTEN));
  }

  /** Nothing of a suspended client becomes active, so there is no hurry. */
  private static List<RoleArn> matching(Client client, Predicate<Awaited> which) {
    return client.suspended()
        ? List.of()
        : client.roles().entrySet().stream()
            .filter(
                role -> {
                  Awaited awaited = role.getValue().awaited();
                  return awaited != null && which.test(awaited);
                })
            .map(Map.Entry::getKey)
            .toList();
  }

  private Set<String> held() throws AllowListException {
    return HoldPages.standing(holds.holds());
  }

  private static Page page(
      AllowListPages.Page<Client, String> clients,
      Set<String> held,
      Function<Client, List<RoleArn>> which) {
    // Roles of a corrupt row are not probed, but not vended either.
    List<RoleArn> roles = new ArrayList<>();
    String last = null;
    for (Stored<Client> client : clients.rows()) {
      List<RoleArn> next =
          held.contains(client.value().account()) ? List.of() : which.apply(client.value());
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
