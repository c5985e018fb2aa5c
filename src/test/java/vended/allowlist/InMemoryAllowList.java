package vended.allowlist;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** An allow-list in memory. */
public final class InMemoryAllowList implements AllowList {
  private final Map<String, Row<Client>> clients = new HashMap<>();
  private final Map<String, Row<Hold>> holds = new HashMap<>();
  private final Map<String, Row<Rotation>> rotations = new HashMap<>();
  private final Map<GrantKey, Row<Grant>> grants = new HashMap<>();
  private @Nullable AllowListException fault;

  /** Stores a client. */
  public InMemoryAllowList with(Client client) {
    clients.put(client.account(), new Row.Found<>(client));
    return this;
  }

  /** Stores a client whose row can't be trusted. */
  public InMemoryAllowList withCorruptClient(String account, String fault) {
    clients.put(account, new Row.Corrupt<>(fault));
    return this;
  }

  /** Stores what a client said about itself. */
  public InMemoryAllowList with(String account, Row<Hold> hold) {
    holds.put(account, hold);
    return this;
  }

  /** Stores a change of a client's ExternalId that has not ended. */
  public InMemoryAllowList with(Rotation rotation) {
    rotations.put(rotation.account(), new Row.Found<>(rotation));
    return this;
  }

  /** Stores a grant. */
  public InMemoryAllowList with(Grant grant) {
    grants.put(new GrantKey(grant.caller(), grant.role()), new Row.Found<>(grant));
    return this;
  }

  /** Fails every read from now on. */
  public InMemoryAllowList failing(AllowListException with) {
    fault = with;
    return this;
  }

  private void check() throws AllowListException {
    if (fault != null) {
      throw fault;
    }
  }

  @Override
  public Entry find(CallerArn caller, RoleArn role) throws AllowListException {
    Row<Grant> grant = grants.getOrDefault(new GrantKey(caller, role), new Row.Missing<>());
    Owner owner = clientOf(role);
    return new Entry(new Row.Missing<>(), owner.client(), owner.hold(), grant);
  }

  @Override
  public Owner clientOf(RoleArn role) throws AllowListException {
    check();
    Owner owner = owner(role.account());
    return new Owner(
        owner.client(), owner.hold(), rotations.getOrDefault(role.account(), new Row.Missing<>()));
  }

  private Owner owner(String account) {
    return new Owner(
        clients.getOrDefault(account, new Row.Missing<>()),
        holds.getOrDefault(account, new Row.Missing<>()));
  }

  @Override
  public Clients clientsOf(Set<String> accounts) throws AllowListException {
    check();
    Map<String, Owner> found = new HashMap<>();
    accounts.forEach(account -> found.put(account, owner(account)));
    return new Clients(new Row.Missing<>(), found);
  }

  @Override
  public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit)
      throws AllowListException {
    check();
    List<GrantKey> rest =
        grants.keySet().stream()
            .filter(key -> key.caller().equals(caller))
            .filter(key -> after == null || key.role().value().compareTo(after) > 0)
            .sorted(Comparator.comparing(key -> key.role().value()))
            .toList();
    List<GrantKey> page = rest.subList(0, Math.min(limit, rest.size()));
    return new GrantPage(
        page.stream().<Row<Grant>>map(grants::get).toList(),
        rest.size() > limit ? page.getLast().role().value() : null);
  }
}
