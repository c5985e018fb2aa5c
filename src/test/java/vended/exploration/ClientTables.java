package vended.exploration;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.Rotation;
import vended.allowlist.Stored;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.exploration.Call.Effect;
import vended.exploration.World.Event;

/** The transactions that change a client, with all of their rows. */
final class ClientTables {
  private ClientTables() {}

  static Effect put(World world, Change.PutClient put, String who) {
    Client client = put.next().value();
    String key = Tables.client(client.account());
    Optional<Effect> conflict = Tables.conflict(world, key, put.expected());
    if (conflict.isPresent()) {
      return conflict.get();
    }
    String id = put.expected() instanceof Expected.Absent ? client.externalId() : null;
    if (isReserved(world, id)) {
      return new Effect(world, new Change.ExternalIdTaken());
    }
    Stored<Client> before = Tables.stored(world.row(key));
    String what =
        before != null && before.value().suspended() && !client.suspended()
            ? "resume"
            : "put client " + roles(client);
    return Tables.done(
        world.with(
            rows -> {
              rows.put(key, put.next());
              reserve(rows, id, client.account());
              return rows;
            }),
        new Event(what, who, true));
  }

  /** The event of a switch has the ExternalId that vends use from now on. */
  static Effect rotate(World world, Change.Rotate rotate, String who) {
    Client client = rotate.next().value();
    String account = client.account();
    Optional<Effect> conflict =
        Tables.conflict(world, Tables.client(account), Expected.of(rotate.client()));
    if (conflict.isPresent()) {
      return conflict.get();
    }
    if (isReserved(world, rotate.reserved())) {
      return new Effect(world, new Change.ExternalIdTaken());
    }
    Client before = rotate.client().value();
    Stored<Rotation> rotation = rotate.rotation();
    String what =
        !Objects.equals(before.externalId(), client.externalId())
            ? "use " + client.externalId() + " " + roles(client)
            : rotation == null ? "rotation end" : "rotation start " + rotate.reserved();
    return Tables.done(
        world.with(
            rows -> {
              rows.put(Tables.client(account), rotate.next());
              rows.remove(Tables.rotation(account));
              if (rotation != null) {
                rows.put(Tables.rotation(account), rotation);
              }
              if (rotate.reserved() != null) {
                reserve(rows, rotate.reserved(), account);
                reserve(rows, before.externalId(), account);
              }
              return rows;
            }),
        new Event(what, who, true));
  }

  static Effect remove(World world, Change.RemoveClient remove, String who) {
    Client client = remove.removed().value();
    String account = client.account();
    return changed(
        world,
        account,
        Expected.of(remove.removed()),
        rows -> {
          rows.remove(Tables.client(account));
          rows.remove(Tables.rotation(account));
          rows.put(Tables.lastClient(account), client.version());
          reserve(rows, client.externalId(), account);
          return rows;
        },
        new Event("remove client", who, true));
  }

  static Effect suspend(World world, Change.SuspendClient suspend, String who) {
    Client client = suspend.next().value();
    return changed(
        world,
        client.account(),
        suspend.expected(),
        rows -> {
          rows.put(Tables.client(client.account()), suspend.next());
          rows.put(Tables.suspension(client.account()), Long.toString(client.version()));
          return rows;
        },
        new Event("suspend", who, true));
  }

  private static Effect changed(
      World world,
      String account,
      Expected expected,
      UnaryOperator<Map<String, Object>> change,
      Event event) {
    return Tables.conflict(world, Tables.client(account), expected)
        .orElseGet(() -> Tables.done(world.with(change), event));
  }

  private static boolean isReserved(World world, @Nullable String externalId) {
    return externalId != null && world.row(Tables.externalId(externalId)) != null;
  }

  private static void reserve(
      Map<String, Object> rows, @Nullable String externalId, String account) {
    if (externalId != null) {
      rows.put(Tables.externalId(externalId), account);
    }
  }

  /** For the promises: which probe each role is verified by. */
  private static String roles(Client client) {
    return String.join(
        ",",
        client.roles().values().stream()
            .map(role -> role.verified() == null ? "-" : String.valueOf(role.probeId()))
            .toList());
  }
}
