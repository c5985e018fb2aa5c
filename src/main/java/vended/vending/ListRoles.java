package vended.vending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.read.AllowList;
import vended.identity.Caller;

/**
 * Lists the grants that a caller holds, page by page: those of its ARN, unless they are bound to
 * another unique ID.
 */
public final class ListRoles {
  /** The most grants of a page. */
  public static final int MAX_GRANTS = 1000;

  /**
   * No read starts later than this. One read takes at most 9 s, so the page is read within 13 s of
   * the function's 15 s.
   */
  private static final Duration READS = Duration.ofSeconds(4);

  /** The time for reading a page's clients. */
  private static final Duration CLIENTS = Duration.ofSeconds(3);

  /** After the start of the request: a read takes at most 3.25 s of the 15 s. */
  private static final Duration LAST_CLIENTS = Duration.ofSeconds(11);

  private final AllowList allowList;
  private final Clock clock;

  public ListRoles(AllowList allowList, Clock clock) {
    this.allowList = allowList;
    this.clock = clock;
  }

  /**
   * One grant that a caller holds.
   *
   * @param grant the grant
   * @param usable whether the caller would get the role now; if its client could not be read,
   *     whether the grant is in force
   * @param clientName the client's name; null if it could not be read
   */
  public record HeldGrant(Grant grant, boolean usable, @Nullable String clientName) {}

  /**
   * A page of a caller's grants.
   *
   * @param grants in order of the role's ARN
   * @param last the role of the last grant here, where the next page continues; null on the last
   *     page. Never the role of a row that the caller is not shown.
   */
  public record Held(List<HeldGrant> grants, @Nullable String last) {
    public Held {
      grants = List.copyOf(grants);
    }
  }

  /**
   * Reads rows until the page is full of grants that the caller holds, or there are no more. Rows
   * that the caller is not shown are skipped.
   *
   * @param after where the previous page ended; null for the first page
   * @param limit 1–{@value #MAX_GRANTS}
   * @param ownAccount the vendor's own account, twelve digits
   * @throws AllowListException if the grants could not be read
   */
  public Held of(Caller caller, @Nullable String after, int limit, String ownAccount)
      throws AllowListException {
    Instant start = clock.instant();
    List<Grant> read = new ArrayList<>();
    String from = after;
    // One grant more than asked for shows whether there is a next page.
    int rows = limit + 1;
    do {
      AllowList.GrantPage page = allowList.grantsOf(caller.arn(), from, rows);
      read.addAll(shown(caller, page.rows()));
      from = page.last();
      rows = MAX_GRANTS;
    } while (from != null && read.size() <= limit && clock.instant().isBefore(start.plus(READS)));
    List<Grant> grants = read.subList(0, Math.min(read.size(), limit));
    boolean more = from != null || read.size() > limit;
    if (more && grants.isEmpty()) {
      // The cursor would have to name a row that the caller is not shown.
      throw new AllowListException("none of many grants is of the caller's unique ID", null);
    }
    return held(caller, ownAccount, grants, more ? grants.getLast().role().value() : null, start);
  }

  private static List<Grant> shown(Caller caller, List<Row<Grant>> rows) {
    List<Grant> grants = new ArrayList<>();
    for (Row<Grant> row : rows) {
      if (row instanceof Row.Found<Grant>(Grant grant) && isFor(caller, grant)) {
        grants.add(grant);
      }
    }
    return grants;
  }

  private Held held(
      Caller caller, String ownAccount, List<Grant> grants, @Nullable String last, Instant start) {
    Instant now = clock.instant();
    Instant end = now.plus(CLIENTS);
    Instant latest = start.plus(LAST_CLIENTS);
    Map<String, AllowList.Clients> read = clients(grants, end.isBefore(latest) ? end : latest);
    return new Held(
        grants.stream()
            .map(grant -> held(caller, ownAccount, grant, read.get(grant.role().account()), now))
            .toList(),
        last);
  }

  private static HeldGrant held(
      Caller caller,
      String ownAccount,
      Grant grant,
      AllowList.@Nullable Clients read,
      Instant now) {
    if (read == null) {
      return new HeldGrant(grant, Decision.ofGrant(grant, caller.uniqueId(), now).isEmpty(), null);
    }
    AllowList.Owner owner =
        read.owners().getOrDefault(grant.role().account(), AllowList.Owner.NOBODY);
    AllowList.Entry entry =
        new AllowList.Entry(read.vending(), owner.client(), owner.hold(), new Row.Found<>(grant));
    return new HeldGrant(
        grant,
        Decision.obstacles(entry, caller.uniqueId(), grant.role(), ownAccount, now).isEmpty(),
        owner.client() instanceof Row.Found<Client>(Client found) ? found.name() : null);
  }

  /** The clients of the grants by account, with the switch, as far as there is time. */
  private Map<String, AllowList.Clients> clients(List<Grant> grants, Instant end) {
    Set<String> accounts = new LinkedHashSet<>();
    grants.forEach(grant -> accounts.add(grant.role().account()));
    List<String> all = List.copyOf(accounts);
    Map<String, AllowList.Clients> clients = new HashMap<>();
    try {
      for (int i = 0; i < all.size() && clock.instant().isBefore(end); ) {
        int next = Math.min(all.size(), i + AllowList.MAX_ACCOUNTS);
        AllowList.Clients read = allowList.clientsOf(Set.copyOf(all.subList(i, next)));
        all.subList(i, next).forEach(account -> clients.put(account, read));
        i = next;
      }
    } catch (AllowListException e) {
      return clients;
    }
    return clients;
  }

  private static boolean isFor(Caller caller, Grant grant) {
    return grant.callerId() == null || grant.callerId().equals(caller.uniqueId());
  }
}
