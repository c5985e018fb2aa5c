package vended.allowlist;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListEntries;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.GrantSlot;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** An allow-list in memory that administrators change and list, on a {@link TableModel}. */
public final class InMemoryEditor implements AllowListEditor, AllowListPages, AllowListEntries {
  private final Deque<Write> writes = new ArrayDeque<>();
  private TableModel table = new TableModel(Map.of());
  private Read reads = (what, list) -> {};
  private int made;

  /** Something that happens at a read, before it. */
  @FunctionalInterface
  public interface Read {
    /**
     * Happens.
     *
     * @param what the method that reads
     * @throws AllowListException if the read fails
     */
    void before(String what, InMemoryEditor list) throws AllowListException;
  }

  /** What happens instead of a write. */
  @FunctionalInterface
  public interface Write {
    /**
     * Happens.
     *
     * @throws AllowListException if nobody knows whether it was written
     */
    Change.Made make(Change change, InMemoryEditor list) throws AllowListException;
  }

  /** Stores a row as it is, whatever is there. */
  public InMemoryEditor with(Client client) {
    return with("client " + client.account(), stored(client));
  }

  /** Stores a row as it is, whatever is there. */
  public InMemoryEditor with(Grant grant) {
    return with("grant " + grant.caller().value() + " " + grant.role().value(), stored(grant));
  }

  /** Stores a row that nobody can read. */
  public InMemoryEditor withDamaged(String key) {
    return with(key, new TableModel.Damaged("a fault", 1));
  }

  /** Stores a row as it is, by the key that the model gives it. */
  public InMemoryEditor with(String key, Object row) {
    Map<String, Object> rows = new HashMap<>(table.rows());
    rows.put(key, row);
    table = new TableModel(rows);
    return this;
  }

  private static <T> Stored<T> stored(T value) {
    return Stored.made(value, "2026-01-01T00:00:00Z", "setup");
  }

  /** Lets something happen at each read from now on. */
  public InMemoryEditor reading(Read happens) {
    reads = happens;
    return this;
  }

  /** Fails each read by a method from now on. */
  public InMemoryEditor failing(String method) {
    return reading(
        (what, list) -> {
          if (what.equals(method)) {
            throw new AllowListException("unavailable on purpose", null);
          }
        });
  }

  /** Lets something happen instead of the next write for which nothing is to happen yet. */
  public InMemoryEditor writing(Write happens) {
    writes.add(happens);
    return this;
  }

  /** The rows. */
  public TableModel table() {
    return table;
  }

  /** How many transactions were asked for. */
  public int made() {
    return made;
  }

  /** Writes, whatever is to happen. */
  public Change.Made write(Change change) {
    TableModel.Written written = table.make(change);
    table = new TableModel(written.after());
    return written.made();
  }

  @Override
  public Change.Made make(Change change) throws AllowListException {
    made++;
    Write happens = writes.poll();
    return happens == null ? write(change) : happens.make(change, this);
  }

  private TableModel read(String what) throws AllowListException {
    reads.before(what, this);
    return table;
  }

  // ---- the rows ----

  @Override
  public Row<Stored<Client>> client(String account) throws AllowListException {
    return read("client").client(account);
  }

  @Override
  public long lastVersion(String account) throws AllowListException {
    return read("lastVersion").lastVersion(account);
  }

  @Override
  public Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException {
    return read("grant").grantOf(caller, role);
  }

  @Override
  public GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException {
    return read("slot").slot(caller, role);
  }

  @Override
  public String lastSuspension(String account) throws AllowListException {
    return read("lastSuspension").lastSuspension(account);
  }

  @Override
  public Row<Stored<Rotation>> rotation(String account) throws AllowListException {
    return read("rotation").rotation(account);
  }

  @Override
  public Row<Stored<Hold>> hold(String account) throws AllowListException {
    return read("hold").hold(account);
  }

  @Override
  public Row<Stored<Vending>> vendingSwitch() throws AllowListException {
    return read("vendingSwitch").vendingSwitch();
  }

  // ---- lists ----

