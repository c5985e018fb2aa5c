package vended.allowlist;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.allowlist.write.GrantSlot;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * The allow-list's table as a value, as DynamoDB behaves: conditions, and transactions that write
 * all or nothing.
 *
 * @param rows by key: {@link Stored} values, versions, marks and {@link Damaged} ones
 */
public record TableModel(Map<String, Object> rows) {
  private static final String SWITCH = "switch";
  private static final String CLIENT = "client ";
  private static final String GRANT = "grant ";
  private static final String HOLD = "hold ";
  private static final String ROTATION = "rotation ";

  /** A row that nobody can read. */
  public record Damaged(String fault, long version) {}

  /**
   * What came of a change.
   *
   * @param after the rows from now on
   */
  public record Written(Map<String, Object> after, Change.Made made) {}

  private static String grant(CallerArn caller, RoleArn role) {
    return GRANT + caller.value() + " " + role.value();
  }

  private static String last(CallerArn caller, RoleArn role) {
    return "last " + caller.value() + " " + role.value();
  }

  private static String suspension(String account) {
    return "suspension " + account;
  }

  private static String lastClient(String account) {
    return "last-client " + account;
  }

  /** The key of the row that reserves an ExternalId. */
  public static String externalId(String externalId) {
    return "external-id " + externalId;
  }

  // ---- reads ----

  @SuppressWarnings("unchecked")
  private <T> Row<Stored<T>> row(String key) {
    return switch (rows.get(key)) {
      case null -> new Row.Missing<>();
      case Damaged damaged -> new Row.Corrupt<>(damaged.fault());
      case Object row -> new Row.Found<>((Stored<T>) row);
    };
  }

  /** The client of an account. */
  public Row<Stored<Client>> client(String account) {
    return row(CLIENT + account);
  }

  /** A grant. */
  public Row<Stored<Grant>> grantOf(CallerArn caller, RoleArn role) {
    return row(grant(caller, role));
  }

  /** A grant, with the last version that one had there. */
  public GrantSlot slot(CallerArn caller, RoleArn role) {
    Long last = (Long) rows.get(last(caller, role));
    return new GrantSlot(
        grantOf(caller, role), last == null ? new Expected.Absent() : new Expected.Version(last));
  }

  /** The last version of a client that was removed; 0 if none was. */
  public long lastVersion(String account) {
    return version(lastClient(account));
  }

  /** The mark of a client's last suspension; empty if there was none. */
  public String lastSuspension(String account) {
    return Objects.requireNonNullElse((String) rows.get(suspension(account)), "");
  }

  /** A client's own suspension. */
  public Row<Stored<Hold>> hold(String account) {
    return row(HOLD + account);
  }

  /** The rotation of a client's ExternalId. */
  public Row<Stored<Rotation>> rotation(String account) {
    return row(ROTATION + account);
  }

  /** The switch of all vending. */
  public Row<Stored<Vending>> vendingSwitch() {
    return row(SWITCH);
  }

  /** All clients that can be read, in order of their accounts. */
  public List<Stored<Client>> clients() {
    return this.<Client>all(CLIENT).toList();
  }

  /** All grants that can be read, in order of caller and role. */
  public List<Stored<Grant>> grants() {
    return this.<Grant>all(GRANT).toList();
  }

  @SuppressWarnings("unchecked")
  private <T> Stream<Stored<T>> all(String kind) {
    return rows.entrySet().stream()
        .filter(row -> row.getKey().startsWith(kind) && row.getValue() instanceof Stored)
        .sorted(Map.Entry.comparingByKey())
        .map(row -> (Stored<T>) row.getValue());
  }

  /** The keys of all grants, also of those that can't be read. */
  public List<GrantKey> grantKeys() {
    return rows.keySet().stream()
        .filter(key -> key.startsWith(GRANT))
        .map(key -> key.split(" ", -1))
        .map(parts -> new GrantKey(new CallerArn(parts[1]), new RoleArn(parts[2])))
        .sorted(
            Comparator.comparing((GrantKey key) -> key.caller().value())
                .thenComparing(key -> key.role().value()))
        .toList();
  }

  /** The own suspensions of all clients, by account. */
  public Map<String, Row<Stored<Hold>>> holds() {
    return byAccount(HOLD);
  }

  /** All rotations, by account. */
  public Map<String, Row<Stored<Rotation>>> rotations() {
    return byAccount(ROTATION);
  }

  private <T> Map<String, Row<Stored<T>>> byAccount(String kind) {
    Map<String, Row<Stored<T>>> found = new HashMap<>();
    rows.keySet().stream()
        .filter(key -> key.startsWith(kind))
        .forEach(key -> found.put(key.substring(kind.length()), row(key)));
    return found;
  }

  /** Whether a client has this ExternalId. */
  public boolean hasExternalId(String externalId) {
    return this.<Client>all(CLIENT)
        .anyMatch(client -> externalId.equals(client.value().externalId()));
  }

  // ---- writes ----

