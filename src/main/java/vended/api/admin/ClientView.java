package vended.api.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.admin.ListAllowList;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowListPages.Page;
import vended.api.Cursors;
import vended.identity.RoleArn;

/** Shows clients to administrators. */
final class ClientView {
  private ClientView() {}

  static Map<String, @Nullable Object> json(Stored<Client> stored) {
    Client client = stored.value();
    List<Map<String, @Nullable Object>> roles = new ArrayList<>();
    client.roles().forEach((arn, role) -> roles.add(json(arn, role)));
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("account", client.account());
    members.put("name", client.name());
    members.put("externalId", client.externalId());
    members.put("suspended", client.suspended());
    members.put("ownAccount", client.ownAccount());
    members.put("roles", roles);
    members.put("version", client.version());
    members.putAll(stored.stamps());
    return members;
  }

  private static Map<String, @Nullable Object> json(RoleArn arn, ClientRole role) {
    ClientRole.Verified verified = role.verified();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("roleArn", arn.value());
    members.put("verified", verified != null);
    members.put("verifiedAt", verified == null ? null : verified.verifiedAt().toString());
    members.put("probeId", role.probeId());
    members.put("sourceIdentity", verified != null && verified.sourceIdentity());
    members.put("sessionTags", verified != null && verified.sessionTags());
    members.put("drift", role.drift());
    ClientRole.Awaited awaited = role.awaited();
    if (awaited != null) {
      ClientRole.Activation activation = awaited.activation();
      members.put("awaitedSince", awaited.since().toString());
      members.put("activateFor", activation == null ? null : activation.by());
      members.put("activateRequest", activation == null ? null : activation.request());
      members.put("readyBy", awaited.readyBy());
    }
    return members;
  }

  static View one(Stored<Client> stored) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("client", json(stored));
    return View.of(members);
  }

  /** As lists show it, with whether the client has suspended itself. */
  static Map<String, @Nullable Object> listed(Stored<Client> stored, boolean suspendedByClient) {
    Map<String, @Nullable Object> members = json(stored);
    members.put("suspendedByClient", suspendedByClient);
    return members;
  }

  static View page(ListAllowList.Clients clientsNow) {
    Page<Client, String> page = clientsNow.page();
    String vending = Vending.state(clientsNow.vending());
    List<List<String>> table = new ArrayList<>();
    if (!vending.equals("running")) {
      table.add(List.of("vending: " + vending));
    }
    table.add(List.of("ACCOUNT", "NAME", "STATE", "VERSION", "ROLE", "ROLE STATE"));
    page.rows().forEach(client -> addLines(client.value(), state(clientsNow, client), table));
    String cursor = page.last() == null ? null : Cursors.encode(page.last());
    var clients =
        page.rows().stream()
            .map(
                client -> {
                  String account = client.value().account();
                  var members = listed(client, clientsNow.held().contains(account));
                  members.put("rotation", rotation(clientsNow, account));
                  return members;
                })
            .toList();
    View view = View.page("clients", page, clients, cursor, table, List.of());
    Map<String, @Nullable Object> members = new LinkedHashMap<>(view.members());
    members.put("vending", vending);
    return new View(members, view.table());
  }

  private static String state(ListAllowList.Clients clients, Stored<Client> stored) {
    Client client = stored.value();
    String state =
        client.suspended()
            ? "suspended"
            : clients.held().contains(client.account()) ? "suspended by client" : "active";
    String rotation = rotation(clients, client.account());
    return rotation == null ? state : state + ", rotation " + rotation;
  }

  /** How far the rotation of its ExternalId is; null without one. */
  private static @Nullable String rotation(ListAllowList.Clients clients, String account) {
    return switch (clients.rotations().getOrDefault(account, new Row.Missing<>())) {
      case Row.Missing<Stored<Rotation>> none -> null;
      case Row.Found<Stored<Rotation>>(Stored<Rotation> stored) ->
          RotationView.state(stored.value());
      case Row.Corrupt<Stored<Rotation>> corrupt -> "corrupt";
    };
  }

  /** A line for each role, so that a line-based search finds it with its client. */
  private static void addLines(Client client, String state, List<List<String>> table) {
    List<String> head =
        List.of(client.account(), client.name(), state, Long.toString(client.version()));
    if (client.roles().isEmpty()) {
      table.add(head);
    }
    client
        .roles()
        .forEach(
            (arn, role) -> {
              List<String> line = new ArrayList<>(head);
              line.add(arn.value());
              line.add(
                  role.verified() != null
                      ? "verified"
                      : role.drift() != null ? "drifted" : "not verified");
              table.add(line);
            });
  }
}