  private static <T, K> Page<T, K> page(List<Stored<T>> rest, int limit, Function<T, K> key) {
    List<Stored<T>> rows = rest.subList(0, Math.min(limit, rest.size()));
    return new Page<>(
        rows, List.of(), rest.size() > limit ? key.apply(rows.getLast().value()) : null);
  }

  @Override
  public Page<Client, String> clients(@Nullable String after, int limit) throws AllowListException {
    List<Stored<Client>> rest =
        read("clients").clients().stream()
            .filter(one -> after == null || one.value().account().compareTo(after) > 0)
            .toList();
    return page(rest, limit, Client::account);
  }

  private static boolean isAfter(GrantKey one, GrantKey other) {
    int callers = one.caller().value().compareTo(other.caller().value());
    return callers > 0 || (callers == 0 && one.role().value().compareTo(other.role().value()) > 0);
  }

  private static GrantKey key(Grant grant) {
    return new GrantKey(grant.caller(), grant.role());
  }

  @Override
  public Page<Grant, GrantKey> grants(
      AllowListPages.Selection of, @Nullable GrantKey after, int limit) throws AllowListException {
    List<Stored<Grant>> rest =
        read("grants").grants().stream()
            .filter(one -> of.has(key(one.value())))
            .filter(one -> after == null || isAfter(key(one.value()), after))
            .toList();
    Page<Grant, GrantKey> page = page(rest, limit, InMemoryEditor::key);
    List<String> corrupt =
        table.grantKeys().stream()
            .filter(of::has)
            .filter(key -> table.grantOf(key.caller(), key.role()) instanceof Row.Corrupt)
            .map(GrantKey::toString)
            .toList();
    return new Page<>(page.rows(), corrupt, page.last());
  }

  @Override
  public Map<String, Row<Stored<Hold>>> holds() throws AllowListException {
    return read("holds").holds();
  }

  @Override
  public Map<String, Row<Stored<Rotation>>> rotations() throws AllowListException {
    return read("rotations").rotations();
  }

  @Override
  public ClientNames clientNames() throws AllowListException {
    return new ClientNames(
        read("clientNames").clients().stream()
            .map(one -> new ClientNames.Named(one.value().account(), one.value().name()))
            .toList());
  }

  @Override
  public boolean hasExternalId(String externalId) throws AllowListException {
    return read("hasExternalId").hasExternalId(externalId);
  }

  @Override
  public Set<RoleArn> dangling(Set<RoleArn> roles) throws AllowListException {
    TableModel now = read("dangling");
    return roles.stream()
        .filter(
            role ->
                switch (now.client(role.account())) {
                  case Row.Missing<Stored<Client>> none -> true;
                  case Row.Corrupt<Stored<Client>> corrupt -> false;
                  case Row.Found<Stored<Client>>(Stored<Client> client) ->
                      !client.value().roles().containsKey(role);
                })
        .collect(Collectors.toSet());
  }

  // ---- grants with what decides about them ----

  @Override
  public Keys keys(AllowListEntries.Selection of, @Nullable GrantKey after, int limit)
      throws AllowListException {
    List<GrantKey> rest =
        read("keys").grantKeys().stream()
            .filter(key -> after == null || isAfter(key, after))
            .filter(
                key ->
                    !(of instanceof AllowListEntries.Selection.Listed(var selection))
                        || selection.has(key))
            .toList();
    List<GrantKey> read = rest.subList(0, Math.min(limit, rest.size()));
    List<GrantKey> picked =
        of instanceof AllowListEntries.Selection.OfAccount(String account)
            ? read.stream().filter(key -> key.role().account().equals(account)).toList()
            : read;
    return new Keys(picked, List.of(), rest.size() > limit ? read.getLast() : null);
  }

  @Override
  public Entries of(Collection<GrantKey> keys) throws AllowListException {
    TableModel now = read("of");
    Map<String, AllowList.Owner> owners = new HashMap<>();
    Map<GrantKey, Row<Stored<Grant>>> grants = new HashMap<>();
    for (GrantKey key : keys) {
      String account = key.role().account();
      owners.put(
          account,
          new AllowList.Owner(
              now.client(account).map(Stored::value), now.hold(account).map(Stored::value)));
      grants.put(key, now.grantOf(key.caller(), key.role()));
    }
    return new Entries(now.vendingSwitch(), owners, grants);
  }
}