  /** A transaction: all of its writes, or none if a condition does not hold. */
  public Written make(Change change) {
    return switch (change) {
      case Change.PutClient(Expected expected, Stored<Client> next) -> putClient(expected, next);
      case Change.Rotate rotate -> rotate(rotate);
      case Change.RemoveClient(Stored<Client> removed) -> remove(removed);
      case Change.SuspendClient(Expected expected, Stored<Client> next) -> {
        Client client = next.value();
        yield write(
            CLIENT + client.account(),
            expected,
            all -> {
              all.put(CLIENT + client.account(), next);
              all.put(suspension(client.account()), Long.toString(client.version()));
            });
      }
      case Change.PutGrant(GrantSlot slot, Stored<Grant> next) -> {
        Grant grant = next.value();
        yield writeGrant(
            grant.caller(),
            grant.role(),
            slot,
            all -> {
              all.put(grant(grant.caller(), grant.role()), next);
              all.put(last(grant.caller(), grant.role()), grant.version());
            });
      }
      case Change.RemoveGrant(CallerArn caller, RoleArn role, GrantSlot slot) ->
          writeGrant(
              caller,
              role,
              slot,
              all -> {
                all.remove(grant(caller, role));
                all.put(last(caller, role), slot.highest());
              });
      case Change.PutSwitch(Expected expected, Stored<Vending> next) ->
          write(SWITCH, expected, all -> all.put(SWITCH, next));
      case Change.PutHold(Expected expected, Stored<Hold> next) -> {
        String key = HOLD + next.value().account();
        yield write(key, expected, all -> all.put(key, next));
      }
    };
  }

  private Written putClient(Expected expected, Stored<Client> next) {
    Client client = next.value();
    String reserved = expected instanceof Expected.Absent ? client.externalId() : null;
    return write(
        CLIENT + client.account(),
        expected,
        reserved,
        all -> {
          all.put(CLIENT + client.account(), next);
          reserve(all, reserved, client.account());
        });
  }

  private Written rotate(Change.Rotate rotate) {
    Client before = rotate.client().value();
    String key = ROTATION + before.account();
    return write(
        CLIENT + before.account(),
        Expected.of(rotate.client()),
        rotate.reserved(),
        all -> {
          all.put(CLIENT + before.account(), rotate.next());
          reserve(all, rotate.reserved(), before.account());
          reserve(all, rotate.reserved() == null ? null : before.externalId(), before.account());
          if (rotate.rotation() == null) {
            all.remove(key);
          } else {
            all.put(key, rotate.rotation());
          }
        });
  }

  private Written remove(Stored<Client> removed) {
    Client client = removed.value();
    return write(
        CLIENT + client.account(),
        Expected.of(removed),
        all -> {
          all.remove(CLIENT + client.account());
          all.put(lastClient(client.account()), client.version());
          all.remove(ROTATION + client.account());
          reserve(all, client.externalId(), client.account());
        });
  }

  private static void reserve(
      Map<String, Object> all, @Nullable String externalId, String account) {
    if (externalId != null) {
      all.put(externalId(externalId), account);
    }
  }

  private Written write(String key, Expected expected, Consumer<Map<String, Object>> writes) {
    return write(key, expected, null, writes);
  }

  /**
   * Writes, if a row is as expected.
   *
   * @param reserved an ExternalId that must be nobody's; null for none
   */
  private Written write(
      String key,
      Expected expected,
      @Nullable String reserved,
      Consumer<Map<String, Object>> writes) {
    if (isOther(key, expected)) {
      return new Written(rows, new Change.Conflict(version(key)));
    }
    return reserved != null && rows.containsKey(externalId(reserved))
        ? new Written(rows, new Change.ExternalIdTaken())
        : done(writes);
  }

  private Written writeGrant(
      CallerArn caller, RoleArn role, GrantSlot slot, Consumer<Map<String, Object>> writes) {
    String key = grant(caller, role);
    return isOther(key, slot.expected()) || isOther(last(caller, role), slot.last())
        ? new Written(rows, new Change.Conflict(version(key)))
        : done(writes);
  }

  private Written done(Consumer<Map<String, Object>> writes) {
    Map<String, Object> after = new HashMap<>(rows);
    writes.accept(after);
    return new Written(after, new Change.Done());
  }

  private boolean isOther(String key, Expected expected) {
    return switch (expected) {
      case Expected.Absent absent -> rows.containsKey(key);
      case Expected.Version(long number) -> version(key) != number;
    };
  }

  /** The version of a row; 0 if there is none. */
  private long version(String key) {
    return switch (rows.get(key)) {
      case null -> 0;
      case Long version -> version;
      case Damaged damaged -> damaged.version();
      case Stored<?>(Hold hold, var a, var b, var c, var d) -> hold.version();
      case Stored<?>(Client client, var a, var b, var c, var d) -> client.version();
      case Stored<?>(Grant grant, var a, var b, var c, var d) -> grant.version();
      case Stored<?>(Vending vending, var a, var b, var c, var d) -> vending.version();
      default -> throw new IllegalStateException("a row without a version");
    };
  }
}
