package vended.api.access;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.access.status.Finding;
import vended.access.status.Finding.Item;
import vended.access.status.Status;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.audit.AuditTime;

/** Shows how everything is. */
final class StatusView {
  private StatusView() {}

  /** For people: the lines of a text. */
  static Map<String, @Nullable Object> table(Status status) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("allRight", status.isAllRight());
    members.put("table", StatusText.lines(status));
    return members;
  }

  /** For programs. */
  static Map<String, @Nullable Object> members(Status status) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("allRight", status.isAllRight());
    members.put("at", AuditTime.at(status.at()));
    members.put("clients", status.clients());
    members.put("grants", status.grants());
    members.put("openSince", AuditTime.at(status.openSince()));
    members.put(
        "lastReprobe", status.lastReprobe() == null ? null : status.lastReprobe().toString());
    members.put("findings", status.findings().stream().map(StatusView::of).toList());
    return members;
  }

  private static Map<String, @Nullable Object> of(Finding finding) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("kind", finding.kind().code());
    members.put("needsAttention", finding.kind().needsAttention());
    members.put("count", finding.count());
    members.put("first", finding.first().stream().map(StatusView::of).toList());
    if (finding.kind() == Finding.Kind.OPEN_INTENTS) {
      members.put("auditors", StatusText.OPEN_COMMAND);
    }
    return members;
  }

  private static Map<String, @Nullable Object> of(Item item) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    switch (item) {
      case Finding.Switch(Row<Stored<Vending>> row) -> put(members, row);
      case Finding.Words(String words) -> members.put("detail", words);
      case Finding.Run run ->
          members.put("lastEnded", run.lastEnded() == null ? null : run.lastEnded().toString());
      case Finding.Role role -> {
        members.put("roleArn", role.role().value());
        members.put("account", role.client().account());
        members.put("clientName", role.client().name());
        members.put("drift", role.probeId());
        members.put("grants", role.grants());
      }
      case Finding.Ending(Stored<Grant> stored) -> {
        members.put("caller", stored.value().caller().value());
        members.put("roleArn", stored.value().role().value());
        members.put("expiresAt", String.valueOf(stored.value().expiresAt()));
        members.put("description", stored.value().description());
      }
      case Finding.Held(String account, Row<Stored<Hold>> hold) -> {
        members.put("account", account);
        put(members, hold);
      }
      case Finding.Rotating(String account, Row<Stored<Rotation>> rotation) -> {
        members.put("account", account);
        if (rotation instanceof Row.Found<Stored<Rotation>>(Stored<Rotation> stored)) {
          members.put("state", stored.value().switched() ? "switched" : "started");
          members.put("createdAt", stored.createdAt());
        }
        put(members, rotation);
      }
      case Finding.Suspended suspended -> {
        members.put("account", suspended.client().value().account());
        members.put("clientName", suspended.client().value().name());
        members.put("updatedAt", suspended.client().updatedAt());
        members.put("updatedBy", suspended.client().updatedBy());
      }
    }
    return members;
  }

  private static <T> void put(Map<String, @Nullable Object> members, Row<Stored<T>> row) {
    switch (row) {
      case Row.Found<Stored<T>>(Stored<T> stored) -> {
        members.put("updatedAt", stored.updatedAt());
        members.put("updatedBy", stored.updatedBy());
      }
      case Row.Corrupt<Stored<T>>(String fault) -> members.put("corrupt", fault);
      case Row.Missing<Stored<T>> never -> {}
    }
  }
}
